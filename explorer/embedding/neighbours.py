"""Nearest neighbours by exact search: blocked matrix products, no index, nothing approximated."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

import numpy as np

from explorer.embedding.vectors import Vectors

Measure = Literal["cosine", "euclidean"]
BLOCK = 64
"""Queries that are compared with all words in one matrix product: 64 x 400,000 float32 are 100 MB."""


class Neighbours(NamedTuple):
    """The nearest words of several queries, the nearest first.

    Attributes
    ----------
    rows : numpy.ndarray, (q, n) int64
        Rows of the words.
    values : numpy.ndarray, (q, n) float32
        Cosine, or Euclidean distance.
    """

    rows: np.ndarray
    values: np.ndarray


def nearest(
    vectors: Vectors,
    queries: np.ndarray,
    n: int = 10,
    measure: Measure = "cosine",
    exclude: Iterable[Iterable[int]] = (),
    among: int | None = None,
) -> Neighbours:
    """The `n` words nearest to each query.

    Parameters
    ----------
    vectors : Vectors
    queries : numpy.ndarray, (q, d) or (d,)
        A zero query has cosine 0 with every word.
    n : int
        At most the number of words.
    measure : {"cosine", "euclidean"}
    exclude : iterable of iterable of int, optional
        For each query the rows that are not answers (the words of the question).
    among : int, optional
        Only the first (most frequent) so many words are answers.

    Returns
    -------
    Neighbours
        Of equally near words the earlier comes first. Excluded words never appear; where too few words are left, their
        row is -1 and their value NaN.
    """
    queries = np.atleast_2d(np.asarray(queries, dtype=np.float32))
    among = len(vectors) if among is None else min(among, len(vectors))
    n = max(0, min(n, among))
    excluded = [list(rows) for rows in exclude] or [[] for _ in queries]
    if len(excluded) != len(queries):
        raise ValueError(f"{len(queries)} queries need as many lists of excluded rows, not {len(excluded)}.")
    found = [
        _block(vectors, queries[at : at + BLOCK], n, measure, excluded[at : at + BLOCK], among)
        for at in range(0, len(queries), BLOCK)
    ]
    rows, values = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return Neighbours(rows, values)


def neighbours_of(vectors: Vectors, words: Iterable[str], n: int = 10, measure: Measure = "cosine") -> Neighbours:
    """The words nearest to each of some words, without itself; raises `UnknownWord`."""
    rows = vectors.numbers(words)
    return nearest(vectors, vectors.matrix[rows], n, measure, [[row] for row in rows])


def _block(
    vectors: Vectors, queries: np.ndarray, n: int, measure: Measure, excluded: list[list[int]], among: int
) -> Neighbours:
    score = _cosines(vectors, queries, among) if measure == "cosine" else -_squared_distances(vectors, queries, among)
    for i, rows in enumerate(excluded):
        score[i, [row for row in rows if row < among]] = -np.inf
    rows = _top(score, n)
    values = np.take_along_axis(score, rows, axis=1)
    missing = np.isneginf(values)
    if measure == "euclidean":
        values = np.sqrt(np.maximum(-values, 0))
    return Neighbours(np.where(missing, -1, rows), np.where(missing, np.float32(np.nan), values))


def _cosines(vectors: Vectors, queries: np.ndarray, among: int) -> np.ndarray:
    """(q, among), a new array."""
    lengths = np.maximum(np.linalg.norm(queries, axis=1, keepdims=True), np.finfo(np.float32).tiny)
    score = (queries / lengths) @ vectors.matrix[:among].T
    score /= np.maximum(vectors.lengths[:among], np.finfo(np.float32).tiny)
    return score


def _squared_distances(vectors: Vectors, queries: np.ndarray, among: int) -> np.ndarray:
    """(q, among), a new array; differences, not the binomial formula, which loses all digits of small distances."""
    out = np.empty((len(queries), among), dtype=np.float32)
    for i, query in enumerate(queries):
        difference = vectors.matrix[:among] - query
        np.einsum("ij,ij->i", difference, difference, out=out[i])
    return out


def _top(score: np.ndarray, n: int) -> np.ndarray:
    """Columns of the n largest of each row, in order; of equal ones the first column first."""
    if n == 0:
        return np.empty((len(score), 0), dtype=np.int64)
    if n >= score.shape[1]:
        return np.argsort(-score, axis=1, kind="stable")
    # What is large enough is sorted by value, then by column: argpartition alone would not put ties in order.
    out = np.empty((len(score), n), dtype=np.int64)
    for i, (row, least) in enumerate(zip(score, _least(score, n), strict=True)):
        candidates = np.flatnonzero(row >= least)
        out[i] = candidates[np.argsort(-row[candidates], kind="stable")[:n]]
    return out


def _least(score: np.ndarray, n: int) -> np.ndarray:
    """At most the n-th largest of each row, and not far below it: the n-th largest of the maxima of stretches.

    A third of the time of partitioning whole rows.
    """
    width = max(score.shape[1] // (16 * n), 1)
    stretches = score.shape[1] // width
    best = score[:, : stretches * width].reshape(len(score), stretches, width).max(axis=2)
    return np.partition(best, stretches - n, axis=1)[:, stretches - n]
