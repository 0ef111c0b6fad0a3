"""Who is whose neighbour in the space that is mapped: the probabilities that t-SNE tries to keep."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from explorer.embedding.projection.neighbourhoods import Neighbourhoods, nearest_others
from explorer.embedding.vectors import Vectors

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


@dataclass(frozen=True, eq=False)
class Affinities:
    """Joint probabilities of pairs, and the neighbours they come from. Shared between maps: not to be written to.

    Attributes
    ----------
    matrix : scipy.sparse.csr_matrix, (n, n) float64
        Symmetric, sums to 1, zero diagonal.
    neighbours : numpy.ndarray, (n, 3 x perplexity) int32
        Rows of the nearest others, the nearest first.
    """

    matrix: csr_matrix
    neighbours: np.ndarray
    _exaggerated: dict[float, tuple[csr_matrix, csr_matrix]] = field(default_factory=dict, repr=False)

    @cached_property
    def divergence_from_even(self) -> float:
        """Kullback-Leibler divergence from a map on which all pairs are equally close, as when all words lie on one spot."""
        p, n = self.matrix.data[self.matrix.data > 0], self.matrix.shape[0]
        return float(p @ np.log(p) + p.sum() * np.log(n * (n - 1)))

    def phases(self, exaggeration: float) -> tuple[csr_matrix, csr_matrix]:
        """The matrix of the early iterations, times the exaggeration, and that of the late ones; kept for other maps.

        The late one is scaled back from the early one, as openTSNE does, so that maps are equal to its own to the bit.
        """
        if exaggeration not in self._exaggerated:
            early = self.matrix.data * exaggeration
            late = early * (1.0 / exaggeration)
            self._exaggerated[exaggeration] = _with(self.matrix, early), _with(self.matrix, late)
        return self._exaggerated[exaggeration]


@lru_cache(maxsize=2)
def find_affinities(given: Vectors, normalise: bool, perplexity: int) -> Affinities:
    """The affinities of word vectors; maps that differ only in how they begin share them.

    Parameters
    ----------
    given : Vectors
    normalise : bool
        Whether distances are between directions, which are those of `ProjectionExperiment.points`.
    perplexity : int
        The width of each word's Gaussian is such that its neighbours have this perplexity (two to the power of their
        entropy in bits). The 3 x perplexity nearest others count (van der Maaten 2014), found exactly.
    """
    near = nearest_others(mapped_points(given.matrix, normalise), min(3 * perplexity, len(given) - 1))
    return Affinities(joint_probabilities(near, perplexity), near.rows)


def mapped_points(matrix: np.ndarray, normalise: bool) -> np.ndarray:
    """What is mapped, (n, d) float64: the rows, scaled to length 1 when only directions count; a zero row stays zero."""
    points = np.array(matrix, dtype=np.float64)
    if normalise:
        lengths = np.linalg.norm(points, axis=1, keepdims=True)
        points /= np.where(lengths > 0, lengths, 1.0)
    return points


def joint_probabilities(near: Neighbourhoods, perplexity: float) -> csr_matrix:
    """p_ij = (p_j|i + p_i|j) / 2n, (n, n), each row's Gaussian as wide as the perplexity asks."""
    from openTSNE.affinity import joint_probabilities_nn

    matrix = joint_probabilities_nn(near.rows, near.distances, [float(perplexity)])
    matrix.sort_indices()
    return matrix


def _with(matrix: csr_matrix, data: np.ndarray) -> csr_matrix:
    """A matrix with other numbers in the same places, which it shares."""
    return type(matrix)((data, matrix.indices, matrix.indptr), shape=matrix.shape, copy=False)
