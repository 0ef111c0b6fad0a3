"""A map's coordinates as a table for spreadsheets and programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import numpy as np

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With the full-width forms, which some spreadsheets take for the same."""
AXES = ("x", "y", "z")


def map_csv(
    words: Sequence[str], coordinates: np.ndarray, columns: Mapping[str, Sequence[object]] | None = None
) -> str:
    """Words and their places on a map as CSV.

    A text that a spreadsheet would run as a formula (it begins with ``= + - @``, a tab or a line break) gets an apostrophe
    before it; numbers stay numbers.

    Parameters
    ----------
    words : sequence of str, n
    coordinates : numpy.ndarray, (n, 1), (n, 2) or (n, 3)
        Finite; written so that float32 comes back to the bit.
    columns : mapping of str to sequence of n, optional
        More to say of each word, such as its cluster.

    Returns
    -------
    str
        A header, then a line for each word; ``word,x,y``, and the columns.

    Raises
    ------
    ValueError
        When there are not as many words, places and cells.
    """
    coordinates = np.asarray(coordinates, dtype=np.float32)
    columns = dict(columns or {})
    if coordinates.ndim != 2 or not 1 <= coordinates.shape[1] <= len(AXES):
        raise ValueError(
            f"A map has one to three coordinates for each word, not an array of shape {coordinates.shape}."
        )
    for name, column in {"coordinates": coordinates, **columns}.items():
        if len(column) != len(words):
            raise ValueError(f"{len(words):,} words go with as many {name}, not with {len(column):,}.")
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL)
    writer.writerow(map(harmless, ("word", *AXES[: coordinates.shape[1]], *columns)))
    # The shortest text of a float32, not that of the float64 nearest to it.
    places = [map(str, axis) for axis in coordinates.T]
    more = [map(harmless, column) for column in columns.values()]
    writer.writerows(zip(map(harmless, words), *places, *more, strict=True))
    return out.getvalue()


def harmless(cell: object) -> object:
    """A cell that a spreadsheet shows and does not run; numbers as they are."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
