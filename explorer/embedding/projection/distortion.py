"""What a map did to neighbourhoods: which true neighbours it keeps or tears away, which strangers it brings close.

A map in two dimensions cannot keep all neighbourhoods of many (van der Maaten and Hinton 2008); these numbers say how
far each word can be believed.
"""

from __future__ import annotations

import numpy as np

from explorer.embedding.neighbours import Measure
from explorer.embedding.projection.neighbourhoods import Slices, nearest_others, nearest_slices, run_through
from explorer.embedding.vectors import Vectors

SAMPLED_ABOVE = 5_000
"""Points up to which `trustworthiness` looks at all of them; beyond, a sample stands for them."""
SAMPLE = 2_000
"""Points in such a sample."""
PIECE = 1_500_000
"""Distances between two pauses: some 40 ms."""


def true_neighbours(vectors: Vectors, k: int = 10, measure: Measure = "cosine") -> np.ndarray:
    """The nearest words of each word, before any map.

    Parameters
    ----------
    vectors : Vectors, n words
        A zero vector has cosine 0 with every other.
    k : int
        At most n - 1.
    measure : {"cosine", "euclidean"}

    Returns
    -------
    numpy.ndarray, (n, k) int32
        Rows, the nearest first, without the word itself. For 20,000 words of 50 dimensions about two seconds.
    """
    points = _points(vectors, measure)
    return nearest_others(points, min(k, len(points) - 1)).rows


def true_neighbour_slices(vectors: Vectors, k: int = 10, measure: Measure = "cosine") -> Slices[np.ndarray]:
    """`true_neighbours` in pieces of at most about 50 ms: yields None on the way and returns the rows."""
    points = _points(vectors, measure)
    found = yield from nearest_slices(points, min(k, len(points) - 1))
    return found.rows


def map_neighbours(map: np.ndarray, k: int = 10, rows: np.ndarray | None = None) -> np.ndarray:
    """The nearest points of each point (or of those in `rows`) on a map.

    Parameters
    ----------
    map : numpy.ndarray, (n, 2) or (n, 3)
    k : int
        At most n - 1.
    rows : numpy.ndarray, (m,) int, optional

    Returns
    -------
    numpy.ndarray, (n, k) or (m, k) int32
        The nearest first, without the point itself.
    """
    from scipy.spatial import cKDTree

    points = np.asarray(map, dtype=np.float64)
    rows = np.arange(len(points)) if rows is None else np.asarray(rows)
    k = min(k, len(points) - 1)
    if k < 1:
        return np.empty((len(rows), 0), dtype=np.int32)
    _, found = cKDTree(points).query(points[rows], k + 1)
    # Where many points lie on one spot, a point need not be the first of its own list, nor in it at all.
    own = found == rows[:, None]
    own[~own.any(axis=1), -1] = True
    return found[~own].reshape(len(rows), k).astype(np.int32)


def overlap(true: np.ndarray, map: np.ndarray, k: int = 10) -> np.ndarray:
    """How many of its true neighbours each word still has around it on the map.

    Parameters
    ----------
    true : numpy.ndarray, (n, at least k) int
        Rows of the nearest words, the nearest first; see `true_neighbours`.
    map : numpy.ndarray, (n, 2) or (n, 3)
    k : int

    Returns
    -------
    numpy.ndarray, (n,) float32
        Share, 0 to 1, of the k true neighbours that are among the k nearest on the map. Of a map drawn at random it
        would be about k / (n - 1).
    """
    true = true[:, :k]
    if not true.shape[1]:
        return np.ones(len(true), dtype=np.float32)
    near = map_neighbours(map, true.shape[1])
    return _shared(true, near).mean(axis=1, dtype=np.float32)


def torn(true: np.ndarray, map: np.ndarray, i: int, k: int = 10) -> np.ndarray:
    """Rows of the true neighbours of word `i` that the map put somewhere else, the truly nearest first."""
    near = map_neighbours(map, k, np.array([i]))
    return true[i, :k][~_shared(true[[i], :k], near)[0]]


def strangers(true: np.ndarray, map: np.ndarray, i: int, k: int = 10) -> np.ndarray:
    """Rows of the words close to word `i` on the map that are none of its true neighbours, the closest first."""
    near = map_neighbours(map, k, np.array([i]))
    return near[0][~_shared(near, true[[i], :k])[0]]


def trustworthiness(
    matrix: np.ndarray, map: np.ndarray, k: int = 10, sample: int | None = None, seed: int = 0
) -> float:
    """Whether those who are close on the map were close before (Venna and Kaski 2001).

    Parameters
    ----------
    matrix : numpy.ndarray, (n, d)
        What was mapped; scale rows to length 1 first when the map is one of directions.
    map : numpy.ndarray, (n, 2) or (n, 3)
    k : int
        Neighbours looked at, fewer than n / 2.
    sample : int, optional
        Points whose neighbourhoods are looked at; 0 for all. By default all of up to `SAMPLED_ABOVE`, and `SAMPLE` of
        more: `sample_size` says how many.
    seed : int
        Picks the sample.

    Returns
    -------
    float
        At most 1, which no stranger has spoiled; about 0.5 for a map drawn at random. Without a sample equal to
        scikit-learn's ``trustworthiness``, but for ties.

    Raises
    ------
    ValueError
        When `k` is not below n / 2.
    """
    return run_through(trustworthiness_slices(matrix, map, k, sample, seed))


def continuity(matrix: np.ndarray, map: np.ndarray, k: int = 10, sample: int | None = None, seed: int = 0) -> float:
    """Whether those who were close before are close on the map: `trustworthiness` with the two exchanged."""
    return run_through(trustworthiness_slices(map, matrix, k, sample, seed))


def trustworthiness_slices(
    matrix: np.ndarray, map: np.ndarray, k: int = 10, sample: int | None = None, seed: int = 0
) -> Slices[float]:
    """`trustworthiness` in pieces of at most about 50 ms: yields None on the way and returns the number."""
    n = len(matrix)
    if not 0 < k < n / 2:
        raise ValueError(
            f"Trustworthiness looks at fewer than half of the points: k = {k} does not go with {n:,} points."
        )
    rows = _sampled(n, sample_size(n) if sample is None else sample, seed)
    if map.shape[1] > 3:  # the spaces exchanged: what is called the map here has many dimensions
        near = (yield from nearest_slices(np.asarray(map), k, rows)).rows
    else:
        near = map_neighbours(map, k, rows)
    yield None
    points = np.asarray(matrix, dtype=np.float64)
    points = points - points.mean(axis=0)
    excess, halves = 0, np.einsum("ij,ij->i", points, points) / 2
    block = max(1, PIECE // n)
    for at in range(0, len(rows), block):
        some = slice(at, at + block)
        # Half the squared distances, less what is the same for a whole row: enough to compare them.
        excess += _excess(halves - points[rows[some]] @ points.T, rows[some], near[some], k)
        yield None
    return 1.0 - excess * 2.0 / (len(rows) * k * (2.0 * n - 3.0 * k - 1.0))


def sample_size(n: int) -> int:
    """Points out of n that `trustworthiness` looks at when nothing else is said."""
    return n if n <= SAMPLED_ABOVE else SAMPLE


def _sampled(n: int, size: int, seed: int) -> np.ndarray:
    if size <= 0 or size >= n:
        return np.arange(n)
    return np.sort(np.random.default_rng(seed).choice(n, size, replace=False))


def _excess(distances: np.ndarray, rows: np.ndarray, near: np.ndarray, k: int) -> int:
    """By how many ranks beyond k the points near on the map were farther off before, summed up."""
    total = 0
    for distance, row, others in zip(distances, rows, near, strict=True):
        distance[row] = np.inf
        ranks = 1 + np.count_nonzero(distance < distance[others][:, None], axis=1)
        total += int(np.maximum(ranks - k, 0).sum())
    return total


def _shared(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Which entries of each row of `one`, (n, k), are also in the same row of `other`, (n, m): (n, k) bool."""
    return (one[:, :, None] == other[:, None, :]).any(axis=2)


def _points(vectors: Vectors, measure: Measure) -> np.ndarray:
    """Points whose Euclidean distances put words in the order of the measure.

    Cosines order as distances of vectors scaled to length 1; zero vectors get a direction of their own.
    """
    matrix = np.asarray(vectors.matrix)
    if measure == "euclidean":
        return matrix
    lengths = np.sqrt(np.einsum("ij,ij->i", matrix, matrix, dtype=np.float64))
    unit = (matrix / np.where(lengths > 0, lengths, 1.0)[:, None]).astype(np.float32)
    if lengths.all():
        return unit
    return np.hstack([unit, (lengths == 0).astype(np.float32)[:, None]])
