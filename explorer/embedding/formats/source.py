"""Where bytes come from: a file on disk, an upload, a member of a zip, plain or packed with gzip."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile

from explorer.embedding.formats.gunzip import Gunzip
from explorer.embedding.formats.limits import Limits, check_size, megabytes
from explorer.embedding.formats.refusal import DOWNLOAD, FEWER, VectorFormatError, printable

HEAD = 1 << 20
"""Bytes that are looked at to tell what a file is."""
DAMAGE = (EOFError, zlib.error, BadZipFile, NotImplementedError, RuntimeError)


def nothing_beside(name: str) -> Source | None:
    """An upload has no neighbours."""
    return None


@dataclass(frozen=True)
class Source:
    """Bytes that can be read from the start as often as needed.

    Attributes
    ----------
    name : str
        Of the file, without its folder.
    opened : callable
        Gives a new stream.
    size : int or None
        Bytes; None where only unpacking would tell.
    limits : Limits
    beside : callable
        The file of a name in the same folder or zip, or None.
    path : Path or None
        Where the bytes lie on disk as they are.
    packed : bool
        Whether they were unpacked on the way.
    """

    name: str
    opened: Callable[[], BinaryIO]
    size: int | None
    limits: Limits
    beside: Callable[[str], Source | None] = nothing_beside
    path: Path | None = None
    packed: bool = False

    @contextmanager
    def stream(self, most: int | None = None) -> Iterator[Bounded]:
        """The bytes from the start, never more than `most` or the limit."""
        most = min(most or self.limits.unpacked, self.limits.unpacked)
        if self.size is not None:
            check_size(self.size, most, f"{self.label} has")
        with closing(self.opened()) as stream:
            yield Bounded(stream, most)

    def head(self) -> bytes:
        """The first megabyte."""
        with self.stream() as stream:
            return stream.read(HEAD)

    def whole(self) -> bytes:
        """All of it."""
        with self.stream() as stream:
            parts = []
            while part := stream.read(1 << 24 if self.packed or self.size is None else self.size + 1):
                parts.append(part)
            return parts[0] if len(parts) == 1 else b"".join(parts)

    @property
    def label(self) -> str:
        """The name as a message shows it."""
        return printable(self.name)

    @property
    def stem(self) -> str:
        """The name without its last suffix."""
        return Path(self.name).stem


class Bounded:
    """A stream that never gives more than `most` bytes, and whose damage is told as a refusal."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream, self._most, self.given = stream, most, 0

    def read(self, n: int) -> bytes:
        """The next n bytes; fewer only at the end."""
        parts, missing = [], n
        while missing and (part := self._part(missing)):
            parts.append(part)
            missing -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _part(self, n: int) -> bytes:
        try:
            part = self._stream.read(n)
        except DAMAGE:
            raise VectorFormatError("The file is packed, and cannot be unpacked to its end.", DOWNLOAD) from None
        self.given += len(part)
        if self.given > self._most:
            raise VectorFormatError(f"The file unpacks to more than {megabytes(self._most)}, which is the most.", FEWER)
        return part


def from_bytes(data: bytes, name: str, limits: Limits) -> Source:
    """An upload."""
    check_size(len(data), limits.file)
    return Source(Path(name.replace("\\", "/")).name or "upload", lambda: io.BytesIO(data), len(data), limits)


def from_path(path: Path, limits: Limits) -> Source:
    """A file on disk, and what lies beside it."""
    size = path.stat().st_size
    check_size(size, limits.file)

    def beside(name: str) -> Source | None:
        other = path.with_name(name)
        return from_path(other, limits) if other.is_file() else None

    return Source(path.name, lambda: path.open("rb"), size, limits, beside, path)


def unpacked(source: Source) -> Source:
    """What is inside a gzip file.

    Raises
    ------
    VectorFormatError
        When it comes out of another packed file already.
    """
    if source.packed:
        raise VectorFormatError(f"{source.label} is packed more than once.", "Unpack it, and pack it once at most.")
    name = source.name[:-3] if source.name.lower().endswith(".gz") else source.name
    return replace(source, name=name, opened=lambda: Gunzip(source.opened()), size=None, path=None, packed=True)
