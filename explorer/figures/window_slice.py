"""The part of a sentence around its window, laid out in a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

GAP = 1.5
"""Between two words, in letters."""
ROOM = 100
"""Letters of the sentence that are shown, if the window does not need more."""
LONGEST_WORD = 16


@dataclass(frozen=True, slots=True)
class Slice:
    """The part of a sentence that is drawn.

    Attributes
    ----------
    start : int
        Place of its first word in the sentence.
    words : tuple of str
    middles : numpy.ndarray, (n,)
        Where the middle of each word stands, in letters.
    width : float
        Letters of the whole line.
    """

    start: int
    words: tuple[str, ...]
    middles: np.ndarray
    width: float


def around(words: Sequence[str], centre: int, window: int) -> Slice:
    """The words around a centre: at least its window, and as many more as there is room for."""
    first, last = max(centre - window, 0), min(centre + window, len(words) - 1)
    size = sum(letters(word) for word in words[first : last + 1])
    left, right = centre - first, last - centre
    while first > 0 or last < len(words) - 1:
        ahead = last < len(words) - 1 and (right <= left or first == 0)
        size += letters(words[last + 1] if ahead else words[first - 1])
        if size > ROOM:
            break
        first, last, left, right = (first, last + 1, left, right + 1) if ahead else (first - 1, last, left + 1, right)
    shown = tuple(words[first : last + 1])
    widths = np.array([letters(word) for word in shown])
    return Slice(first, shown, np.cumsum(widths) - widths / 2, float(widths.sum()))


def letters(word: str) -> float:
    """Room that a word takes in the line, in letters."""
    return max(min(len(word), LONGEST_WORD), 2) + GAP
