"""Groups of words that lie close together, and the words that are most typical of each."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

STARTS = 4
"""Times that k-means begins anew; the tightest result counts."""


@dataclass(frozen=True, eq=False)
class Clusters:
    """Words in groups, the largest group first.

    Attributes
    ----------
    labels : numpy.ndarray, (n,) int32
        The group of each word, 0 for the largest.
    centres : numpy.ndarray, (k, d) float64
        Mean of each group.
    sizes : numpy.ndarray, (k,) int64
    distances : numpy.ndarray, (n,) float64
        From each word to the centre of its group.
    """

    labels: np.ndarray
    centres: np.ndarray
    sizes: np.ndarray
    distances: np.ndarray

    def typical(self, words: Sequence[str], n: int = 5) -> list[tuple[str, ...]]:
        """For each group the `n` words nearest to its centre, the nearest first; `words` names the rows."""
        order = np.lexsort((self.distances, self.labels))
        starts = np.concatenate([[0], np.cumsum(self.sizes)])
        groups = (order[at : min(at + n, end)] for at, end in zip(starts[:-1], starts[1:], strict=True))
        return [tuple(words[row] for row in rows) for rows in groups]


def cluster(matrix: np.ndarray, k: int, seed: int = 0) -> Clusters:
    """Put words into `k` groups by k-means (Lloyd 1982, begun as by Arthur and Vassilvitskii 2007).

    Parameters
    ----------
    matrix : numpy.ndarray, (n, d)
        Scale rows to length 1 first where only directions count.
    k : int
        1 to n. There are fewer groups when fewer words are different.
    seed : int
        Picks the starts; same seed, same groups.

    Raises
    ------
    ValueError
        When `k` is less than 1 or more than n.
    """
    if not 1 <= k <= len(matrix):
        raise ValueError(f"{len(matrix):,} words can be put into 1 to {len(matrix):,} groups, not into {k:,}.")
    points = np.asarray(matrix, dtype=np.float64)
    labels = _by_size(_k_means(points, k, seed))
    sizes = np.bincount(labels)
    centres = np.stack([points[labels == label].mean(axis=0) for label in range(len(sizes))])
    return Clusters(labels, centres, sizes, np.linalg.norm(points - centres[labels], axis=1))


def _k_means(points: np.ndarray, k: int, seed: int) -> np.ndarray:
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning
    from threadpoolctl import threadpool_limits

    # Several threads add up in the order in which they happen to finish.
    with threadpool_limits(1, user_api="openmp"), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return KMeans(k, n_init=STARTS, random_state=seed).fit(points).labels_


def _by_size(labels: np.ndarray) -> np.ndarray:
    """The same groups, numbered by size; of equally large ones that of the earlier word comes first."""
    _, first, labels, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order))
    return rank[labels]
