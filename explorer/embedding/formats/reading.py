"""Open any file of word vectors: its content says how."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike, fspath
from pathlib import Path

from explorer.embedding.formats import archive, fasttext_binary, numpy_array, parquet, signatures
from explorer.embedding.formats.fasttext_binary import read_fasttext
from explorer.embedding.formats.layout import Layout, find_layout
from explorer.embedding.formats.limits import ON_DISK, UPLOADED
from explorer.embedding.formats.numpy_array import read_numpy, without_words
from explorer.embedding.formats.parquet import read_parquet
from explorer.embedding.formats.projector import read_projector
from explorer.embedding.formats.refusal import FEWER, VectorFormatError
from explorer.embedding.formats.separated import read_separated
from explorer.embedding.formats.source import Source, from_bytes, from_path, unpacked
from explorer.embedding.formats.tensors import is_safetensors, read_safetensors
from explorer.embedding.formats.text import read_text
from explorer.embedding.formats.word2vec_binary import is_binary, read_word2vec_binary
from explorer.embedding.formats.word_list import words_beside
from explorer.embedding.vectors import Vectors

GZIP = b"\x1f\x8b"
SUFFIXES = (".txt", ".vec", ".w2v", ".bin", ".csv", ".tsv", ".npy", ".parquet", ".safetensors", ".zip", ".gz", ".glove")
_MAGICS: dict[bytes, Callable[[Source], Vectors]] = {
    fasttext_binary.MAGIC: read_fasttext,
    numpy_array.MAGIC: read_numpy,
    parquet.MAGIC: read_parquet,
}


def read_vectors(path: str | PathLike[str]) -> Vectors:
    """Word vectors from a file, or a folder with a pair of files.

    GloVe, word2vec (text and binary), fastText (text and binary), Projector pairs, NumPy arrays with a file of words,
    parquet, CSV, safetensors; each also packed with gzip, and pairs in one zip. What a file is, its content says.
    Nothing in it is run: pickles are refused. Sizes are checked before memory is taken.

    Parameters
    ----------
    path : str or path

    Returns
    -------
    Vectors
        Named after the file. A single all-zero vector of a padding token is left out.

    Raises
    ------
    VectorFormatError
        When it cannot be read whole, with the line or row, the word, and what to do.
    OSError
        When there is no such file, or it may not be read.
    """
    path = Path(fspath(path))
    source = archive.open_folder(path, ON_DISK) if path.is_dir() else from_path(path, ON_DISK)
    return _named(_read(source), _title(path.name))


def read_bytes(data: bytes, name: str) -> Vectors:
    """Word vectors from the bytes of an upload; as `read_vectors`, within smaller limits.

    Parameters
    ----------
    data : bytes
    name : str
        Of the file; only a hint, used where the content leaves a choice.

    Raises
    ------
    VectorFormatError
        When it cannot be read whole.
    """
    source = from_bytes(data, name, UPLOADED)
    return _named(_read(source), _title(source.name))


def _read(source: Source) -> Vectors:
    try:
        return _by_content(source, source.head())
    except MemoryError:
        raise VectorFormatError(f"There is not enough memory for {source.label}.", FEWER) from None


def _by_content(source: Source, head: bytes) -> Vectors:
    if head.startswith(GZIP):
        inner = unpacked(source)
        return _by_content(inner, inner.head())
    if head.startswith((archive.MAGIC, archive.EMPTY)):
        inner = archive.open_zip(source)
        return _by_content(inner, inner.head())
    for magic, read in _MAGICS.items():
        if head.startswith(magic):
            return read(source)
    if is_safetensors(head):
        return read_safetensors(source)
    signatures.refuse_others(head)
    if is_binary(head, source.size):
        return read_word2vec_binary(source)
    return _text(source, head)


def _text(source: Source, head: bytes) -> Vectors:
    signatures.refuse_binary(head)
    layout = find_layout(head, source.name)
    if layout is None and source.name.lower().endswith(".csv") and b'"' in head:
        layout = Layout(b",", 1)  # words with line breaks hide the numbers
    if layout is None:
        raise signatures.no_vectors(head)
    if layout.bare:
        found = words_beside(source)
        if found is not None:
            return read_projector(source, layout, found)
        if not layout.numbered:
            raise without_words(source.label)
    return read_text(source, layout) if layout.separator == b" " else read_separated(source, layout)


def _named(vectors: Vectors, name: str) -> Vectors:
    return Vectors(vectors.words, vectors.matrix, vectors.counts, name)


def _title(name: str) -> str:
    """A file's name without the suffixes that are known here."""
    path = Path(name)
    while path.suffix.lower() in SUFFIXES and path.stem:
        path = path.with_suffix("")
    return path.name
