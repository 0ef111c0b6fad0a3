"""Which sentences are in the middle: those that many others are like, above all others that are in the middle themselves."""

from __future__ import annotations

import numpy as np

DAMPING = 0.85
EXACT, MOST_STEPS = 1e-10, 2000


def graph(cosines: np.ndarray, threshold: float = 0.0) -> np.ndarray:
    """(n, n) weights of the links between sentences: no sentence is linked to itself.

    Parameters
    ----------
    cosines : (n, n) array
    threshold : float
        0: every positive cosine is a link of that weight (TextRank; "continuous" LexRank). Above 0: every cosine of more
        than this is a link of weight 1, and there are no others (LexRank).
    """
    links = (cosines > threshold).astype(float) if threshold > 0 else np.clip(cosines, 0.0, None).astype(float)
    np.fill_diagonal(links, 0.0)
    return links


def degree(links: np.ndarray) -> np.ndarray:
    """(n,) share of all links that each sentence has; even where there are none."""
    total = links.sum()
    return links.sum(axis=1) / total if total > 0 else np.full(len(links), 1 / len(links))


def eigenvector(links: np.ndarray, damping: float = DAMPING) -> np.ndarray:
    """(n,) share of its time that a random walk along the links spends at each sentence.

    With probability `damping` it follows a link, else it jumps anywhere: the leading eigenvector of that walk, as in
    PageRank (Brin and Page 1998), by the power method. LexRank: Erkan and Radev 2004; TextRank: Mihalcea and Tarau 2004.
    A sentence without links sends the walk anywhere.
    """
    n, sums = len(links), links.sum(axis=1, keepdims=True)
    walk = np.where(sums > 0, links / np.maximum(sums, 1e-300), 1 / n)
    share = np.full(n, 1 / n)
    for _ in range(MOST_STEPS):
        after = (1 - damping) / n + damping * share @ walk
        if np.abs(after - share).sum() < EXACT:
            return after / after.sum()
        share = after
    return share / share.sum()


def centrality(
    cosines: np.ndarray, method: str = "eigenvector", threshold: float = 0.0, damping: float = DAMPING
) -> np.ndarray:
    """(n,) scores of sentences by "eigenvector" or "degree"; they add up to 1. NaN where no two sentences are linked."""
    links = graph(cosines, threshold)
    if not links.any():
        return np.full(len(links), np.nan)
    return degree(links) if method == "degree" else eigenvector(links, damping)


def ranked(scores: np.ndarray) -> np.ndarray:
    """Sentences from the most to the least central; of equal ones the earlier first. Those without a score are left out."""
    order = np.lexsort((np.arange(len(scores)), -np.round(scores, 12)))
    return order[np.isfinite(scores[order])]
