"""Principal components, with centring, normalising and whitening as three switches that do not know each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

BLOCK = 8192
"""Rows that are turned into float64 at once; the matrix itself may be a memory map of any length."""
ROUNDING = 1e-13
"""Relative size of what only rounding leaves where there is nothing."""


class Ends(NamedTuple):
    """The words farthest out on an axis.

    Attributes
    ----------
    low, high : tuple of str
        At its negative and at its positive end, the farthest first.
    """

    low: tuple[str, ...]
    high: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Components:
    """The directions in which vectors differ most, and where the vectors lie along them.

    Attributes
    ----------
    coordinates : numpy.ndarray, (n, k) float32
    variance : numpy.ndarray, (k,) float64
        Share of the whole variance along each direction; about the origin instead of the mean when not centred.
        All zero when nothing varies.
    axes : numpy.ndarray, (k, d) float64
        Orthonormal; the largest loading of each is positive, so that equal data never give a mirrored map.
    mean : numpy.ndarray, (d,) float64
        What was subtracted: the mean of the (normalised) vectors, or zero when not centred.
    normalise : bool
        Whether vectors were scaled to length 1 first.
    scale : numpy.ndarray, (k,) float64
        What coordinates were divided by: their standard deviation when whitened (1 where there is none), else 1.
    """

    coordinates: np.ndarray
    variance: np.ndarray
    axes: np.ndarray
    mean: np.ndarray
    normalise: bool
    scale: np.ndarray

    def project(self, matrix: np.ndarray) -> np.ndarray:
        """Other vectors, (m, d), in the same coordinates: (m, k) float32."""
        matrix = np.atleast_2d(matrix)
        parts = ((block - self.mean) @ self.axes.T / self.scale for block in _blocks(matrix, self.normalise))
        return np.concatenate([np.empty((0, len(self.axes)), np.float32), *(part.astype(np.float32) for part in parts)])

    def ends(self, k: int, words: Sequence[str], n: int = 5) -> Ends:
        """The `n` words at each end of direction `k` (counted from 0); `words` names the rows."""
        order = np.argsort(self.coordinates[:, k], kind="stable")
        return Ends(tuple(words[i] for i in order[:n]), tuple(words[i] for i in order[::-1][:n]))


def principal_components(
    matrix: np.ndarray, n: int = 10, centre: bool = True, normalise: bool = False, whiten: bool = False
) -> Components:
    """The principal components of vectors (Pearson 1901; Hotelling 1933).

    In this order: rows are normalised, the mean is subtracted, directions are found, coordinates are whitened.

    Parameters
    ----------
    matrix : array_like, (n, d)
        Finite.
    n : int
        Components wanted; there are at most as many as rows or dimensions.
    centre : bool
        Subtract the mean of the rows. Without it the first direction mostly points at the mean, and shares are of the
        mean square about the origin, not of the variance.
    normalise : bool
        First scale each row to length 1, so that only directions count, as in cosines; a zero row stays zero.
    whiten : bool
        Last divide the coordinates along each direction by their standard deviation (by their root mean square when not
        centred; both with n - 1, as scikit-learn does), so that all directions look equally important.

    Returns
    -------
    Components
        Equal to scikit-learn's ``PCA`` up to sign when centred. The same matrix gives the same numbers.

    Raises
    ------
    ValueError
        For an array that is no (n, d) matrix, has no row, or holds NaN or infinity.
    """
    matrix = np.asarray(matrix)
    if matrix.ndim != 2 or 0 in matrix.shape:
        raise ValueError(
            f"Principal components need a matrix of at least one row, not an array of shape {matrix.shape}."
        )
    mean = sum(block.sum(axis=0) for block in _blocks(matrix, normalise)) / len(matrix)
    if not np.isfinite(mean).all():
        raise ValueError("Principal components need finite numbers; some vectors hold NaN or infinity.")
    mean = mean if centre else np.zeros_like(mean)
    strengths, axes, total = _directions(matrix, min(max(n, 1), *matrix.shape), mean, normalise)
    deviation = np.sqrt(strengths / max(len(matrix) - 1, 1))
    scale = np.where(deviation > 0, deviation, 1.0) if whiten else np.ones_like(deviation)
    shares = strengths / total if strengths[0] > 0 else strengths
    found = Components(np.empty(0), shares, _facing(axes), mean, normalise, scale)
    return replace(found, coordinates=found.project(matrix))


def _blocks(matrix: np.ndarray, normalise: bool) -> Iterator[np.ndarray]:
    """The rows as float64, a block at a time; never a view of the matrix that could be written to."""
    for at in range(0, len(matrix), BLOCK):
        block = np.array(matrix[at : at + BLOCK], dtype=np.float64)
        if normalise:
            lengths = np.sqrt(np.einsum("ij,ij->i", block, block))
            block /= np.where(lengths > 0, lengths, 1.0)[:, None]
        yield block


def _directions(matrix: np.ndarray, n: int, mean: np.ndarray, normalise: bool) -> tuple[np.ndarray, np.ndarray, float]:
    """Sum of squares along each direction (n,), the directions (n, d), and the sum of squares in all.

    From the smaller of the two matrices of products, d x d or n x n: both have the same non-zero eigenvalues.
    """
    rows, d = matrix.shape
    floor = rows * float(mean @ mean) * ROUNDING**2
    if d <= rows:
        products = sum((block - mean).T @ (block - mean) for block in _blocks(matrix, normalise))
        strengths, axes = _largest(products, n, floor)
        return strengths, axes.T, float(np.trace(products))
    centred = np.concatenate([block - mean for block in _blocks(matrix, normalise)])
    products = centred @ centred.T
    strengths, mixtures = _largest(products, n, floor)
    # A direction without variance is no mixture of rows: QR puts some direction at right angles to the others there.
    axes, _ = np.linalg.qr(centred.T @ (mixtures * (strengths > 0)))
    return strengths, axes.T, float(np.trace(products))


def _largest(products: np.ndarray, n: int, floor: float) -> tuple[np.ndarray, np.ndarray]:
    """The n largest eigenvalues, descending, and their eigenvectors as columns; what is only rounding becomes zero."""
    from scipy.linalg import eigh

    size = len(products)
    values, vectors = eigh(products, subset_by_index=[size - n, size - 1])
    values = np.where(values > max(floor, values[-1] * ROUNDING), values, 0.0)
    return values[::-1], vectors[:, ::-1]


def _facing(axes: np.ndarray) -> np.ndarray:
    """Each row with the sign that makes its largest entry positive."""
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1)
    return axes * np.where(largest < 0, -1.0, 1.0)
