"""A visitor's table with a word and a value in each line: numbers, or names of groups."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from explorer.text.decoding import decode

MOST_LINES = 100_000
MOST_GROUPS = 24
"""Different names of groups at most: a map has no more colours and signs."""
LONGEST = 200
"""Letters of a word or a name."""


@dataclass(frozen=True)
class WordValues:
    """A value for each of some words.

    Attributes
    ----------
    title : str
        The second column's name; "value" where it has none.
    numbers : mapping of str to float
        Empty when the values are names.
    groups : mapping of str to str
        Empty when the values are numbers.
    """

    title: str
    numbers: Mapping[str, float]
    groups: Mapping[str, str]

    @property
    def names(self) -> list[str]:
        """The groups, the largest first, ties alphabetically."""
        sizes: dict[str, int] = {}
        for name in self.groups.values():
            sizes[name] = sizes.get(name, 0) + 1
        return sorted(sizes, key=lambda name: (-sizes[name], name))

    def __len__(self) -> int:
        return len(self.numbers) or len(self.groups)


def read_word_values(data: bytes) -> WordValues:
    """The first two columns of a CSV file.

    A comma, a semicolon or a tab separates them; a first line of names is allowed when the values are numbers, or when
    its first cell is "word". Values are numbers when all are, else names.

    Parameters
    ----------
    data : bytes
        UTF-8, at most 5 MB.

    Raises
    ------
    ValueError
        When the file cannot be read, a line lacks its value, a word has two different values, or there are too many
        lines or groups; the text names the line.
    """
    rows = _rows(decode(data))
    title, rows = _without_head(rows)
    if not rows:
        raise ValueError("The file has no line with a word and a value. Write lines such as: king,0.7")
    found = _unique(rows)
    numbers = {word: _number(cell) for word, cell in found.items()}
    if None not in numbers.values():
        return WordValues(title, numbers, {})
    values = WordValues(title, {}, found)
    if len(values.names) > MOST_GROUPS:
        raise ValueError(_too_many(rows, numbers, len(values.names)))
    return values


Row = tuple[int, str, str]
"""Line number, word and value."""


def _rows(text: str) -> list[Row]:
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        raise ValueError(f"The file has {len(lines):,} lines; at most {MOST_LINES:,} are read. Keep a part of it.")
    separator = next((one for one in ("\t", ";") if sum(one in line for line in lines) * 2 > len(lines)), ",")
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True)
    try:
        return [_row(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise ValueError(f"Line {reader.line_num} cannot be read as CSV ({error}). Correct or remove it.") from None


def _row(line: int, cells: Sequence[str]) -> Row:
    word, value = (cell.strip() for cell in (*cells, "", "")[:2])
    if not word or not value:
        raise ValueError(f"Line {line} has no {'word' if not word else 'value'}. Write a word, a comma and its value.")
    if max(len(word), len(value)) > LONGEST:
        raise ValueError(f"Line {line} has a cell of more than {LONGEST} letters. Shorten or remove it.")
    return line, word, value


def _without_head(rows: list[Row]) -> tuple[str, list[Row]]:
    """The name of the values, and the lines without the one that names the columns."""
    if not rows:
        return "value", rows
    _, word, value = rows[0]
    numeric = len(rows) > 1 and all(_number(cell) is not None for _, _, cell in rows[1:])
    if word.lower() in ("word", "words", "token") or (numeric and _number(value) is None):
        return value, rows[1:]
    return "value", rows


def _unique(rows: list[Row]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line, word, value in rows:
        if found.setdefault(word, value) != value:
            raise ValueError(f"Line {line} gives “{word[:30]}” a second value. Keep one line for each word.")
    return found


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in cell else None


def _too_many(rows: list[Row], numbers: Mapping[str, float | None], groups: int) -> str:
    if sum(value is None for value in numbers.values()) * 2 < len(numbers):
        line, word, cell = next(row for row in rows if numbers[row[1]] is None)
        return f"Line {line} gives “{word[:30]}” the value “{cell[:30]}”, which is no number. Write a plain number such as 12.5."
    return f"The file has {groups:,} different groups; a map can tell {MOST_GROUPS} apart. Join some of them."
