"""Which of many words are written on a map, so that none covers another and none flickers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

CELL = 3.0
"""Pixels of the grid on which words are laid out."""
WIDE, TALL = 0.56, 1.16
"""Width of a letter and height of a line, as shares of the type size."""
AIR, LOAN = 2.0, 3.0
"""Pixels kept free around a new word; and pixels by which one that is written already may run into others."""


def clear_words(
    places: np.ndarray,
    letters: Sequence[int] | np.ndarray,
    sizes: np.ndarray,
    order: Sequence[int] | np.ndarray,
    shape: tuple[float, float],
    written: np.ndarray | None = None,
    before: np.ndarray | None = None,
) -> np.ndarray:
    """Which words are written; the others are dots.

    Parameters
    ----------
    places : numpy.ndarray, (n, 2)
        The middle of each word in pixels, from the lower left corner.
    letters, sizes : (n,)
        Length of each word in letters, and its type size in pixels.
    order : sequence of int
        Rows, the most important first; those left out are never written.
    shape : (float, float)
        Width and height of the picture in pixels.
    written : numpy.ndarray, (n,) bool, optional
        Words that were written a moment ago: within the order they come before the others, and may run a little into
        one another, so that a word does not come and go.
    before : numpy.ndarray, (n, 2), optional
        Where the words come from, NaN for those that were not there: they are free of one another at both ends of their way.

    Returns
    -------
    numpy.ndarray, (n,) bool
    """
    written = np.zeros(len(places), dtype=bool) if written is None else written
    letters, shown = np.asarray(letters, dtype=float), np.zeros(len(places), dtype=bool)
    layers = [_Layer(one, letters, sizes, written, shape) for one in (places, before) if one is not None]
    for i in order:
        if layers[0].inside[i] and all(layer.is_free(i) for layer in layers):
            shown[i] = True
            for layer in layers:
                layer.take(i)
    return shown


class _Layer:
    """Words at one end of their way, and the cells of the picture that they take."""

    def __init__(
        self,
        places: np.ndarray,
        letters: np.ndarray,
        sizes: np.ndarray,
        written: np.ndarray,
        shape: tuple[float, float],
    ) -> None:
        places = np.nan_to_num(np.asarray(places, dtype=float), nan=-1e6)
        self.taken = np.zeros((int(shape[1] / CELL) + 1, int(shape[0] / CELL) + 1), dtype=bool)
        limits = np.array([*self.taken.shape[::-1], *self.taken.shape[::-1]])
        boxes = _boxes(places, letters, sizes, written)
        self.inside = (boxes[:, :2] < limits[:2]).all(axis=1) & (boxes[:, 2:] > 0).all(axis=1)
        self.boxes = np.clip(boxes, 0, limits)

    def room(self, i: int) -> np.ndarray:
        """The pixels under a label."""
        left, bottom, right, top = self.boxes[i]
        return self.taken[bottom:top, left:right]

    def is_free(self, i: int) -> bool:
        """Whether no label lies there yet."""
        return not self.room(i).any()

    def take(self, i: int) -> None:
        """Lay the label there."""
        self.room(i)[:] = True


def by_importance(n: int, first: Sequence[int], written: np.ndarray | None) -> np.ndarray:
    """Rows 0 to n - 1: the `first` ones, then those that were written already, then the others in their order."""
    first = np.asarray(list(dict.fromkeys(first)), dtype=int)
    rest = np.setdiff1d(np.arange(n), first)
    if written is not None:
        rest = rest[np.argsort(~written[rest], kind="stable")]
    return np.concatenate([first, rest])


def _boxes(places: np.ndarray, letters: np.ndarray, sizes: np.ndarray, written: np.ndarray) -> np.ndarray:
    """Left, bottom, right and top of each word in cells, (n, 4) int."""
    air = np.where(written, -LOAN / 2, AIR)
    half = np.stack([WIDE * letters * sizes / 2 + air, TALL * np.asarray(sizes) / 2 + air / 2], axis=1)
    return np.rint(np.concatenate([places - half, places + half], axis=1) / CELL).astype(int)
