"""The loops of counting, compiled: over the neighbours of every word, and over the cells of a matrix.

Both passes over the text go word by word through the places where it stands, so they need memory for the result and
one row, never for the pairs. The order in which the summands of a cell are added is that of reading the text: by the
later of the two places, then the nearer first; so a cell and its mirror image are equal to the bit.
"""

from __future__ import annotations

import numpy as np
from numba import float64, int32, int64

from explorer.embedding.compiling import compile_now, compiled

_TEXT = (int32[::1], int32[::1], int64[::1], int64[::1], int64)


def compile_ahead() -> None:
    """Compile the kernels, or load what an earlier process compiled."""
    compile_now(count_columns, *_TEXT)
    compile_now(count_neighbours, *_TEXT, int64[::1], int32[::1], float64[::1])
    compile_now(surprise, int64[::1], int32[::1], float64[::1], float64[::1], float64[::1], float64)


@compiled()
def count_columns(
    text: np.ndarray, lines: np.ndarray, places: np.ndarray, first: np.ndarray, window: int
) -> np.ndarray:
    """Number of different words near each word, (V,) int64.

    Parameters
    ----------
    text : (n,) int32
        Number of the word at each place.
    lines : (n,) int32
        Number of the sentence of each place.
    places : (n,) int64
        Places of word 0 in order, then those of word 1, and so on.
    first : (V + 1,) int64
        Where the places of each word begin in `places`.
    window : int
    """
    words = len(first) - 1
    counted = np.zeros(words, dtype=np.int64)
    seen = np.full(words, -1, dtype=np.int32)
    for row in range(words):
        for place in places[first[row] : first[row + 1]]:
            for other in range(max(place - window, 0), min(place + window + 1, len(text))):
                if other != place and lines[other] == lines[place] and seen[text[other]] != row:
                    seen[text[other]] = row
                    counted[row] += 1
    return counted


@compiled()
def count_neighbours(
    text: np.ndarray,
    lines: np.ndarray,
    places: np.ndarray,
    first: np.ndarray,
    window: int,
    free: np.ndarray,
    indices: np.ndarray,
    data: np.ndarray,
) -> None:
    """Fill the symmetric matrix of weighted counts.

    Parameters
    ----------
    text, lines, places, first, window
        As in `count_columns`.
    free : (V,) int64
        Where each row of the matrix begins in `indices` and `data`; overwritten.
    indices, data : (nnz,) int32 and float64
        Filled with columns and values.
    """
    words = len(first) - 1
    total = np.zeros(words)
    touched = np.empty(words, dtype=np.int32)
    for row in range(words):
        count = 0
        for i in range(first[row], first[row + 1]):
            place = places[i]
            for other in range(place - 1, max(place - window, 0) - 1, -1):  # what stands before it
                if lines[other] != lines[place]:
                    break
                column = text[other]
                if total[column] == 0:
                    touched[count] = column
                    count += 1
                total[column] += 1 / (place - other)
                if column == row:
                    total[column] += 1 / (place - other)
            # What stands after it, up to its next occurrence; there earlier occurrences may still be in reach.
            until = places[i + 1] if i + 1 < first[row + 1] else len(text)
            for other in range(place + 1, min(place + window + 1, until)):
                if lines[other] != lines[place]:
                    break
                column = text[other]
                if total[column] == 0:
                    touched[count] = column
                    count += 1
                k = i
                while k >= first[row] and other - places[k] <= window and lines[places[k]] == lines[place]:
                    total[column] += 1 / (other - places[k])
                    k -= 1
        # Symmetric: row `row` is column `row`. Written as a column, each row receives its entries in order.
        for column in touched[:count]:
            indices[free[column]] = row
            data[free[column]] = total[column]
            free[column] += 1
            total[column] = 0


@compiled()
def surprise(
    indptr: np.ndarray, indices: np.ndarray, data: np.ndarray, rows: np.ndarray, chance: np.ndarray, threshold: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The positive ones of ``log(x / (row sum * chance of the column)) - threshold``, as indptr, indices, data."""
    kept = np.zeros(len(indptr), dtype=np.int64)
    columns = np.empty_like(indices)
    values = np.empty_like(data)
    count = 0
    for row in range(len(indptr) - 1):
        for cell in range(indptr[row], indptr[row + 1]):
            if data[cell] > 0:
                value = np.log(data[cell] / (rows[row] * chance[indices[cell]])) - threshold
                if value > 0:
                    columns[count] = indices[cell]
                    values[count] = value
                    count += 1
        kept[row + 1] = count
    return kept, columns[:count].copy(), values[:count].copy()
