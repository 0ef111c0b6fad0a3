"""How often words occur, by their rank: Zipf's law, measured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

PER_DECADE = 20
"""Ranks that enter the fit from each power of ten, so that the many rare words do not outvote the frequent ones."""
LEAST_WORDS = 10


@dataclass(frozen=True, eq=False)
class RankFrequency:
    """Counts by rank, and the straight line through them on logarithmic axes.

    Attributes
    ----------
    counts : numpy.ndarray, (V,) int64
        Of the most frequent word first.
    slope, intercept : float
        ``log10(count) = intercept + slope * log10(rank)``; NaN when there are fewer than ten words.
    once : int
        How many words occur once (hapax legomena).
    """

    counts: np.ndarray
    slope: float
    intercept: float
    once: int

    @property
    def ranks(self) -> np.ndarray:
        """1, 2, ... V."""
        return np.arange(1, len(self.counts) + 1)

    def line(self, ranks: np.ndarray) -> np.ndarray:
        """The counts that the line gives to ranks."""
        return 10 ** (self.intercept + self.slope * np.log10(ranks))

    def share(self, n: int) -> float:
        """Which part of the text the `n` most frequent words make up; NaN for an empty text."""
        total = self.counts.sum()
        return float(self.counts[:n].sum() / total) if total else float("nan")


def rank_frequency(counts: Iterable[int]) -> RankFrequency:
    """Measure how counts fall with rank.

    The line is fitted by least squares to the logarithms at ranks spread evenly over the logarithmic axis.

    References
    ----------
    Zipf: Human Behavior and the Principle of Least Effort, 1949. Piantadosi: Zipf's word frequency law in natural
    language, 2014, on what such a fit can and cannot say.
    """
    ranked = np.sort(np.fromiter(counts, dtype=np.int64))[::-1]
    slope = intercept = float("nan")
    if len(ranked) >= LEAST_WORDS:
        decades = np.log10(len(ranked))
        ranks = np.unique(np.rint(np.logspace(0, decades, int(PER_DECADE * decades) + 1)).astype(int))
        slope, intercept = map(float, np.polyfit(np.log10(ranks), np.log10(ranked[ranks - 1]), 1))
    return RankFrequency(ranked, slope, intercept, int((ranked == 1).sum()))
