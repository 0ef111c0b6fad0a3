"""What a map of words shows: the words, their places, and which of them stand out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from explorer.figures.map_axes import Axis
from explorer.figures.palette import Theme, plain

LONGEST = 22
"""Letters of a name that are written."""
NOBODY = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Mapped:
    """What a map shows.

    Attributes
    ----------
    words : tuple of str
        The n words.
    places : numpy.ndarray, (n, 2) or (n, 3) float32
        Where each stands.
    numbers : numpy.ndarray, (n,) int32
        Place of each word in its source, from 1: the names by which points are told when they are clicked.
    caption : sequence of str
        How the map was made and how far it can be believed: part of the picture, so that it is saved with it.
    axes : tuple of Axis
        What the directions are; empty where they mean nothing.
    equal : bool
        Whether both directions have the same scale.
    chosen : int or None
        Row of the word that is looked at.
    kept, torn : numpy.ndarray of int
        Rows of its true neighbours that are near on the map, and of those that are not.
    first : sequence of int
        Rows that are named before all others.
    preferred : numpy.ndarray of int
        Rows in the order in which names find room; by default the order of the words.
    names : int
        Most names beside those.
    added, added_places : sequence of str, (m, 2) or (m, 3) array
        Words put into a map that was made without them.
    revision : str
        Changes when the places have nothing to do with the ones before, so that a zoom is let go.
    """

    words: tuple[str, ...]
    places: np.ndarray
    numbers: np.ndarray
    caption: Sequence[str] = ()
    axes: tuple[Axis, ...] = ()
    equal: bool = True
    chosen: int | None = None
    kept: np.ndarray = field(default_factory=lambda: NOBODY)
    torn: np.ndarray = field(default_factory=lambda: NOBODY)
    first: Sequence[int] = ()
    preferred: np.ndarray | None = None
    names: int = 100
    added: Sequence[str] = ()
    added_places: np.ndarray = field(default_factory=lambda: np.empty((0, 2)))
    revision: str = "kept"

    def order(self) -> tuple[np.ndarray, int]:
        """Rows in the order in which names find room, and how many are written in any case: the chosen word is."""
        own = [] if self.chosen is None else [self.chosen, *self.torn.tolist(), *self.kept.tolist()]
        first = list(dict.fromkeys([*own, *self.first]))
        rest = np.arange(len(self.words)) if self.preferred is None else self.preferred
        return np.concatenate([np.array(first, dtype=int), rest[~np.isin(rest, first)]]), len(own[:1])


@lru_cache(maxsize=8)
def escaped(words: tuple[str, ...]) -> np.ndarray:
    """Words as plotly shows them letter by letter, (n,) str."""
    return np.array([plain(word, LONGEST) for word in words], dtype=str) if words else np.empty(0, dtype=str)


def point_size(n: int, theme: Theme) -> float:
    """Pixels across a point: the more there are, the smaller."""
    return round(theme.scale * float(np.clip(24 * max(n, 1) ** -0.2, 3.0, 9.0)), 1)
