"""On which side of its point a name stands, so that names cover neither one another nor points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

SIDES = ("middle right", "middle left", "top center", "bottom center")
"""In the order in which they are tried; as Plotly calls them."""
LETTER, LINE, AWAY = 0.58, 1.25, 9.0
"""Width of a letter and height of a line as shares of the type size; pixels from the point to its name."""


def label_sides(
    points: np.ndarray,
    letters: Sequence[int],
    size: float,
    dots: np.ndarray | None = None,
    radius: float = 6.0,
    sure: int = 1,
) -> list[str]:
    """A side for each name, the most important first; an empty text for a name that has room nowhere.

    Parameters
    ----------
    points : numpy.ndarray, (n, 2)
        In pixels, y upwards.
    letters : sequence of int
        How long the names are; those of no letters have no name.
    size : float
        Type size in pixels.
    dots : numpy.ndarray, (m, 2), optional
        Further points that no name may cover.
    radius : float
        Of the points, in pixels.
    sure : int
        So many of the first names are written in any case, over points if need be.
    """
    every = points if dots is None else np.vstack([points, dots])
    taken = np.hstack([every - radius, every + radius])
    chosen = []
    for i, (point, length) in enumerate(zip(points, letters, strict=True)):
        others = np.delete(taken, i, axis=0)
        free = (side for side in SIDES if length and _is_free(_box(point, length, size, side), others))
        chosen.append(next(free, SIDES[0] if i < sure and length else ""))
        if chosen[-1]:
            taken = np.vstack([taken, _box(point, length, size, chosen[-1])])
    return chosen


def _box(point: np.ndarray, length: int, size: float, side: str) -> np.ndarray:
    """Left, bottom, right and top of a name beside a point, (4,)."""
    wide, tall = LETTER * length * size, LINE * size
    if side.startswith("middle"):
        left = point[0] + AWAY if side.endswith("right") else point[0] - AWAY - wide
        bottom = point[1] - tall / 2
    else:
        left = point[0] - wide / 2
        bottom = point[1] + AWAY / 2 if side.startswith("top") else point[1] - AWAY / 2 - tall
    return np.array([left, bottom, left + wide, bottom + tall])


def _is_free(box: np.ndarray, taken: np.ndarray) -> bool:
    apart = (
        (taken[:, 2] <= box[0]) | (box[2] <= taken[:, 0]) | (taken[:, 3] <= box[1]) | (box[3] <= taken[:, 1])
    )  # fmt: skip
    return bool(apart.all())
