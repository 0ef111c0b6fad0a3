"""The two inner loops of an analogy test, compiled: best sums, and nearest words, over a block of words.

The questions of a section are pairs combined with words: the score of a word x is a part that depends on the pair (a, b)
plus a part that depends on c. Both are computed once for each pair and each c; what is left for each question and
each word is one addition and one comparison.
"""

from __future__ import annotations

import numpy as np
from numba import float32, int32, int64

from explorer.embedding.compiling import compile_now, compiled

LANES = 64
"""Partial maxima kept side by side, so that the processor compares many numbers at once."""
_ROWS, _FLOATS, _INTEGERS = float32[:, ::1], float32[::1], int32[::1]


def compile_ahead() -> None:
    """Compile both loops, or load what an earlier process compiled."""
    compile_now(search_block, _ROWS, _ROWS, _INTEGERS, _INTEGERS, _FLOATS, _FLOATS, _INTEGERS, _INTEGERS, int64)
    compile_now(nearest_block, _ROWS, _ROWS, int32[:, ::1], int64)


@compiled()
def search_block(
    pair: np.ndarray,
    third: np.ndarray,
    of_pair: np.ndarray,
    of_third: np.ndarray,
    level: np.ndarray,
    best: np.ndarray,
    given: np.ndarray,
    above: np.ndarray,
    first: int,
) -> None:
    """Improve the answers of all questions by the words of one block.

    Parameters
    ----------
    pair : (p, w) float32
        The pairs' parts of the scores of the block's w words; w is a multiple of `LANES`.
    third : (c, w) float32
        The same of the third words.
    of_pair, of_third : (q,) int32
        Which of them each question adds up.
    level : (q,) float32
        Score of the right answer, above which words are counted.
    best, given, above : (q,)
        Best score so far, its row, and words above the level so far; changed in place.
    first : int
        Row of the block's first word.
    """
    top, count = np.empty(LANES, np.float32), np.empty(LANES, np.int32)
    for q in range(len(of_pair)):
        one, other, bound = pair[of_pair[q]], third[of_third[q]], level[q]
        top[:] = best[q]
        count[:] = 0
        for at in range(0, len(one), LANES):
            here, there = one[at : at + LANES], other[at : at + LANES]
            for lane in range(LANES):
                score = here[lane] + there[lane]
                top[lane] = score if score > top[lane] else top[lane]
                count[lane] += np.int32(score > bound)
        above[q] += count.sum()
        highest = top.max()
        if highest > best[q]:
            best[q] = highest
            for x in range(len(one)):
                if one[x] + other[x] == highest:
                    given[q] = first + x
                    break


@compiled()
def nearest_block(scores: np.ndarray, best: np.ndarray, rows: np.ndarray, first: int) -> None:
    """Improve lists of the highest scores by those of one block.

    Parameters
    ----------
    scores : (c, w) float32
    best, rows : (c, k)
        Highest scores so far, descending, and their rows; changed in place.
    first : int
        Row of the block's first word.
    """
    last = best.shape[1] - 1
    for c in range(len(scores)):
        for x in range(scores.shape[1]):
            score, place = scores[c, x], last
            if score <= best[c, last]:
                continue
            while place > 0 and best[c, place - 1] < score:
                best[c, place], rows[c, place] = best[c, place - 1], rows[c, place - 1]
                place -= 1
            best[c, place], rows[c, place] = score, first + x
