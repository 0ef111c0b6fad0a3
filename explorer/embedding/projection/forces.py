"""What pulls words together and pushes them apart on a t-SNE map, by openTSNE's kernels, in pieces where it takes long."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from openTSNE import _tsne
from openTSNE.quad_tree import QuadTree
from openTSNE.tsne import EPSILON, kl_divergence_bh, kl_divergence_fft

from explorer.embedding.projection.neighbourhoods import Slices

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

TREE_UP_TO = 4_000
"""Words whose repulsion is computed in one go, from a tree of the map (Barnes-Hut: van der Maaten 2014)."""
GRID_UP_TO = 80.0
"""Width of a map up to which more words are faster on a grid (FIt-SNE: Linderman et al. 2019), one unit to a cell."""
PIECE = 4_000
"""Words whose repulsion is computed between two pauses."""
TREE = {"theta": 0.5}
GRID = {"n_interpolation_points": 3, "min_num_intervals": 50, "ints_in_interval": 1}
"""openTSNE's defaults."""


class Force(NamedTuple):
    """What acts on a map.

    Attributes
    ----------
    divergence : float
        Kullback-Leibler divergence from the affinities as the approximation estimates it; NaN when not asked for.
    gradient : numpy.ndarray, (n, 2) float64
        Attraction less repulsion: a quarter of the derivative of the divergence.
    """

    divergence: float
    gradient: np.ndarray


def force_slices(points: np.ndarray, affinities: csr_matrix, measure: bool = True) -> Slices[Force]:
    """The force on a map, (n, 2) float64: yields None on the way, and returns a `Force`.

    Few words always take the tree. Of many, the grid is several times as fast while the map is small; it grows with the
    map's area, and a coarser one would be wrong.
    """
    yield from ()
    if len(points) <= TREE_UP_TO:
        return _named(measure, *kl_divergence_bh(points, affinities, 1, TREE, should_eval_error=measure))
    if np.ptp(points, axis=0).max() <= GRID_UP_TO:
        return _named(measure, *kl_divergence_fft(points, affinities, 1, GRID, should_eval_error=measure))
    return (yield from _by_tree(points, affinities, measure))


def _by_tree(points: np.ndarray, affinities: csr_matrix, measure: bool) -> Slices[Force]:
    tree, gradient, total = QuadTree(points), np.zeros_like(points), 0.0
    for at in range(0, len(points), PIECE):
        part = slice(at, at + PIECE)
        share = _tsne.estimate_negative_gradient_bh(tree, points[part], gradient[part], dof=1, **TREE)
        gradient[part] *= share + EPSILON  # the kernel divides by what it has seen; the divisor is that of all words
        total += share
        yield None
    gradient /= total + EPSILON
    attraction, found = _tsne.estimate_positive_gradient_nn(
        affinities.indices, affinities.indptr, affinities.data, points, points, gradient, 1, should_eval_error=measure
    )
    return _named(measure, found + attraction * np.log(total + EPSILON), gradient)


def _named(measure: bool, divergence: float, gradient: np.ndarray) -> Force:
    return Force(float(divergence) if measure else float("nan"), gradient)
