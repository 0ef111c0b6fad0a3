"""Where names stand beside the points of a map, and which of them, so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.word_labels import CELL, TALL, WIDE

SIDES = ("top center", "bottom center", "middle right", "middle left")
"""In this order a name is tried; plotly's words for them."""
NOWHERE = -1
GAP = 2.0
"""Pixels kept free beyond a name."""
TRIED = 3000
"""Most points whose names are tried: the others would hardly find room."""


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a plane that is seen.

    Attributes
    ----------
    x, y : tuple of float
        Lowest and highest value on each axis.
    width, height : float
        Its size in pixels.
    """

    x: tuple[float, float]
    y: tuple[float, float]
    width: float
    height: float

    def pixels(self, places: np.ndarray) -> np.ndarray:
        """Places (n, 2) in pixels from the lower left corner."""
        low = np.array([self.x[0], self.y[0]])
        span = np.array([self.x[1] - self.x[0], self.y[1] - self.y[0]])
        return (np.asarray(places, dtype=float) - low) / np.where(span > 0, span, 1.0) * [self.width, self.height]


def around(places: np.ndarray, width: float, height: float, equal: bool, room: float = 0.06) -> Window:
    """The window that shows all places (n, 2), with some room at each side.

    `equal` gives both axes the same scale, so that distances on the screen are distances on the map.
    """
    known = places[np.isfinite(places).all(axis=1)] if len(places) else places
    low, high = (known.min(axis=0), known.max(axis=0)) if len(known) else (np.zeros(2), np.ones(2))
    middle, half = (low + high) / 2, np.maximum((high - low) / 2 * (1 + 2 * room), 1e-9)
    if equal:
        each = float((half / [width, height]).max())
        half = np.array([width, height]) * each
    (left, bottom), (right, top) = middle - half, middle + half
    return Window((float(left), float(right)), (float(bottom), float(top)), width, height)


def name_sides(
    window: Window,
    places: np.ndarray,
    letters: Sequence[int] | np.ndarray,
    sizes: np.ndarray,
    order: Sequence[int] | np.ndarray,
    most: int,
    first: int = 0,
) -> np.ndarray:
    """The side of its point on which each name stands.

    Parameters
    ----------
    window : Window
    places : numpy.ndarray, (n, 2)
    letters : (n,)
        Length of each name.
    sizes : numpy.ndarray, (n,)
        Type size of each in pixels.
    order : sequence of int
        Rows, the most important first; a name that covers one before it is left out.
    most : int
        Names at most.
    first : int
        So many names at the beginning of the order are written in any case, and do not count.

    Returns
    -------
    numpy.ndarray, (n,) int8
        Index into `SIDES`, or `NOWHERE`.
    """
    order = np.asarray(order, dtype=int)
    sides = np.full(len(places), NOWHERE, dtype=np.int8)
    if not len(order):
        return sides
    taken = np.zeros((int(window.height / CELL) + 1, int(window.width / CELL) + 1), dtype=bool)
    points = window.pixels(places[order])
    inside = ((points >= 0) & (points <= [window.width, window.height])).all(axis=1)
    kept = np.flatnonzero(inside)[:TRIED]
    boxes = _boxes(points[kept], np.asarray(letters)[order[kept]], np.asarray(sizes)[order[kept]], taken.shape)
    written = 0
    for i, candidates in zip(kept.tolist(), boxes.tolist(), strict=True):
        side = _free_side(taken, candidates, always=i < first)
        if side != NOWHERE:
            sides[order[i]] = side
            written += i >= first
            if written >= most and i >= first - 1:
                break
    return sides


def _free_side(taken: np.ndarray, candidates: list[list[int]], always: bool) -> int:
    """The first side with room, which is then taken."""
    for side, (left, bottom, right, top) in enumerate(candidates):
        room = taken[bottom:top, left:right]
        if room.size and not room.any():
            room[:] = True
            return side
    if not always:
        return NOWHERE
    left, bottom, right, top = candidates[0]
    taken[bottom:top, left:right] = True
    return 0


def _boxes(points: np.ndarray, letters: np.ndarray, sizes: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Left, bottom, right and top of each name on each side in cells, (m, 4, 4) int; empty where it would leave the window."""
    wide = WIDE * np.maximum(np.asarray(letters, dtype=float), 1.0) * sizes + 4
    tall = TALL * np.asarray(sizes, dtype=float)
    x, y = points[:, 0], points[:, 1]
    corners = np.stack(
        [
            np.stack([x - wide / 2, y, x + wide / 2, y + GAP + tall], axis=1),
            np.stack([x - wide / 2, y - GAP - tall, x + wide / 2, y], axis=1),
            np.stack([x, y - tall / 2, x + GAP + wide, y + tall / 2], axis=1),
            np.stack([x - GAP - wide, y - tall / 2, x, y + tall / 2], axis=1),
        ],
        axis=1,
    )
    cells = np.rint(corners / CELL).astype(int)
    limits = np.array([shape[1], shape[0]] * 2)
    outside = (cells < 0).any(axis=2) | (cells > limits).any(axis=2)
    cells = np.clip(cells, 0, limits)
    cells[outside] = 0
    return cells
