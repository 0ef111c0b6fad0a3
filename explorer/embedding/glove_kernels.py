"""The loops of GloVe, compiled, and the tables they work on.

A table holds one row for each word: its vector, the sums of squared steps of AdaGrad, the bias and its sum, side by side,
because a cell needs all of them and every other place in memory costs a miss. Vectors are filled up with zeros to whole
registers: their steps are zero, so they stay zero.
"""

from __future__ import annotations

import numpy as np
from numba import float32, float64, from_dtype, int32, int64

from explorer.embedding.compiling import compile_now, compiled

CELL = np.dtype([("row", np.int32), ("column", np.int32), ("log", np.float32), ("weight", np.float32)])
"""A cell of the matrix as training sees it: log X and f(X), computed once."""
LIMIT = np.float32(100)
"""Components of a gradient are cut off here, before the learning rate."""
REGISTER = 16
"""Numbers in the widest register (AVX-512), which are also a line of the cache."""
BLOCK = 4096
"""Cells that are fetched at once: fetched one by one, each would wait for the one before to be learned."""
HALF = np.float32(0.5)

_FAST = {"reassoc", "contract", "arcp", "nsz", "afn"}
"""Sums in any order, a multiplication by the reciprocal root for a root and a division; infinities and NaN stay what they are."""
_CELLS, _TABLE = from_dtype(CELL)[::1], float32[:, ::1]


def compile_ahead() -> None:
    """Compile the kernels, or load what an earlier process compiled."""
    compile_now(settle, int32[::1], int64, float64[::1])
    compile_now(learn, _CELLS, int32[::1], _TABLE, _TABLE, float32, float64)
    compile_now(add_costs, _CELLS, int64, int64, _TABLE, _TABLE)
    compile_now(predict, int32[::1], int32[::1], _TABLE, _TABLE)


def width(dimensions: int) -> int:
    """Numbers that a vector takes in a table: whole registers."""
    return -(-dimensions // REGISTER) * REGISTER


def make_table(generator: np.random.Generator, words: int, dimensions: int) -> np.ndarray:
    """A table before training, (V, 2 w + 16) float32 with ``w = width(dimensions)``.

    Columns: vector (w), its sums (w), bias, sum of the bias, 14 unused. Vectors and biases are uniform in
    ``±0.5 / dimensions``, the sums 1.
    """
    wide = width(dimensions)
    table = np.zeros((words, 2 * wide + REGISTER), dtype=np.float32)
    drawn = (generator.random((words, dimensions + 1)) - 0.5) / dimensions
    table[:, :dimensions] = drawn[:, :-1]
    table[:, wide : 2 * wide] = 1
    table[:, 2 * wide] = drawn[:, -1]
    table[:, 2 * wide + 1] = 1
    return table


@compiled()
def settle(order: np.ndarray, start: int, draws: np.ndarray) -> None:
    """Go on shuffling (Fisher and Yates): places start, start + 1, ... receive what stays there.

    Parameters
    ----------
    order : (n,) int32
        A permutation, the places before `start` settled.
    start : int
    draws : (m,) float64
        In [0, 1), one for each place that is to be settled.
    """
    left = len(order) - start
    for i in range(len(draws)):
        here, there = start + i, start + i + int(draws[i] * (left - i))
        order[here], order[there] = order[there], order[here]


@compiled(fastmath=_FAST, error_model="numpy")
def _difference(cell, word: np.ndarray, context: np.ndarray, wide: int) -> float:  # noqa: ANN001
    """w . c + b + b - log X."""
    product = np.float32(0)
    for k in range(wide):
        product += word[k] * context[k]
    return product + word[2 * wide] + context[2 * wide] - cell.log


@compiled(fastmath=_FAST, error_model="numpy")
def _step(word: np.ndarray, context: np.ndarray, wide: int, slope: float, rate: float) -> None:
    """One step of AdaGrad along both vectors and biases; `slope` is the derivative of the cost by the prediction."""
    for k in range(wide):
        of_word = min(max(slope * context[k], -LIMIT), LIMIT) * rate
        of_context = min(max(slope * word[k], -LIMIT), LIMIT) * rate
        word_sum, context_sum = word[wide + k], context[wide + k]
        word[k] -= of_word / np.sqrt(word_sum)
        context[k] -= of_context / np.sqrt(context_sum)
        word[wide + k] = word_sum + of_word * of_word
        context[wide + k] = context_sum + of_context * of_context
    bias = 2 * wide
    word[bias] -= slope / np.sqrt(word[bias + 1])
    context[bias] -= slope / np.sqrt(context[bias + 1])
    word[bias + 1] += slope * slope
    context[bias + 1] += slope * slope


@compiled(fastmath=_FAST, error_model="numpy")
def learn(
    cells: np.ndarray, order: np.ndarray, words: np.ndarray, contexts: np.ndarray, rate: float, spent: float
) -> float:
    """One step for each of some cells, in the given order.

    Parameters
    ----------
    cells : (n,) CELL
    order : (m,) int32
        Which cells.
    words, contexts : (V, 2 w + 16) float32
        Tables, changed.
    rate : float32
    spent : float
        Cost so far.

    Returns
    -------
    float
        `spent` and the costs of these cells, each just before its step. One cell is added after another, so the result
        does not depend on where the pieces are cut.
    """
    wide = (words.shape[1] - REGISTER) // 2
    near = np.empty(min(BLOCK, len(order)), dtype=CELL)
    for begin in range(0, len(order), BLOCK):
        count = min(BLOCK, len(order) - begin)
        for i in range(count):
            near[i] = cells[order[begin + i]]
        for i in range(count):
            cell = near[i]
            word, context = words[cell.row], contexts[cell.column]
            difference = _difference(cell, word, context, wide)
            slope = cell.weight * difference
            if np.isfinite(slope):
                spent += np.float64(HALF * slope * difference)
                _step(word, context, wide, slope, rate)
    return spent


@compiled(fastmath=_FAST, error_model="numpy")
def add_costs(cells: np.ndarray, start: int, stop: int, words: np.ndarray, contexts: np.ndarray) -> float:
    """Sum of the costs of the cells start..stop; nothing is learned."""
    wide = (words.shape[1] - REGISTER) // 2
    total = 0.0
    for cell in cells[start:stop]:
        difference = _difference(cell, words[cell.row], contexts[cell.column], wide)
        total += np.float64(HALF * cell.weight * difference * difference)
    return total


@compiled(fastmath=_FAST, error_model="numpy")
def predict(rows: np.ndarray, columns: np.ndarray, words: np.ndarray, contexts: np.ndarray) -> np.ndarray:
    """What the model takes log X for, (m,) float32."""
    wide = (words.shape[1] - REGISTER) // 2
    out = np.empty(len(rows), dtype=np.float32)
    nothing = np.zeros(1, dtype=CELL)[0]
    for i in range(len(rows)):
        out[i] = _difference(nothing, words[rows[i]], contexts[columns[i]], wide)
    return out
