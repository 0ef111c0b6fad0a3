"""Where the names along a path stand, and which of them are shown, so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

LABELS = 24
"""At most this many steps of a path are named."""


def name_boxes(points: np.ndarray, letters: Sequence[int], sides: np.ndarray, size: float) -> np.ndarray:
    """Left, bottom, right and top of each name in pixels, (T, 4), beside its point as Plotly places it."""
    wide, tall = 0.6 * size * np.maximum(np.asarray(letters, dtype=float), 1.0), 1.2 * size
    right, left = np.char.endswith(sides, "right"), np.char.endswith(sides, "left")
    x = points[:, 0] + np.where(right, 0.0, np.where(left, -wide, -wide / 2))
    y = points[:, 1] + np.where(np.char.startswith(sides, "top"), 0.0, -tall)
    return np.stack([x, y, x + wide, y + tall], axis=1)


def clear_names(path: np.ndarray, boxes: np.ndarray, taken: np.ndarray) -> np.ndarray:
    """Which names are shown: the last, the first, then those after the largest jumps, if they cover none so far.

    `taken` is the room of the start's name, which comes first.
    """
    count = len(boxes)
    jumps = np.argsort(-np.linalg.norm(np.diff(path, axis=0), axis=1), kind="stable").tolist()
    kept = [count]
    boxes = np.vstack([boxes, taken])
    for i in dict.fromkeys([count - 1, 0, *jumps]):
        apart = (
            (boxes[kept, 2] <= boxes[i, 0]) | (boxes[i, 2] <= boxes[kept, 0])
            | (boxes[kept, 3] <= boxes[i, 1]) | (boxes[i, 3] <= boxes[kept, 1])
        )  # fmt: skip
        if len(kept) <= LABELS and apart.all():
            kept.append(i)
    return np.isin(np.arange(count), kept)


def sides_of(path: np.ndarray) -> np.ndarray:
    """Where a word stands beside its point: away from where the path comes from and goes to."""
    ahead = np.vstack([path[2:], 2 * path[-1:] - path[-2:-1]]) if len(path) > 2 else path[-1:]
    away = 2 * path[1:] - path[:-1] - ahead
    vertical = np.where(away[:, 1] >= 0, "top", "bottom")
    sideways = np.where(
        np.abs(away[:, 0]) < 0.4 * np.abs(away[:, 1]), "center", np.where(away[:, 0] >= 0, "right", "left")
    )
    return np.char.add(np.char.add(vertical, " "), sideways)
