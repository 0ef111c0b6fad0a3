"""A gzip file unpacked as it is read."""

from __future__ import annotations

import zlib
from typing import BinaryIO

PIECE = 1 << 16
"""Packed bytes that are read at a time."""
MOST_MEMBERS = 50_000
"""Files that were packed one by one and joined; an empty one takes twenty bytes, and as long to open as any."""


class Gunzip:
    """The bytes inside a gzip file.

    Parameters
    ----------
    stream : binary file
        Closed together with this.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._left, self._members = stream, b"", 0
        self._inflate = self._member()

    def read(self, n: int) -> bytes:
        """At least one of the next n bytes; none at the end.

        Raises
        ------
        zlib.error, EOFError
            When the file is damaged or cut off.
        """
        while True:
            if self._inflate.eof:
                self._left = (self._inflate.unused_data or self._stream.read(PIECE)).lstrip(b"\0")
                if not self._left:
                    return b""
                self._inflate = self._member()
            packed = self._inflate.unconsumed_tail or self._left or self._stream.read(PIECE)
            self._left = b""
            found = self._inflate.decompress(packed, n)
            if found:
                return found
            if not packed and not self._inflate.eof:
                raise EOFError

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def _member(self) -> zlib._Decompress:
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise zlib.error("too many members")
        return zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
