"""Write word vectors to a file: the suffix says how."""

from __future__ import annotations

import gzip
import io
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from os import PathLike, fspath
from pathlib import Path, PurePath
from typing import BinaryIO

import numpy as np

from explorer.embedding.formats.gathering import has_half_characters
from explorer.embedding.formats.limits import LONGEST_WORD
from explorer.embedding.formats.numpy_array import write_array, write_words
from explorer.embedding.formats.parquet import write_parquet
from explorer.embedding.formats.projector import METADATA, VECTORS, projector_files, write_bundle
from explorer.embedding.formats.refusal import VectorFormatError, quoted
from explorer.embedding.formats.separated import write_separated
from explorer.embedding.formats.tensors import write_safetensors
from explorer.embedding.formats.text import write_glove, write_word2vec
from explorer.embedding.formats.word2vec_binary import write_word2vec_binary
from explorer.embedding.formats.word_list import metadata_name
from explorer.embedding.vectors import Vectors

Writer = Callable[[Vectors, BinaryIO], None]
TEXTS: dict[str, Writer] = {
    ".txt": write_glove,
    ".vec": write_word2vec,
    ".w2v": write_word2vec,
    ".csv": write_separated,
}
WRITERS: dict[str, Writer] = TEXTS | {
    ".bin": write_word2vec_binary,
    ".parquet": write_parquet,
    ".safetensors": write_safetensors,
    ".zip": write_bundle,
}
PAIRS = (".npy", ".tsv", "")


def write_vectors(vectors: Vectors, path: str | PathLike[str]) -> None:
    """Write vectors to a file in the format of its suffix; see `explorer.embedding.formats`.

    Numbers come back to the bit, from text as well. Counts are kept in ``.csv``, ``.parquet``, ``.safetensors`` and
    Projector files; the others have no place for them. A vector of zeros is written, although reading asks to remove
    it. A file that is there already is replaced, once the new one is complete.

    Parameters
    ----------
    vectors : Vectors
    path : str or path
        ``.npy`` and ``.tsv`` write a second file beside it, a path without suffix (or a folder) four files into it.

    Raises
    ------
    VectorFormatError
        For an unknown suffix; for words that the format cannot hold, with those that can; for numbers that are not finite.
    """
    path = Path(fspath(path))
    _check(vectors)
    for name, write in _files(vectors, path).items():
        name.parent.mkdir(parents=True, exist_ok=True)
        with _replacing(name) as stream:
            write(stream)


def write_bytes(vectors: Vectors, name: str) -> bytes:
    """What `write_vectors` would write, as bytes to download; for formats of one file.

    Parameters
    ----------
    vectors : Vectors
    name : str
        A file's name; its suffix is the format.

    Raises
    ------
    VectorFormatError
        As `write_vectors`, and for formats of two files: they have to be a zip.
    """
    _check(vectors)
    files = _files(vectors, Path(name))
    if len(files) > 1:
        raise VectorFormatError(f"{PurePath(name).suffix or 'A folder'} takes several files.", "Choose .zip instead.")
    out = io.BytesIO()
    next(iter(files.values()))(out)
    return out.getvalue()


def _check(vectors: Vectors) -> None:
    """Refuse what no file could give back."""
    if not np.isfinite(vectors.matrix).all():
        row = int(np.flatnonzero(~np.isfinite(vectors.matrix).all(axis=1))[0])
        raise VectorFormatError(
            f"The vector of {quoted(vectors.words[row])} (row {row + 1:,}) is not finite.", "Leave the word out."
        )
    for row, word in enumerate(vectors.words):
        if not 0 < len(word) <= LONGEST_WORD:
            raise VectorFormatError(
                f"The word {quoted(word)} (row {row + 1:,}) has {len(word)} characters; 1 to {LONGEST_WORD} can be written.",
                "Leave the word out.",
            )
    try:
        "".join(vectors.words).encode()
    except UnicodeEncodeError:
        row = next(row for row, word in enumerate(vectors.words) if has_half_characters(word))
        raise VectorFormatError(f"The word in row {row + 1:,} holds half a character.", "Leave the word out.") from None


def _files(vectors: Vectors, path: Path) -> dict[Path, Callable[[BinaryIO], None]]:
    """Each file with what writes it."""
    suffix = path.suffix.lower()
    if suffix == ".gz":
        inner = path.with_suffix("").suffix.lower()
        if inner not in TEXTS:
            raise VectorFormatError(
                f"{path.name} cannot be packed with gzip.", f"Text can: {', '.join(TEXTS)}, and .gz."
            )
        return {path: lambda stream: _packed(vectors, TEXTS[inner], stream)}
    if path.is_dir() or not suffix:
        return _projector(vectors, path, (VECTORS, METADATA))
    if suffix == ".tsv":
        both = _projector(vectors, path.parent, (path.name, metadata_name(path.name)))
        return dict(list(both.items())[:2])
    if suffix == ".npy":
        words = path.with_suffix(".words.txt")  # not .txt, which may be a file of vectors
        # The words first: they may be refused, the array may not.
        return {words: lambda stream: write_words(vectors, stream), path: lambda stream: write_array(vectors, stream)}
    if suffix not in WRITERS:
        raise VectorFormatError(
            f"There is no format for {quoted(path.name)}.",
            f"Choose one of {', '.join([*WRITERS, *PAIRS[:2]])}, or a folder.",
        )
    return {path: lambda stream: WRITERS[suffix](vectors, stream)}


def _projector(vectors: Vectors, folder: Path, names: tuple[str, str]) -> dict[Path, Callable[[BinaryIO], None]]:
    files = projector_files(vectors, names=names)
    return {folder / name: lambda stream, parts=parts: stream.writelines(parts) for name, parts in files.items()}


def _packed(vectors: Vectors, write: Writer, stream: BinaryIO) -> None:
    # No time in the head: equal vectors give equal bytes.
    with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=stream, mtime=0) as packed:
        write(vectors, packed)


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its place only when it is complete."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with part.open("xb") as stream:
            yield stream
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
