"""Numbers as text: whole blocks parsed and written by Arrow, which rounds correctly and is fast; float32 comes back to the bit."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

import numpy as np

from explorer.embedding.formats.refusal import VectorFormatError, quoted

_NUMBER = re.compile(rb"[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|nan|inf(?:inity)?)", re.IGNORECASE)
LONGEST_NUMBER = 400
"""Characters; a float64 written out in full has a few more than 300."""
ROWS = 4_096
"""Rows that are written at a time."""


def is_number(field: bytes) -> bool:
    """Whether a field of a line is a number in decimal notation; “nan” and “inf” are."""
    return len(field) <= LONGEST_NUMBER and _NUMBER.fullmatch(field) is not None


def trailing_numbers(fields: Sequence[bytes]) -> int:
    """How many fields at the end are numbers."""
    count = 0
    for field in reversed(fields):
        if not is_number(field):
            break
        count += 1
    return count


def parse_numbers(text: bytes, count: int) -> np.ndarray | None:
    """Numbers that stand one in each line, (count,) float32; None when they are not so many, or not all numbers."""
    found = _parsed(text, count)
    if found is None and b" " in text:
        found = _parsed(b"\n".join([field.strip(b" ") for field in text.split(b"\n")]), count)
    return found


def _parsed(text: bytes, count: int) -> np.ndarray | None:
    import pyarrow as pa
    from pyarrow import csv

    # One column, not d: reading many columns costs as much for each of them as for a block of text.
    try:
        table = csv.read_csv(
            pa.BufferReader(text),
            csv.ReadOptions(column_names=["x"], use_threads=False, block_size=max(len(text) + 1, 1 << 10)),
            csv.ParseOptions(
                delimiter="\x1f", quote_char=False, double_quote=False, escape_char=False, ignore_empty_lines=False
            ),
            csv.ConvertOptions(
                column_types={"x": pa.float32()}, null_values=[], strings_can_be_null=False, check_utf8=False
            ),
        )
    except pa.ArrowException:
        return None
    return np.concatenate([chunk.to_numpy() for chunk in table["x"].chunks]) if table.num_rows == count else None


def parse_each(fields: Sequence[bytes], where: str) -> list[float]:
    """Numbers one by one; refuses the first that is none, saying `where` it stands."""
    for i, field in enumerate(fields):
        if not is_number(field):
            raise no_number(field, i + 1, where)
    return [float(field) for field in fields]


def no_number(field: bytes, place: int, where: str) -> VectorFormatError:
    """The refusal of a field that should be a number."""
    return VectorFormatError(
        f"Number {place} in {where} is {quoted(field)}, which is not a number.",
        "Write a plain number such as 0.25 there, or remove the line.",
    )


def written_rows(matrix: np.ndarray, separator: str) -> Iterator[tuple[int, list[bytes]]]:
    """Blocks of rows as text, the shortest that gives each float32 back: the first row's number, and the lines."""
    import pyarrow as pa
    from pyarrow import csv

    names = [str(i) for i in range(matrix.shape[1])]
    options = csv.WriteOptions(include_header=False, delimiter=separator, quoting_style="none")
    for at in range(0, len(matrix), ROWS):
        columns = np.ascontiguousarray(matrix[at : at + ROWS].T, dtype=np.float32)
        out = io.BytesIO()
        csv.write_csv(pa.table(list(columns), names), out, options)
        yield at, out.getvalue().split(b"\n")[:-1]
