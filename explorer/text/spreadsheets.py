"""Tables for a spreadsheet, in which no word can act as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as CSV, UTF-8 with a byte-order mark (without it Excel takes it for Latin-1).

    A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([inert(name) for name in header])
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", errors="replace")


def inert(cell: object) -> object:
    """A cell that is only a text, also where it begins like a formula."""
    return "'" + cell if isinstance(cell, str) and cell.lstrip(" ").startswith(_ACTIVE) else cell
