"""A column of numbers from a visitor's CSV file."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from itertools import islice, pairwise

from explorer.text.decoding import decode

MOST_VALUES = 20_000
LARGEST_VALUE = 1e12
MOST_COLUMNS = 200
MOST_CELLS = 400_000
Rows = list[tuple[int, list[str]]]
"""Line number in the file and cells, for each line that is not blank; no more than it takes to see that there are too many."""


def read_column(data: bytes) -> tuple[float, ...]:
    """The first column in which every cell is a number.

    Commas, semicolons, tabs or nothing may separate the cells; a first line of names is allowed. A column
    that only counts (1, 2, 3 or 1949, 1950, 1951) is passed over when there is another one.

    Parameters
    ----------
    data : bytes
        The file, UTF-8, at most 5 MB.

    Raises
    ------
    ValueError
        When the file cannot be read or no column is fully numeric; the text names line and cell.
    """
    rows = _rows(decode(data))
    if len(rows) > MOST_VALUES + 1:
        raise ValueError(f"The file has too many lines: at most {MOST_VALUES:,} values fit. Keep a part of it.")
    width = max((len(cells) for _, cells in rows), default=0)
    if width > MOST_COLUMNS:
        raise ValueError(f"The file has {width} columns; at most {MOST_COLUMNS} are read. Keep the one that matters.")
    if width * len(rows) > MOST_CELLS:  # a single long line makes every column as long as the file
        raise ValueError(
            f"The file has {len(rows):,} lines of up to {width} columns; at most {MOST_CELLS:,} cells are read. "
            "Keep the column that matters."
        )
    if len(rows) == 1 and width > 1:
        raise ValueError("All numbers stand in one line. Write one in each line, so that they form a column.")
    _same_width(rows)
    columns = [[(line, cells[i] if i < len(cells) else "") for line, cells in rows] for i in range(width)]
    bodies = [_without_name(column) for column in columns]
    numeric = [body for body in map(_numbers, bodies) if body]
    if not numeric:
        raise ValueError(_closest(bodies))
    values = next((column for column in numeric if not _counts(column)), None)
    if values is None and any(map(_mostly_numbers, bodies)):
        # The running number must not be taken for what was measured.
        raise ValueError(_closest(bodies, "Only a column that counts is complete."))
    values = values or numeric[0]
    largest = max(values, key=abs)
    if abs(largest) > LARGEST_VALUE:
        raise ValueError(f"The value {largest:g} is too large; use a larger unit, so that no value exceeds 1e12.")
    return tuple(values)


def _same_width(rows: Rows) -> None:
    """No line may have more cells than the first: where commas separate, 12,5 below one name would be read as 12."""
    first = len(rows[0][1]) if rows else 0
    for line, cells in rows:
        if len(cells) > first and any(cells[first:]):
            raise ValueError(
                f"Line {line} has more cells than the first line. If its commas belong to numbers, as in 12,5 or "
                "1,234, write 12.5 and 1234 instead; otherwise give every column a name."
            )


def _rows(text: str) -> Rows:
    lines = text.split("\n")
    if not text:
        raise ValueError("The file holds only blank space. Choose a file with one number in each line.")
    separator = _separator([line for line in lines if line.strip()])
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True)
    # A comma can only be a decimal one where it does not separate cells.
    tidy = str.strip if separator == "," else _decimal_point
    try:
        rows = ((reader.line_num, list(map(tidy, cells))) for cells in reader if any(map(str.strip, cells)))
        return list(islice(rows, MOST_VALUES + 2))
    except csv.Error as error:
        raise ValueError(f"Line {reader.line_num} cannot be read as CSV ({error}). Correct or remove it.") from None


def _separator(lines: Sequence[str]) -> str:
    """The strongest separator that most lines contain."""
    for separator in (";", "\t"):
        if sum(separator in line for line in lines) * 2 > len(lines):
            return separator
    return ","


def _decimal_point(cell: str) -> str:
    cell = cell.strip()
    return cell.replace(",", ".") if cell.count(",") == 1 and "." not in cell else cell


def _without_name(column: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """A column without its first cell when that is a name, not a number."""
    return column[1:] if _number(column[0][1]) is None else column


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in cell else None


def _numbers(body: list[tuple[int, str]]) -> list[float] | None:
    values = [_number(cell) for _, cell in body]
    return values if None not in values else None


def _mostly_numbers(body: list[tuple[int, str]]) -> bool:
    """Whether a column would be one of numbers, were it not for some of its cells."""
    missing = sum(_number(cell) is None for _, cell in body)
    return 0 < missing <= len(body) / 2


def _counts(values: list[float]) -> bool:
    """Whether a column is only a running number, a year, a row name."""
    steps = {later - earlier for earlier, later in pairwise(values)}
    return len(values) > 2 and len(steps) == 1 and steps != {0.0}


def _closest(bodies: list[list[tuple[int, str]]], begin: str = "No column holds only numbers.") -> str:
    faults = [[(line, cell) for line, cell in body if _number(cell) is None] for body in bodies]
    best = min(range(len(bodies)), key=lambda i: len(faults[i]) / len(bodies[i]) if faults[i] else 2, default=0)
    if not bodies or not any(character.isdigit() for _, cell in bodies[best] for character in cell):
        return "The file holds no numbers. Choose a file with one number in each line."
    line, cell = faults[best][0]
    said = f"says “{cell[:30]}”" if cell else "has no value there"
    return (
        f"{begin} Column {best + 1} comes closest, but line {line} {said}. "
        "Write a plain number such as 12.5 there, or remove the line."
    )
