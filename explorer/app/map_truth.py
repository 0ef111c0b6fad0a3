"""What the map kept of the true neighbourhoods, word by word and in all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from explorer.embedding import Vectors
from explorer.embedding.neighbours import Measure
from explorer.embedding.projection.distortion import map_neighbours, overlap, true_neighbours, trustworthiness

NEIGHBOURS = 10
SAMPLE = 250
"""Words whose neighbourhoods `trustworthiness` looks at: so many take a few hundredths of a second."""


@dataclass(frozen=True, eq=False)
class Truth:
    """How far a map can be believed.

    Attributes
    ----------
    kept : numpy.ndarray, (n,) float32
        Share of each word's true neighbours that are near on the map.
    neighbours : int
        True neighbours of each word that were looked for.
    trust : float
        Trustworthiness of a sample of the words; NaN where there are too few, or the map still moves.
    sample : int
        Words in that sample.
    """

    kept: np.ndarray
    neighbours: int
    trust: float
    sample: int

    @property
    def mean(self) -> float:
        """True neighbours that are near, of each word on average."""
        return float(self.kept.mean()) * self.neighbours if len(self.kept) else float("nan")

    @property
    def chance(self) -> float:
        """The same of a map drawn at random."""
        return self.neighbours**2 / max(len(self.kept) - 1, 1)


@lru_cache(maxsize=6)
def true_rows(vectors: Vectors, measure: Measure) -> np.ndarray:
    """The true neighbours of each word; found once for all who look at the same words."""
    return true_neighbours(vectors, NEIGHBOURS, measure)


def truth_of(vectors: Vectors, places: np.ndarray, measure: Measure, settled: bool) -> Truth:
    """What a map kept; of one that still moves, without its trustworthiness."""
    true = true_rows(vectors, measure)
    k = true.shape[1]
    sample = min(SAMPLE, len(vectors))
    trust = float("nan")
    if settled and 0 < k < len(vectors) / 2:
        matrix = vectors.unit if measure == "cosine" else vectors.matrix
        trust = trustworthiness(matrix, places, k, sample)
    return Truth(overlap(true, places, k), k, trust, sample)


def kept_and_torn(vectors: Vectors, places: np.ndarray, measure: Measure, row: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows of a word's true neighbours that are near on the map, and of those that are not, the truly nearest first."""
    true = true_rows(vectors, measure)[row]
    near = np.isin(true, map_neighbours(places, len(true), np.array([row]))[0])
    return true[near], true[~near]
