"""A binary stream read piece by piece: so many bytes, or all up to a mark."""

from __future__ import annotations

from explorer.embedding.formats.refusal import DOWNLOAD, VectorFormatError
from explorer.embedding.formats.source import Bounded

CHUNK = 1 << 20


class Feed:
    """Pieces of a stream, exactly as long as asked for.

    Parameters
    ----------
    stream : Bounded
        Nothing may have been read from it before.
    """

    def __init__(self, stream: Bounded) -> None:
        self._stream, self._buffer, self._at = stream, b"", 0

    def take(self, n: int, where: str) -> bytes:
        """The next n bytes; refuses a file that ends before, saying `where`."""
        if len(self._buffer) - self._at < n:
            self._fill(n)
        self._at += n
        if self._at > len(self._buffer):
            raise VectorFormatError(f"The file ends in {where}.", DOWNLOAD)
        return self._buffer[self._at - n : self._at]

    def until(self, mark: bytes, most: int) -> bytes | None:
        """The bytes before the next mark, which is passed over; None when it is more than `most` away or not there."""
        end = self._buffer.find(mark, self._at, self._at + most + 1)
        if end < 0 and len(self._buffer) - self._at <= most:
            self._fill(most + 1)
            end = self._buffer.find(mark, self._at, self._at + most + 1)
        if end < 0:
            return None
        found = self._buffer[self._at : end]
        self._at = end + len(mark)
        return found

    def rest(self, n: int) -> bytes:
        """At most n bytes of what is left."""
        self._fill(n)
        found = self._buffer[self._at : self._at + n]
        self._at += len(found)
        return found

    @property
    def offset(self) -> int:
        """Place in the stream of the next byte."""
        return self._stream.given - len(self._buffer) + self._at

    def _fill(self, n: int) -> None:
        left = self._buffer[self._at :]
        if len(left) < n:
            self._buffer, self._at = left + self._stream.read(max(n - len(left), CHUNK)), 0
