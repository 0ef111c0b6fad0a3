"""What a parquet file says about itself at its end, read without the library.

The library's own access to it from Python ends the whole process when the description contradicts itself. So the few numbers
that matter are read here, before the library sees the file: Thrift's compact protocol, the fields of ``parquet.thrift``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from explorer.embedding.formats.refusal import DOWNLOAD, VectorFormatError

DEEPEST = 16
"""Structures inside structures."""
TRUE = 1
ROWS, GROUPS = 3, 4
"""Fields of a file: how many rows it has, and its groups of rows."""
COLUMNS = 1
"""Field of a group."""
OTHER_FILE, ABOUT = 1, 3
"""Fields of a column's piece: the file in which it lies when that is another one, and the following."""
PATH, VALUES, UNPACKED = 3, 5, 6
"""Its names from the root on, how many values it has, and how many bytes they take when unpacked."""


class Piece(NamedTuple):
    """A column within a group of rows."""

    path: str
    values: int
    unpacked: int


class Footer(NamedTuple):
    """Rows of the file, and all its pieces."""

    rows: int
    pieces: list[Piece]


class _Compact:
    """Values in Thrift's compact protocol, one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def byte(self) -> int:
        """The next byte."""
        self.at += 1
        return self.data[self.at - 1]

    def number(self) -> int:
        """An unsigned number of up to 64 bits, seven in each byte."""
        value = 0
        for shift in range(0, 70, 7):
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
        raise IndexError("a number without end")

    def signed(self) -> int:
        """A signed number, zigzag-coded."""
        value = self.number()
        return (value >> 1) ^ -(value & 1)

    def text(self) -> bytes:
        """A text with its length before it."""
        length = self.number()
        if length > len(self.data) - self.at:
            raise IndexError("a text that is longer than the rest")
        self.at += length
        return self.data[self.at - length : self.at]

    def entries(self, deep: int) -> list[object]:
        """A list; `deep` is how far inside others it stands."""
        head = self.byte()
        count = head >> 4 if head >> 4 < 15 else self.number()
        if count > len(self.data) - self.at:
            raise IndexError("a list that is longer than the rest")
        return [self.value(head & 15, deep, alone=True) for _ in range(count)]

    def pairs(self, deep: int) -> None:
        """A map, passed over."""
        count = self.number()
        kinds = self.byte() if count else 0
        if count > len(self.data) - self.at:
            raise IndexError("a map that is longer than the rest")
        for _ in range(count):
            self.value(kinds >> 4, deep, alone=True)
            self.value(kinds & 15, deep, alone=True)

    def structure(self, deep: int) -> dict[int, object]:
        """The fields of a structure, by number."""
        fields: dict[int, object] = {}
        field = 0
        while head := self.byte():
            field = field + (head >> 4) if head >> 4 else self.signed()
            fields[field] = self.value(head & 15, deep)
        return fields

    def value(self, kind: int, deep: int, alone: bool = False) -> object:
        """A value; truths are part of a field's head, and stand `alone` only in lists."""
        if deep > DEEPEST:
            raise IndexError("structures without end")
        match kind:
            case 1 | 2:  # true, false
                return self.byte() == TRUE if alone else kind == TRUE
            case 3:
                return self.byte()
            case 4 | 5 | 6:  # of 16, 32 and 64 bits
                return self.signed()
            case 7:  # a floating-point number
                self.at += 8
                return None
            case 8:
                return self.text()
            case 9 | 10:  # a list, a set
                return self.entries(deep + 1)
            case 11:
                return self.pairs(deep + 1)
            case 12:
                return self.structure(deep + 1)
        raise IndexError("a value of no kind")


def read_footer(data: bytes) -> Footer:
    """Rows and pieces of a file.

    Parameters
    ----------
    data : bytes
        The footer: what stands before its length and the closing ``PAR1``.

    Raises
    ------
    VectorFormatError
        When it makes no sense, or tells of columns in other files.
    """
    try:
        file = _Compact(data).structure(0)
        rows = _whole(file[ROWS])
        pieces = [_piece(column) for group in _listed(file[GROUPS]) for column in _listed(_fields(group)[COLUMNS])]
    except (IndexError, KeyError, TypeError, UnicodeDecodeError):
        raise VectorFormatError("The description of this parquet file's columns cannot be read.", DOWNLOAD) from None
    return Footer(rows, pieces)


def _piece(column: object) -> Piece:
    fields = _fields(column)
    if OTHER_FILE in fields:
        raise VectorFormatError("The columns of this parquet file lie in other files.", "Write the table as one file.")
    about = _fields(fields[ABOUT])
    path = b".".join(part for part in _listed(about[PATH]) if isinstance(part, bytes)).decode()
    return Piece(path, _whole(about[VALUES]), _whole(about[UNPACKED]))


def _fields(value: object) -> Mapping[int, object]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _listed(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _whole(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError
    return value
