"""New vectors in a finished map, which stays as it is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from explorer.embedding.projection.affinities import mapped_points
from explorer.embedding.projection.descent import Descent
from explorer.embedding.projection.neighbourhoods import Neighbourhoods, nearest_among
from explorer.embedding.vectors import Vectors

PERPLEXITY = 5
"""Few neighbours hold a new word: it has to find its place, not to make room. Three times as many attract it."""
ITERATIONS, LEARNING_RATE, EXAGGERATION, STEEPEST = 250, 0.1, 1.5, 0.25
"""openTSNE's defaults for points that are added."""
PAIRS = 2_000_000
"""Pairs of a new and a mapped word that are held at once."""


def embed_new(map: np.ndarray, vectors: Vectors, matrix: np.ndarray, normalise: bool = True) -> np.ndarray:
    """Places for new vectors in a finished map (Poličar, Stražar and Zupan 2019).

    Each new word is drawn to its nearest in the map and pushed off by all others; new words do not see each other, and
    nothing that is in the map moves. As openTSNE's ``transform``, but exact, and the same every time.

    Parameters
    ----------
    map : numpy.ndarray, (n, 2)
    vectors : Vectors, n words
        What was mapped.
    matrix : numpy.ndarray, (m, d) or (d,)
        The new vectors, of the same dimensions.
    normalise : bool
        As in the experiment that made the map.

    Returns
    -------
    numpy.ndarray, (m, 2) float32

    Raises
    ------
    ValueError
        When the dimensions differ, or the map is not one of these vectors.
    """
    matrix, map = np.atleast_2d(np.asarray(matrix)), np.asarray(map, dtype=np.float64)
    if matrix.shape[1] != vectors.dimensions:
        raise ValueError(f"The map is of {vectors.dimensions} dimensions, and the new vectors have {matrix.shape[1]}.")
    if len(map) != len(vectors):
        raise ValueError(f"The map has {len(map):,} words, and {len(vectors):,} vectors are said to be on it.")
    if not len(matrix):
        return np.empty((0, 2), dtype=np.float32)
    points, new = mapped_points(vectors.matrix, normalise), mapped_points(matrix, normalise)
    near = nearest_among(points, new, min(3 * PERPLEXITY, len(points)))
    return np.concatenate([_placed(map, part) for part in _some_at_once(near, len(map))]).astype(np.float32)


def _some_at_once(near: Neighbourhoods, mapped: int) -> Iterator[Neighbourhoods]:
    size = max(1, PAIRS // mapped)
    for at in range(0, len(near.rows), size):
        yield Neighbourhoods(near.rows[at : at + size], near.distances[at : at + size])


def _placed(map: np.ndarray, near: Neighbourhoods) -> np.ndarray:
    places = np.median(map[near.rows], axis=1)
    share = EXAGGERATION * _attractions(near, len(map))
    descent = Descent(places.shape, longest=None)
    for _ in range(ITERATIONS):
        gradient = _gradient(places, map, near.rows, share)
        steep = STEEPEST / (np.linalg.norm(gradient, axis=1, keepdims=True) + 1e-6)
        descent.move(places, np.where(steep < 1, gradient * steep, gradient), LEARNING_RATE)
    return places


def _attractions(near: Neighbourhoods, mapped: int) -> np.ndarray:
    """How much each of its nearest attracts a new word, (m, k), each row summing to 1."""
    from openTSNE.affinity import joint_probabilities_nn

    perplexity = min(float(PERPLEXITY), near.rows.shape[1] / 3)
    shares = joint_probabilities_nn(
        near.rows,
        near.distances,
        [perplexity],
        symmetrize=False,
        normalization="point-wise",
        n_reference_samples=mapped,
    )
    return np.take_along_axis(shares.toarray(), near.rows, axis=1)


def _gradient(places: np.ndarray, map: np.ndarray, held: np.ndarray, share: np.ndarray) -> np.ndarray:
    """(m, 2): attraction by those in `held`, (m, k), less repulsion by all of the map; a quarter of the derivative."""
    away = places[:, None, :] - map[held]
    pull = share / (1 + np.einsum("mkd,mkd->mk", away, away))
    closeness = 1 / (1 + _squared_distances(places, map))
    total = closeness.sum(axis=1, keepdims=True)
    closeness *= closeness
    push = (places * closeness.sum(axis=1, keepdims=True) - closeness @ map) / total
    return np.einsum("mk,mkd->md", pull, away) - push


def _squared_distances(places: np.ndarray, map: np.ndarray) -> np.ndarray:
    """(m, n); by the binomial formula: a map spans hundreds of units, so float64 leaves twelve digits."""
    square = (places**2).sum(axis=1)[:, None] + (map**2).sum(axis=1) - 2 * places @ map.T
    return np.maximum(square, 0.0)
