"""A sentence along an axis: each word as wide as it is written, or, where there are too many, all alike."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.headings import STANDING
from explorer.figures.palette import Theme, plain
from explorer.figures.rows import LEFT, RIGHT

LETTER, APART = 0.54, 1.5
"""Width of a letter as a share of its height, and letters of room between two words."""
LARGEST, SMALLEST = 17.0, 10.5
"""Type sizes in pixels; where the smallest does not fit, words stand on end."""
LONGEST = 16
"""Letters of a word that are written."""


class Columns:
    """Where the words of a sentence stand.

    Attributes
    ----------
    edges : numpy.ndarray, (T + 1,)
        Left ends of the words' columns, and the right end of the last, in letters; one for each column where they are all alike.
    size : float
        Type size in pixels.
    upright : bool
        Whether words stand on end.
    """

    def __init__(self, words: Sequence[str], theme: Theme, width: float) -> None:
        self.words = [plain(word, LONGEST) for word in words]
        letters = np.array([max(min(len(word), LONGEST), 2) + APART for word in words], dtype=float)
        room = width - (LEFT + RIGHT) * theme.scale
        fits = room / (LETTER * letters.sum())
        self.upright = fits < SMALLEST * theme.scale
        each = np.ones(len(letters)) if self.upright else letters
        self.edges = np.concatenate([[0.0], np.cumsum(each)])
        self.pixels = room / self.edges[-1]
        self.size = min(fits, LARGEST * theme.scale) if not self.upright else min(12.5 * theme.scale, 0.85 * self.pixels)
        self.ink = theme.ink

    @property
    def centres(self) -> np.ndarray:
        """Middles of the columns, (T,)."""
        return (self.edges[:-1] + self.edges[1:]) / 2

    @property
    def widths(self) -> np.ndarray:
        """Of the columns, (T,)."""
        return np.diff(self.edges)

    def span(self, start: int, end: int) -> tuple[float, float]:
        """Middle and width of some neighbouring columns."""
        left, right = self.edges[start], self.edges[end]
        return float(left + right) / 2, float(right - left)

    def axis(self) -> dict:
        """The x axis with the words as headings; see `explorer.figures.rows.stack`."""
        shown = self.words if self.size >= 8 else ["" for _ in self.words]
        return {
            "range": [0.0, float(self.edges[-1])], "labelalias": {}, "tickmode": "array", "tickvals": self.centres.tolist(),
            "ticktext": shown, "ticklabeloverflow": "allow", "tickangle": -90 if self.upright else 0,
            "tickfont": {"size": round(self.size, 1), "color": self.ink},
        }  # fmt: skip

    @property
    def top(self) -> float:
        """Pixels that the headings take."""
        if not self.upright:
            return self.size * 1.3 + 20
        return min(max(map(len, self.words)) * self.size * 0.58 + 16, STANDING + 30)


def word_at(words: Sequence[str], theme: Theme, width: float, x: float) -> int | None:
    """The word, counted from 0, in whose column a click was; None beside all."""
    edges = Columns(words, theme, width).edges
    return int(np.searchsorted(edges, x, side="right")) - 1 if 0 <= x < edges[-1] else None
