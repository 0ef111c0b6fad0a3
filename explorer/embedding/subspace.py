"""The main directions of a large sparse matrix by subspace iteration, in pieces that leave room for others.

Halko, Martinsson and Tropp 2011, "Finding structure with randomness", algorithm 4.4, with the Rayleigh-Ritz step after every
iteration, so that each iteration is a complete answer and can be drawn.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from explorer.embedding.slicing import Slices

OVERSAMPLING = 10
"""Directions followed beyond those asked for: with them the last ones asked for settle sooner."""
PRODUCTS = 8_000_000
"""Multiplications in one piece of a sparse product."""
DENSE_PRODUCTS = 60_000_000
"""Multiplications in one piece of a dense product."""
ROUNDING = 1e-12
"""Squared lengths below this share of the largest are rounding."""


class Ritz(NamedTuple):
    """The best approximation in a subspace.

    Attributes
    ----------
    left : numpy.ndarray, (V, k) float64
        Orthonormal columns, of the largest singular value first.
    values : numpy.ndarray, (k,) float64
        Singular values.
    """

    left: np.ndarray
    values: np.ndarray


class BlockedMatrix:
    """A sparse matrix and its transpose, in blocks of rows whose products take a few hundredths of a second.

    Parameters
    ----------
    matrix : scipy.sparse.csr_matrix, (V, C)
    columns : int
        Columns of the dense matrices that it will be multiplied with.
    """

    def __init__(self, matrix: csr_matrix, columns: int) -> None:
        self.shape: tuple[int, int] = matrix.shape
        self.square = float(matrix.data @ matrix.data)
        self._rows = _blocks(matrix, columns)
        self._columns = _blocks(matrix.T.tocsr(), columns)

    def times(self, dense: np.ndarray) -> Slices[np.ndarray]:
        """The matrix times (C, k), which is (V, k)."""
        return (yield from _product(self._rows, dense))

    def transposed_times(self, dense: np.ndarray) -> Slices[np.ndarray]:
        """The transposed matrix times (V, k), which is (C, k)."""
        return (yield from _product(self._columns, dense))


class SubspaceIteration:
    """The k largest singular values of a matrix and their left directions, better with every iteration.

    Signs are fixed: the cubes of a direction's components add up to a positive number, which as the directions settle
    picks the same one of the two every time, so that neither moments nor seeds are mirrored.

    Parameters
    ----------
    matrix : BlockedMatrix
    k : int
        At most the smaller side of the matrix.
    seed : int
        Picks the first subspace; the settled result does not depend on it.
    """

    def __init__(self, matrix: BlockedMatrix, k: int, seed: int) -> None:
        self.matrix, self.k = matrix, k
        self._seed = seed
        self._image: np.ndarray | None = None  # (C, k + more), the matrix's transpose times the subspace, rotated

    def begin(self) -> Slices[Ritz]:
        """The answer of a random subspace."""
        size = (self.matrix.shape[0], min(self.k + OVERSAMPLING, *self.matrix.shape))
        first = np.random.default_rng(self._seed).standard_normal(size)
        yield None
        return (yield from self._settle(first))

    def iterate(self) -> Slices[Ritz]:
        """One iteration: the subspace is multiplied by the matrix and its transpose."""
        product = yield from self.matrix.times(self._image)
        return (yield from self._settle(product))

    def _settle(self, spanning: np.ndarray) -> Slices[Ritz]:
        """The best answer within the space of some columns."""
        basis = yield from orthonormal(spanning)
        image = yield from self.matrix.transposed_times(basis)
        squares = yield from gram(image)
        yield None
        values, rotation = np.linalg.eigh(squares)
        values, rotation = values[::-1], rotation[:, ::-1]
        yield None
        self._image = yield from _dense(image, rotation)
        left = yield from _dense(basis, rotation[:, : self.k])
        yield None
        cubes = np.einsum("ij,ij,ij->j", left, left, left)  # a power of 3 takes forty times as long
        yield None
        left *= np.where(cubes < 0, -1.0, 1.0)
        return Ritz(left, np.sqrt(np.maximum(values[: self.k], 0.0)))


def orthonormal(columns: np.ndarray) -> Slices[np.ndarray]:
    """An orthonormal basis of the space of some columns, (V, k); columns that add nothing become zero.

    By the eigenvectors of the Gram matrix (Stathopoulos and Wu 2002), twice, for the first time leaves rounding.
    """
    for _ in range(2):
        scale = np.sqrt((columns**2).sum(axis=0))
        columns = columns / np.where(scale > 0, scale, 1.0)
        yield None
        values, vectors = np.linalg.eigh((yield from gram(columns)))
        kept = values > ROUNDING * max(values[-1], ROUNDING)
        inverse = np.where(kept, 1 / np.sqrt(np.where(kept, values, 1.0)), 0.0)
        yield None
        columns = yield from _dense(columns, (vectors * inverse)[:, ::-1])
    return columns


def gram(columns: np.ndarray) -> Slices[np.ndarray]:
    """All inner products of some columns, (k, k)."""
    total = np.zeros((columns.shape[1], columns.shape[1]))
    for some in _rows_at_once(len(columns), columns.shape[1] ** 2):
        total += columns[some].T @ columns[some]
        yield None
    return total


def _dense(one: np.ndarray, other: np.ndarray) -> Slices[np.ndarray]:
    out = np.empty((len(one), other.shape[1]))
    for some in _rows_at_once(len(one), other.size):
        np.matmul(one[some], other, out=out[some])
        yield None
    return out


def _rows_at_once(rows: int, products: int) -> list[slice]:
    block = max(1, DENSE_PRODUCTS // max(products, 1))
    return [slice(at, at + block) for at in range(0, rows, block)]


def _blocks(matrix: csr_matrix, columns: int) -> list[csr_matrix]:
    """The matrix as views of its rows, cut where about enough numbers have come together."""
    limit = max(1, PRODUCTS // columns)
    cuts = np.unique(np.searchsorted(matrix.indptr, np.arange(0, matrix.nnz + limit, limit)).clip(0, matrix.shape[0]))
    cuts = np.unique(np.concatenate([[0], cuts, [matrix.shape[0]]]))
    return [matrix[first:last] for first, last in zip(cuts[:-1], cuts[1:], strict=True)]


def _product(blocks: list[csr_matrix], dense: np.ndarray) -> Slices[np.ndarray]:
    out = np.empty((sum(block.shape[0] for block in blocks), dense.shape[1]))
    at = 0
    for block in blocks:
        out[at : at + block.shape[0]] = block @ dense
        at += block.shape[0]
        yield None
    return out
