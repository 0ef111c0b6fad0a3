"""How far a map of words can be trusted, and where a word went on it."""

from __future__ import annotations

import numpy as np

from explorer.figures.moving_map import Scene
from explorer.figures.naming import quoted

NEAREST = 5
TINY = 1e-9


def shared_nearest(vectors: np.ndarray, places: np.ndarray, k: int = NEAREST) -> np.ndarray:
    """How many of each word's k nearest by cosine are also among its k nearest on the map, (n,) int.

    Parameters
    ----------
    vectors : numpy.ndarray, (n, d)
        Of length 1.
    places : numpy.ndarray, (n, 2)
    """
    n = len(vectors)
    if n < 2:
        return np.zeros(n, dtype=int)
    k = min(k, n - 1)
    square = (places**2).sum(axis=1)
    apart = square[:, None] + square - 2 * places @ places.T
    by_cosine, by_place = (_nearest(score, k) for score in (vectors @ vectors.T, -apart))
    return (by_cosine[:, :, None] == by_place[:, None, :]).sum(axis=(1, 2))


def _nearest(score: np.ndarray, k: int) -> np.ndarray:
    score = np.array(score)
    np.fill_diagonal(score, -np.inf)
    return np.argpartition(-score, k - 1, axis=1)[:, :k]


def map_notice(scene: Scene, vectors: np.ndarray) -> str:
    """How many of a word's nearest the map keeps near, by chance and in fact."""
    n = len(scene.words)
    if n <= NEAREST + 1:
        return ""
    if np.ptp(scene.places, axis=0).max() < TINY:
        return "All words stand at one place: these vectors begin at zero, and nothing is learned yet."
    shared, chance = shared_nearest(vectors, scene.places), NEAREST * NEAREST / (n - 1)
    own = "" if scene.followed is None else f", for {quoted(scene.words[scene.followed])} {int(shared[scene.followed])}"
    lines = "" if scene.followed is None else "; thin lines lead to the true nearest"
    return (
        f"A plane cannot keep it all: of a word's {NEAREST} nearest, {shared.mean():.1f} are among its {NEAREST} "
        f"nearest on the map "
        f"(by chance {chance:.1f}){own}. Read the map for regions{lines}. Click a word to follow it."
    )


def way_notice(scene: Scene) -> str:
    """How far the followed word came, and how much of its way was to and fro."""
    path = np.asarray(scene.path, dtype=float).reshape(-1, 2)
    if scene.followed is None or len(path) < 6:
        return ""
    way = float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())
    straight = float(np.linalg.norm(path[-1] - path[0]))
    if way < 1e-9:
        return ""
    return f"{quoted(scene.words[scene.followed])} came {100 * straight / way:.0f} % of its way straight on; the rest was to and fro."
