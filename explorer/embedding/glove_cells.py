"""The cells of a co-occurrence matrix as GloVe learns them, and how much each of them counts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from explorer.embedding.glove_kernels import CELL


class Sample(NamedTuple):
    """Some cells of the matrix.

    Attributes
    ----------
    rows, columns : numpy.ndarray, (m,) int32
    logs : numpy.ndarray, (m,) float32
        Natural logarithm of the counts.
    weights : numpy.ndarray, (m,) float32
        f(X), how much the cost cares.
    """

    rows: np.ndarray
    columns: np.ndarray
    logs: np.ndarray
    weights: np.ndarray


def weigh(x: np.ndarray, x_max: float, alpha: float) -> np.ndarray:
    """``f(X) = min((X / x_max)^alpha, 1)``, float64 of the shape of `x` (Pennington et al. 2014, equation 9)."""
    return np.minimum((np.asarray(x, dtype=np.float64) / x_max) ** alpha, 1)


def read_cells(counts: csr_matrix, x_max: float, alpha: float) -> np.ndarray:
    """The cells of a matrix that are not zero, row by row, (n,) `CELL`.

    Raises
    ------
    ValueError
        When the matrix is not square, holds numbers that are no counts, or has no cell.
    """
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
        raise ValueError(f"A co-occurrence matrix has as many rows as columns, not {counts.shape}.")
    coo = counts.tocoo()
    if not (np.isfinite(coo.data) & (coo.data >= 0)).all():
        raise ValueError("A co-occurrence matrix holds finite numbers, none negative.")
    taken = np.flatnonzero(coo.data)
    if not len(taken):
        raise ValueError("No two words stand near each other in this text: there is nothing to learn from.")
    cells = np.empty(len(taken), dtype=CELL)
    cells["row"], cells["column"] = coo.row[taken], coo.col[taken]
    cells["log"], cells["weight"] = np.log(coo.data[taken]), weigh(coo.data[taken], x_max, alpha)
    return cells
