"""The nearest others of every point, exactly."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import NamedTuple, TypeVar

import numpy as np

SPARE = 8
"""Candidates beyond those wanted, so that rounding in the search cannot cost one of them."""
PIECE = 2_500_000
"""Point-to-point comparisons between two pauses: some 40 ms."""
AT_ONCE = 256
"""Points whose differences to all their candidates are held at once."""

T = TypeVar("T")
Slices = Generator[None, None, T]
"""Work that yields None on the way and returns its result."""


class Neighbourhoods(NamedTuple):
    """The nearest others of n points, the nearest first; of equally near ones the earlier.

    Attributes
    ----------
    rows : numpy.ndarray, (n, k) int32
    distances : numpy.ndarray, (n, k) float64
        Euclidean.
    """

    rows: np.ndarray
    distances: np.ndarray


def nearest_others(points: np.ndarray, k: int) -> Neighbourhoods:
    """The `k` nearest others of each point; see `nearest_slices`. In one go, which takes a third of the time."""
    rows = np.arange(len(points))
    return _refined(points, rows, points, _search(points)(points, k + 1), k)


def nearest_slices(points: np.ndarray, k: int, rows: np.ndarray | None = None) -> Slices[Neighbourhoods]:
    """The `k` nearest others of each point, or of those in `rows`, in pieces of some 40 ms.

    Parameters
    ----------
    points : numpy.ndarray, (n, d)
    k : int
        At most n - 1.
    rows : numpy.ndarray, (m,) int, optional

    Returns
    -------
    Neighbourhoods
        Candidates come from scikit-learn's brute-force search; their distances are then computed from differences in float64.
    """
    rows = np.arange(len(points)) if rows is None else rows
    search = _search(points)
    yield None
    parts, block = [], max(1, PIECE // len(points))
    for at in range(0, len(rows), block):
        own = rows[at : at + block]
        parts.append(_refined(points, own, points[own], search(points[own], k + 1), k))
        yield None
    return _joined(parts)


def nearest_among(points: np.ndarray, queries: np.ndarray, k: int) -> Neighbourhoods:
    """The `k` points nearest to each query, (q, d); a point that equals a query is one of them."""
    nobody = np.full(len(queries), -1)
    return _refined(points, nobody, queries, _search(points)(queries, k), k)


def run_through(slices: Slices[T]) -> T:
    """The result of sliced work, without a pause."""
    while True:
        try:
            next(slices)
        except StopIteration as end:
            return end.value


def _search(points: np.ndarray) -> Callable[[np.ndarray, int], np.ndarray]:
    """Function from (q, d) queries and a number to rows of candidates, (q, that number and a few more)."""
    from sklearn.neighbors import NearestNeighbors

    found = NearestNeighbors(algorithm="brute").fit(points)
    return lambda queries, k: found.kneighbors(queries, min(k + SPARE, len(points)), return_distance=False)


def _refined(
    points: np.ndarray, own: np.ndarray, queries: np.ndarray, candidates: np.ndarray, k: int
) -> Neighbourhoods:
    """The nearest `k` of the candidates without the query's own row, sorted by distance, then by row."""
    parts = []
    for at in range(0, len(queries), AT_ONCE):
        some = slice(at, at + AT_ONCE)
        parts.append(_sorted(points, own[some], queries[some], np.sort(candidates[some], axis=1), k))
    return _joined(parts)


def _sorted(points: np.ndarray, own: np.ndarray, queries: np.ndarray, candidates: np.ndarray, k: int) -> Neighbourhoods:
    difference = points[candidates].astype(np.float64) - queries[:, None, :]
    square = np.einsum("qcd,qcd->qc", difference, difference)
    square[candidates == own[:, None]] = np.inf
    order = np.argsort(square, axis=1, kind="stable")[:, :k]
    rows = np.take_along_axis(candidates, order, axis=1).astype(np.int32)
    return Neighbourhoods(rows, np.sqrt(np.take_along_axis(square, order, axis=1)))


def _joined(parts: list[Neighbourhoods]) -> Neighbourhoods:
    return Neighbourhoods(*(np.concatenate(pieces) for pieces in zip(*parts, strict=True)))
