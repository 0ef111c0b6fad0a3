"""The plane of an analogy: three words span it, the fourth corner lies in it exactly, and real words lie off it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.embedding.vectors import Vectors

FLAT = 1e-9
"""Shorter than this, a side gives no direction."""


@dataclass(frozen=True, eq=False)
class Parallelogram:
    """a, b, c and the corner c + b - a, all from vectors of length 1, in their own plane; a is the origin.

    The first axis points from a to b, and c lies below it: read line by line, a is to b as c is to the corner. Distances
    in the plane are true ones. A word x at `places` with height h is
    sqrt(p^2 + h^2) from the corner, p being its distance from it in the plane; of words of length 1 the nearest to the
    corner is also the one with the largest cosine with it, so that order is that of 3CosAdd.

    Attributes
    ----------
    corners : numpy.ndarray, (4, 2) float64
        a, b, c and the fourth corner.
    words : tuple of str, (n,)
    places : numpy.ndarray, (n, 2) float64
        Words, projected into the plane.
    heights : numpy.ndarray, (n,) float64
        How far each lies from the plane, at least 0.
    """

    corners: np.ndarray
    words: tuple[str, ...]
    places: np.ndarray
    heights: np.ndarray

    @property
    def target(self) -> np.ndarray:
        """The fourth corner, (2,)."""
        return self.corners[3]

    @property
    def apart(self) -> np.ndarray:
        """Distance of each word from the fourth corner within the plane, (n,)."""
        return np.linalg.norm(self.places - self.target, axis=1)

    @property
    def distances(self) -> np.ndarray:
        """Distance of each word from the fourth corner in the whole space, (n,)."""
        return np.hypot(self.apart, self.heights)

    @property
    def sides(self) -> tuple[float, float]:
        """Lengths of b - a and of c - a: how far the corner is from c and from b."""
        return float(np.linalg.norm(self.corners[1])), float(np.linalg.norm(self.corners[2]))


def parallelogram(vectors: Vectors, a: str, b: str, c: str, rows: Sequence[int] | np.ndarray) -> Parallelogram:
    """The plane of three words, and the words of some rows in it.

    Raises
    ------
    UnknownWord
        For the first of the three without a vector.
    """
    start, second, third = _unit(vectors, vectors.numbers((a, b, c)))
    axes = _axes(second - start, start - third)
    candidates = _unit(vectors, np.asarray(rows, dtype=np.int64)) - start
    corners = np.stack([np.zeros_like(start), second - start, third - start, second + third - 2 * start]) @ axes.T
    places = candidates @ axes.T
    heights = np.linalg.norm(candidates - places @ axes, axis=1)
    return Parallelogram(corners, tuple(vectors.words[row] for row in rows), places, heights)


def _axes(along: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Orthonormal axes of the plane of two vectors, (2, d): the first along the one, the second towards the other.

    Where they span no plane, what is missing is zero: then everything else stands at height.
    """
    axes = np.zeros((2, len(along)))
    for side in (along, other):
        rest = side - axes.T @ (axes @ side)
        length = np.linalg.norm(rest)
        if length > FLAT:
            axes[int(axes[0].any())] = rest / length
    return axes


def _unit(vectors: Vectors, rows: np.ndarray) -> np.ndarray:
    """Vectors of length 1, (n, d) float64; zero ones stay zero."""
    found = vectors.matrix[rows].astype(np.float64)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return found / np.where(lengths > 0, lengths, 1.0)
