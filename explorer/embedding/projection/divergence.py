"""How far a map is from what it stands for: the quantity that t-SNE makes small, computed exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

PAIRS = 2_000_000
"""Pairs of words that are held at once."""


def exact_divergence(affinities: csr_matrix, map: np.ndarray) -> float:
    """Kullback-Leibler divergence of a map from affinities, over all pairs, nothing approximated.

    Equation 2 of van der Maaten and Hinton (2008): the sum of p log(p / q), in nats, where q is the share of a pair's
    1 / (1 + distance squared) in that of all pairs.

    Parameters
    ----------
    affinities : scipy.sparse.csr_matrix, (n, n)
        Sums to 1.
    map : numpy.ndarray, (n, 2)
    """
    points, pairs = np.asarray(map, dtype=np.float64), affinities.tocoo()
    kept = pairs.data > 0
    one, other, p = pairs.row[kept], pairs.col[kept], pairs.data[kept]
    apart = points[one] - points[other]
    closeness = np.log1p(np.einsum("id,id->i", apart, apart))
    return float(p @ np.log(p) + p @ closeness + p.sum() * np.log(_total_closeness(points)))


def _total_closeness(points: np.ndarray) -> float:
    """Sum of 1 / (1 + distance squared) over all ordered pairs of different words."""
    total, block = -float(len(points)), max(1, PAIRS // len(points))
    for at in range(0, len(points), block):
        apart = points[at : at + block, None, :] - points[None, :, :]
        total += float((1 / (1 + np.einsum("ijd,ijd->ij", apart, apart))).sum())
    return total
