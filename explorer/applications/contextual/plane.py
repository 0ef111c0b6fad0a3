"""A plane for the occurrences of a word, one for each layer, turned so that none spins against the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LEAST = 1e-9


@dataclass(frozen=True, eq=False)
class Planes:
    """n occurrences in the plane, layer by layer.

    Attributes
    ----------
    places : numpy.ndarray
        float64 (L + 1, n, 2): the two main directions of the vectors, each scaled to length 1 and then centred.
    shares : numpy.ndarray
        (L + 1,): how much of the squared distances the plane shows, from 0 to 1.
    """

    places: np.ndarray
    shares: np.ndarray


def planes(vectors: np.ndarray, centre: np.ndarray | None = None) -> Planes:
    """Principal components of each layer; from the last layer down each plane is turned and mirrored onto the one above.

    Parameters
    ----------
    vectors : numpy.ndarray
        (L + 1, n, d).
    centre : numpy.ndarray, optional
        (L + 1, d) or (L + 1, 1, d): taken away before they are scaled to length 1.
    """
    moved = np.asarray(vectors, dtype=float)
    if centre is not None:
        moved = moved - centre.reshape(len(moved), 1, -1)
    units = moved / np.maximum(np.linalg.norm(moved, axis=-1, keepdims=True), LEAST)
    found = [_plane(layer) for layer in units]
    places = [one for one, _ in found]
    for layer in range(len(places) - 2, -1, -1):
        places[layer] = _turned(places[layer], places[layer + 1])
    return Planes(np.stack(places), np.array([share for _, share in found]))


def _plane(units: np.ndarray) -> tuple[np.ndarray, float]:
    centred = units - units.mean(axis=0)
    left, sizes, _ = np.linalg.svd(centred, full_matrices=False)
    left, sizes = left[:, :2] * sizes[:2], sizes**2
    # A sign of its own would be chance: the farthest occurrence lies on the positive side.
    farthest = np.abs(left).argmax(axis=0)
    left = left * np.where(left[farthest, range(left.shape[1])] < 0, -1.0, 1.0)
    if left.shape[1] < 2:
        left = np.pad(left, ((0, 0), (0, 2 - left.shape[1])))
    total = float(sizes.sum())
    return left, float(sizes[:2].sum() / total) if total > LEAST else 1.0


def _turned(places: np.ndarray, onto: np.ndarray) -> np.ndarray:
    """The places turned and mirrored, not stretched, so that they lie as near to others as they can (Schönemann 1966)."""
    left, _, right = np.linalg.svd(places.T @ onto)
    return places @ (left @ right)
