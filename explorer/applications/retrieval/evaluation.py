"""How often a method finds what is right: recall among the first k, and how high the first right paragraph stands."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from explorer.sequence.interval import NINETY_FIVE, wilson


class Share(NamedTuple):
    """A number between 0 and 1 and its 95 % interval."""

    value: float
    low: float
    high: float


def recall_at(ranks: np.ndarray, k: int) -> Share:
    """Share of the questions with a right paragraph among the first k, with Wilson's interval.

    Parameters
    ----------
    ranks : numpy.ndarray
        (Q,): rank from 1 of the first right paragraph of each question; 0 where none was found.

    Notes
    -----
    One right paragraph answers a question, so recall is counted by questions ("success at k"), not by paragraphs.
    """
    if not len(ranks):
        return Share(np.nan, 0.0, 1.0)
    value = float(((ranks >= 1) & (ranks <= k)).mean())
    return Share(value, *wilson(value, len(ranks)))


def mean_reciprocal_rank(ranks: np.ndarray) -> Share:
    """Mean over the questions of 1 / rank of the first right paragraph, 0 where there is none (Voorhees 1999).

    The interval is that of a mean, by the spread of the questions' values: with fewer than two of them everything from 0 to 1.
    """
    if not len(ranks):
        return Share(np.nan, 0.0, 1.0)
    each = np.where(ranks > 0, 1.0 / np.maximum(ranks, 1), 0.0)
    value = float(each.mean())
    if len(each) < 2:
        return Share(value, 0.0, 1.0)
    half = NINETY_FIVE * float(each.std(ddof=1)) / np.sqrt(len(each))
    return Share(value, max(value - half, 0.0), min(value + half, 1.0))


def better(one: np.ndarray, other: np.ndarray) -> tuple[int, int]:
    """On how many questions the first method's rank is higher up, and on how many the second's; ranks as in `recall_at`."""
    infinite = np.iinfo(np.int64).max
    first, second = (np.where(ranks > 0, ranks, infinite) for ranks in (one, other))
    return int((first < second).sum()), int((second < first).sum())
