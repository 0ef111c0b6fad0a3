"""The plane in which the words of a moment lie farthest apart, kept from turning between moments."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

TINY = 1e-24
LEAST_ROOM, ROOM, USED = 1.04, 1.15, 0.7
"""Range of an axis as a multiple of the farthest point, at least and when it is chosen anew; and the part of it that must be
used, or it is chosen anew."""


@dataclass(frozen=True, eq=False)
class WordPlane:
    """The first two principal directions of n vectors.

    Attributes
    ----------
    axes : (d, 2) array
        Orthonormal.
    points : (n, 2) array
        The vectors, centred on their mean, in the plane.
    explained : (2,) array
        Share of the vectors' variance along each direction.
    """

    axes: np.ndarray
    points: np.ndarray
    explained: np.ndarray

    def project(self, vectors: np.ndarray) -> np.ndarray:
        """Other vectors of the same words, (n, d), centred on their own mean, in this plane: (n, 2)."""
        return _centred(vectors) @ self.axes


def word_plane(vectors: np.ndarray, previous: np.ndarray | None = None) -> WordPlane:
    """The plane of the first two principal directions of (n, d) vectors.

    Directions of a plane are arbitrary: turned by the rotation or reflection that brings the points nearest to their
    previous places (orthogonal Procrustes, Schönemann 1966), the picture never spins.

    Parameters
    ----------
    vectors : numpy.ndarray, (n, d)
        What is not finite counts as zero.
    previous : numpy.ndarray, (n, 2), optional
        Where the words stood before; NaN for those that were not there.
    """
    centred = _centred(vectors)
    axes, strengths = _directions(centred)
    points = centred @ axes
    if previous is not None:
        turn = _turn(points, previous)
        axes, points = axes @ turn, points @ turn
        strengths = (points**2).sum(axis=0)
    total = float((centred**2).sum())
    return WordPlane(axes, points, strengths / total if total > TINY else np.zeros(2))


def unit_rows(vectors: np.ndarray) -> np.ndarray:
    """Vectors scaled to length 1; what is zero stays zero."""
    vectors = np.nan_to_num(np.asarray(vectors, dtype=np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    return vectors / np.where(lengths > 0, lengths, 1.0)[:, None]


def share_along(points: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """Share of the variance of (n, d) vectors that their (n, 2) places in a plane hold, along each of its directions."""
    total = float((_centred(vectors) ** 2).sum())
    return (points**2).sum(axis=0) / total if total > TINY else np.zeros(2)


def bounds(points: np.ndarray, before: tuple[float, float] = (0.0, 0.0)) -> tuple[float, float]:
    """Ends of both axes, beyond all of the (n, 2) points.

    With those of the moment before they change rarely: as soon as a point needs it, but only when much room is unused.
    """
    wide, high = (
        old if USED * old <= far * LEAST_ROOM <= old and old > 0 else ROOM * far or old or 1.0
        for far, old in zip(np.abs(points).max(axis=0, initial=0.0).tolist(), before, strict=True)
    )
    return wide, high


def _centred(vectors: np.ndarray) -> np.ndarray:
    vectors = np.nan_to_num(np.asarray(vectors, dtype=np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    return vectors - vectors.mean(axis=0) if len(vectors) else vectors


def _directions(centred: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The two leading eigenvectors of the scatter matrix, (d, 2), and their eigenvalues."""
    d = centred.shape[1]
    axes, strengths = np.zeros((d, 2)), np.zeros(2)
    values, directions = np.linalg.eigh(centred.T @ centred)
    found = min(2, d)
    axes[:, :found] = directions[:, ::-1][:, :found]
    strengths[:found] = np.maximum(values[::-1][:found], 0.0)
    return axes, strengths


def _turn(points: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The orthogonal (2, 2) matrix that turns the points onto the target as nearly as can be."""
    known = np.isfinite(target).all(axis=1)
    if not known.any():
        return np.eye(2)
    left, _, right = np.linalg.svd(points[known].T @ target[known])
    return left @ right
