"""How near two words are, by several measures, and whether that is near at all."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from explorer.embedding.vectors import Vectors

DRAWN = 20_000
"""Random pairs, and the number of most frequent words they are drawn from."""
TINY = np.finfo(np.float32).tiny


class Nearness(NamedTuple):
    """Two words compared.

    Attributes
    ----------
    cosine, angle, distance : float
        The cosine, the angle in degrees, and the Euclidean distance of the vectors as they are.
    rank, back : int
        Place of the second word among the neighbours of the first, and of the first among those of the second;
        0 for a word with itself.
    """

    cosine: float
    angle: float
    distance: float
    rank: int
    back: int


def compare(vectors: Vectors, one: str, other: str) -> Nearness:
    """Compare two words; raises `UnknownWord`. Takes two passes over all vectors."""
    rows = vectors.numbers((one, other))
    first, second = vectors.matrix[rows].astype(np.float64)
    lengths = np.linalg.norm(first) * np.linalg.norm(second)
    cosine = float(np.clip(first @ second / lengths, -1, 1)) if lengths > 0 else 0.0
    distance, angle = float(np.linalg.norm(first - second)), float(np.degrees(np.arccos(cosine)))
    return Nearness(cosine, angle, distance, _rank(vectors, rows[0], rows[1]), _rank(vectors, rows[1], rows[0]))


def random_cosines(vectors: Vectors, number: int = DRAWN, among: int = DRAWN, seed: int = 0) -> np.ndarray:
    """Cosines of random pairs of different words, ascending, (number,) float32; empty where there are no two words.

    Parameters
    ----------
    among : int
        Drawn from so many of the most frequent words.
    """
    words = min(len(vectors), among)
    if words < 2:
        return np.zeros(0, dtype=np.float32)
    generator = np.random.default_rng(seed)
    one = generator.integers(0, words, number)
    other = (one + generator.integers(1, words, number)) % words
    products = np.einsum("ij,ij->i", vectors.matrix[one], vectors.matrix[other])
    lengths = np.maximum(vectors.lengths[one] * vectors.lengths[other], TINY)
    return np.sort(products / lengths)


def nearer(value: float, cosines: np.ndarray) -> int:
    """How many of the (sorted) cosines are above a value."""
    return len(cosines) - int(np.searchsorted(cosines, value, side="right"))


def _rank(vectors: Vectors, row: int, other: int) -> int:
    """Place of a word among the neighbours of another, by cosine; of equal ones the earlier word comes first."""
    if row == other:
        return 0
    cosines = (vectors.matrix @ vectors.matrix[row]) / np.maximum(vectors.lengths, TINY)
    cosines[row] = -np.inf
    level = cosines[other]
    return 1 + int((cosines > level).sum()) + int((cosines[:other] == level).sum())
