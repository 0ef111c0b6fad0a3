"""Several files in one: a zip, or a folder; the one with the vectors, and those beside it."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from explorer.embedding.formats.limits import Limits
from explorer.embedding.formats.refusal import DOWNLOAD, NOT_VECTORS, VectorFormatError, pickled, quoted
from explorer.embedding.formats.source import Source, from_path
from explorer.embedding.formats.word_list import names_beside

MAGIC = b"PK\x03\x04"
EMPTY = b"PK\x05\x06"
MOST_MEMBERS = 64
LARGEST_DIRECTORY = 1 << 20
"""Bytes of a zip's list of its members."""
PICKLES = (".pkl", ".pickle", ".pt", ".pth", ".joblib", ".kv", ".model")
COMPANIONS = (".json", ".pbtxt", ".md", ".bytes")
WITHOUT_WORDS = (".npy", ".safetensors", ".tsv")
WORD_FILES = ("words", "vocab", "vocabulary", "metadata", "labels", "readme", "license")
_END, _END64, _LOCATOR = struct.Struct("<4s4H2LH"), struct.Struct("<4sQ2H2L4Q"), struct.Struct("<4sLQL")
_ONE = "Pack one file with vectors, and the file with its words beside it where they are apart."


def open_zip(source: Source) -> Source:
    """The member of a zip that holds the vectors; the others lie beside it."""
    if source.packed:
        raise VectorFormatError(f"{source.label} is packed more than once.", "Unpack it, and pack it once at most.")
    _check_directory(source)
    members = _members(source)
    _refuse_others(members)
    by_name = {PurePosixPath(name).name: info for name, info in members.items()}
    chosen = main_file(by_name)

    def member(name: str) -> Source | None:
        info = by_name.get(name)
        if info is None:
            return None
        return Source(name, lambda: _open_member(source, info), info.file_size, source.limits, member, None, True)

    return member(chosen)


def open_folder(path: Path, limits: Limits) -> Source:
    """The file of a folder that holds the vectors."""
    names = [entry.name for _, entry in zip(range(MOST_MEMBERS + 1), sorted(path.iterdir()), strict=False)]
    return from_path(path / main_file([name for name in names if (path / name).is_file()]), limits)


def main_file(names: Iterable[str]) -> str:
    """The name of the file with the vectors among those that go with it."""
    names = [name for name in names if not name.startswith((".", "__"))]
    if not names or len(names) > MOST_MEMBERS:
        count = f"more than {MOST_MEMBERS}" if names else "no"
        raise VectorFormatError(f"There are {count} files to choose from.", _ONE)
    candidates = [name for name in names if not _goes_with(name, names)] or names
    if len(candidates) > 1:
        listing = ", ".join(quoted(name) for name in candidates[:5])
        raise VectorFormatError(f"It is not clear which of these files holds the vectors: {listing}.", _ONE)
    return candidates[0]


def _goes_with(name: str, names: list[str]) -> bool:
    """Whether a file only says more about another one."""
    path = PurePosixPath(name.lower())
    if path.suffix in COMPANIONS or path.stem in WORD_FILES:
        return True
    others = [PurePosixPath(other.lower()) for other in names if other != name]
    return any(path.name in names_beside(other.stem) for other in others if other.suffix in WITHOUT_WORDS)


def _members(source: Source) -> dict[str, zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(source.opened()) as archive:
            members = [info for info in archive.infolist() if not info.filename.endswith("/")]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error):
        raise VectorFormatError("This zip is damaged: its list of files cannot be read.", DOWNLOAD) from None
    members = [info for info in members if not info.filename.startswith("__MACOSX/")]
    for info in members:
        if info.flag_bits & 1:
            raise VectorFormatError("This zip is encrypted.", "Pack the files without a password.")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise VectorFormatError(
                f"{quoted(info.filename)} is packed in an unusual way.",
                "Pack the files with the usual method (deflate).",
            )
    return {info.filename: info for info in members}


def _refuse_others(members: Iterable[str]) -> None:
    """Formats that are zips inside."""
    for name in members:
        if name.lower().endswith(PICKLES):
            raise pickled(f"a PyTorch file, or a zip with {quoted(PurePosixPath(name).name)}")
        if name == "[Content_Types].xml" or name == "mimetype":
            raise VectorFormatError("This is an office document or an e-book, not a zip with vectors.", NOT_VECTORS)


def _open_member(source: Source, info: zipfile.ZipInfo) -> BinaryIO:
    try:
        archive = zipfile.ZipFile(source.opened())
        stream = archive.open(info)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, struct.error):
        raise VectorFormatError("This zip is damaged: a file in it cannot be opened.", DOWNLOAD) from None
    close = stream.close

    def close_both() -> None:
        close()
        archive.close()

    stream.close = close_both
    return stream


def _check_directory(source: Source) -> None:
    """Refuse a list of members that is too long, before it is read: each entry becomes a thousand bytes in memory."""
    with source.opened() as stream:
        size = stream.seek(0, 2)
        at = max(0, size - _END.size - (1 << 16))
        stream.seek(at)
        tail = stream.read()
        found = tail.rfind(EMPTY)
        if found < 0 or len(tail) - found < _END.size:
            raise VectorFormatError("This zip ends before its list of files.", DOWNLOAD)
        length = _END.unpack_from(tail, found)[5]
        lengths = [length, *_lengths64(stream, at + found)]
    if max(lengths) > LARGEST_DIRECTORY:
        raise VectorFormatError("This zip holds too many files.", _ONE)


def _lengths64(stream: BinaryIO, end: int) -> list[int]:
    """Length of the list in the longer form that very large zips, and PyTorch's, have as well."""
    at = end - _LOCATOR.size - _END64.size
    if at < 0:
        return []
    stream.seek(at)
    long_end = _END64.unpack(stream.read(_END64.size))
    locator = _LOCATOR.unpack(stream.read(_LOCATOR.size))
    return [long_end[8]] if locator[0] == b"PK\x06\x07" else []
