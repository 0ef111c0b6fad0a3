"""Groups of occurrences that nobody named: which lie together by their vectors alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def clusters(cosines: np.ndarray, count: int) -> np.ndarray:
    """Number of the group of each, from 0 in the order in which they first occur.

    Average linkage: the two groups whose members are on average most alike are joined, until `count` are left (UPGMA, Sokal
    and Michener 1958).

    Parameters
    ----------
    cosines : numpy.ndarray
        (n, n), symmetric.
    count : int
        Groups; no more than there are occurrences.
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    n = len(cosines)
    if n < 2:
        return np.zeros(n, dtype=int)
    apart = np.clip(1 - (cosines + cosines.T) / 2, 0, None)
    np.fill_diagonal(apart, 0)
    found = fcluster(linkage(squareform(apart, checks=False), "average"), min(count, n), "maxclust")
    order = {label: place for place, label in enumerate(dict.fromkeys(found.tolist()))}
    return np.array([order[label] for label in found.tolist()])


def agreement(groups: np.ndarray, senses: Sequence[str]) -> float:
    """Rand index of two ways to group, corrected for chance (Hubert and Arabie 1985): 1 for the same, about 0 for chance."""
    numbers = np.unique(np.asarray(senses), return_inverse=True)[1]
    table = np.zeros((groups.max() + 1, numbers.max() + 1))
    np.add.at(table, (groups, numbers), 1)
    together, rows, columns = (float((x * (x - 1) / 2).sum()) for x in (table, table.sum(axis=1), table.sum(axis=0)))
    pairs = len(groups) * (len(groups) - 1) / 2
    expected = rows * columns / pairs if pairs else 0.0
    most = (rows + columns) / 2
    return (together - expected) / (most - expected) if most > expected else 1.0
