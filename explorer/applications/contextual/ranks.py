"""Do two lists put things in the same order?"""

from __future__ import annotations

import numpy as np


def rank_agreement(one: np.ndarray, other: np.ndarray) -> float:
    """Spearman's rank correlation of two lists, where both are known; NaN for fewer than three, or for equal values."""
    known = np.isfinite(one) & np.isfinite(other)
    if known.sum() < 3:
        return float("nan")
    ranks = [_ranks(values[known]) for values in (one, other)]
    if any(rank.std() == 0 for rank in ranks):
        return float("nan")
    return float(np.corrcoef(*ranks)[0, 1])


def _ranks(values: np.ndarray) -> np.ndarray:
    """Ranks, the mean rank for equal values."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[inverse]
