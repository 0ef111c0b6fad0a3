"""Two arrangements of the same words laid on one another, so that only what really moved appears to move."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np


class Alignment(NamedTuple):
    """What `align` found.

    Attributes
    ----------
    aligned : numpy.ndarray, (n, d) float64
        The moving points, where they come to lie.
    rotation : numpy.ndarray, (d, d) float64
        Orthogonal; points are multiplied by it from the right.
    """

    aligned: np.ndarray
    rotation: np.ndarray


class Moved(NamedTuple):
    """A word, its row, and how far apart its two places are."""

    word: str
    row: int
    distance: float


def align(
    moving: np.ndarray, fixed: np.ndarray, centre: bool = True, reflect: bool = True, scale: bool = False
) -> Alignment:
    """Turn points so that they lie as near as possible to others (orthogonal Procrustes, Schönemann 1966).

    Parameters
    ----------
    moving, fixed : numpy.ndarray, (n, d)
        Row i of both is the same word. Rows in which either is not finite have no say; they are turned with the others.
    centre : bool
        Shift as well as turn: right for maps. For whole vectors, whose origin means something, pass False.
    reflect : bool
        Whether the picture may also be mirrored.
    scale : bool
        Whether all may also be stretched by one factor.

    Returns
    -------
    Alignment
        The rotation is that of ``scipy.linalg.orthogonal_procrustes`` on the (centred) points.

    Raises
    ------
    ValueError
        When the shapes differ.
    """
    moving, fixed = np.asarray(moving, dtype=np.float64), np.asarray(fixed, dtype=np.float64)
    if moving.shape != fixed.shape or moving.ndim != 2:
        raise ValueError(f"Only equally many points can be aligned, not shapes {moving.shape} and {fixed.shape}.")
    known = np.isfinite(moving).all(axis=1) & np.isfinite(fixed).all(axis=1)
    start, goal = (_middle(points[known], centre) for points in (moving, fixed))
    here, there = moving[known] - start, fixed[known] - goal
    rotation, strength = _rotation(here.T @ there, reflect)
    size = float((here**2).sum())
    factor = strength / size if scale and size > 0 else 1.0
    return Alignment(factor * (moving - start) @ rotation + goal, rotation)


def most_moved(one: np.ndarray, other: np.ndarray, words: Sequence[str], n: int = 10) -> list[Moved]:
    """The `n` words whose places, (n, d), in two aligned arrangements are farthest apart, the farthest first."""
    distances = np.linalg.norm(np.asarray(one, dtype=np.float64) - np.asarray(other, dtype=np.float64), axis=1)
    distances = np.where(np.isfinite(distances), distances, -1.0)
    order = np.argsort(-distances, kind="stable")[:n]
    return [Moved(words[row], int(row), float(distances[row])) for row in order if distances[row] >= 0]


def _middle(points: np.ndarray, centre: bool) -> np.ndarray:
    return points.mean(axis=0) if centre and len(points) else np.zeros(points.shape[1])


def _rotation(products: np.ndarray, reflect: bool) -> tuple[np.ndarray, float]:
    """The orthogonal matrix with the largest trace of its product with `products`, (d, d), and that trace."""
    left, strengths, right = np.linalg.svd(products)
    if not reflect and np.linalg.det(left @ right) < 0:
        left[:, -1] *= -1
        strengths[-1] *= -1
    return left @ right, float(strengths.sum())
