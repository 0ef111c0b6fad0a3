"""How a text file of vectors is laid out, told from its first lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from explorer.embedding.formats.lines import BOM
from explorer.embedding.formats.numerals import trailing_numbers
from explorer.embedding.formats.source import HEAD

LOOKED_AT = 50
"""Lines that are looked at."""
HEADER = re.compile(rb" *(\d{1,18}) +(\d{1,18}) *\r?")
BLANK = b" \t\r"


class Layout(NamedTuple):
    """What the first lines show.

    Attributes
    ----------
    separator : bytes
        Between the numbers: a space, a tab, a comma or a semicolon.
    dimensions : int
        Numbers after the word in most lines.
    header : (int, int) or None
        Words and dimensions, as a first line in the manner of word2vec promises them.
    bare : bool
        Whether there are only numbers, so that the words may stand in another file.
    numbered : bool
        Whether the first of them are whole numbers and others are not, so that they may be words, such as years.
    decimal_comma : bool
        Whether numbers are written like 0,25.
    """

    separator: bytes
    dimensions: int
    header: tuple[int, int] | None = None
    bare: bool = False
    numbered: bool = False
    decimal_comma: bool = False


def find_layout(head: bytes, name: str = "") -> Layout | None:
    """The layout of a text; None when its lines do not end in numbers.

    Parameters
    ----------
    head : bytes
        The begin of the file, at most a megabyte.
    name : str
        Its suffix decides between separators that fit alike.
    """
    lines = first_lines(head)
    header = find_header(lines[0]) if lines else None
    if header and len(lines) == 1:
        return Layout(b" ", header[1], header)
    if header:
        layout = _likeliest(lines[1:], name)
        # Vectors of one number have two fields in every line, and so have headers.
        if layout and layout.separator == b" " and (layout.dimensions > 1 or header[1] == 1):
            return layout._replace(header=header, bare=False)
    return _likeliest(lines, name)


def find_header(line: bytes) -> tuple[int, int] | None:
    """Words and dimensions, where a line is two whole numbers."""
    match = HEADER.fullmatch(line)
    return (int(match[1]), int(match[2])) if match else None


def first_lines(head: bytes) -> list[bytes]:
    """The first lines that are whole and not blank, without the white space at their ends."""
    head = head.removeprefix(BOM)
    lines = head.split(b"\n", LOOKED_AT)
    if len(lines) > LOOKED_AT or len(head) >= HEAD - len(BOM):
        lines = lines[:-1] or lines
    return [stripped for line in lines if (stripped := line.rstrip(BLANK))]


def _candidates(name: str) -> list[tuple[bytes, bool]]:
    """Separators, with whether a comma is a decimal one; the likeliest first."""
    order = [(b"\t", False), (b" ", False), (b",", False), (b";", False), (b";", True), (b"\t", True)]
    return order[2:] + order[:2] if ".csv" in name.lower() else order


def _likeliest(lines: Sequence[bytes], name: str) -> Layout | None:
    """The layout whose separator gives the most numbers in a line, and in the most lines."""
    layouts = [_layout(lines, separator, comma) for separator, comma in _candidates(name)]
    best, _ = max(layouts, key=lambda found: (found[0].dimensions, found[1]))
    return best if best.dimensions or best.bare else None


def _layout(lines: Sequence[bytes], separator: bytes, comma: bool) -> tuple[Layout, int]:
    """What a separator makes of lines, and how many are so.

    The commonest count of numbers at their ends decides, the smaller of two as common.
    """
    rows = [_fields(line, separator, comma) for line in lines]
    numbers = [trailing_numbers(fields) for fields in rows]
    usable = Counter(n for n in map(_after_word, rows, numbers) if n)
    dimensions = min(usable, key=lambda n: (-usable[n], n), default=0)
    if usable.total() * 2 < len(lines) - 1:  # one line may be a header; prose has a number here and there
        dimensions = 0
    bare = bool(rows) and all(n == len(fields) for n, fields in zip(numbers, rows, strict=True))
    numbered = bare and all(fields[0].isdigit() for fields in rows)
    numbered = numbered and not all(field.isdigit() for fields in rows for field in fields)
    return Layout(separator, dimensions, None, bare, numbered, comma), usable[dimensions]


def _after_word(fields: Sequence[bytes], numbers: int) -> int:
    """Numbers at the end of a line when at least one field belongs to the word, which may be a number, too."""
    return min(numbers, len(fields) - 1)


def _fields(line: bytes, separator: bytes, comma: bool) -> list[bytes]:
    if separator == b" ":
        return line.split()  # any white space, where lines are not all of tabs
    fields = [field.strip(b'" ') for field in line.split(separator)]
    return [field.replace(b",", b".") for field in fields] if comma else fields
