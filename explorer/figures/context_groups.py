"""How the senses of a word look: a colour, a sign and a place in the order, the same in every picture of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.palette import Theme, blend

SIGNS = ("circle", "square", "diamond", "triangle-up", "pentagon", "hexagon", "star", "triangle-down")
"""Colour is never the only carrier."""


@dataclass(frozen=True)
class Groups:
    """The senses (or found groups) of occurrences.

    Attributes
    ----------
    names : tuple of str
        In the order in which they first occur.
    numbers : tuple of int
        For each occurrence which of the names it has.
    """

    names: tuple[str, ...]
    numbers: tuple[int, ...]

    @property
    def order(self) -> list[int]:
        """Occurrences, those of a group together."""
        return sorted(range(len(self.numbers)), key=lambda i: (self.numbers[i], i))

    def members(self, group: int) -> np.ndarray:
        """Occurrences of a group."""
        return np.flatnonzero(np.asarray(self.numbers) == group)


def groups_of(senses: Sequence[str]) -> Groups:
    """Senses as names and numbers; an empty one is called "all"."""
    names = tuple(dict.fromkeys(senses))
    return Groups(tuple(name or "no sense told" for name in names), tuple(names.index(sense) for sense in senses))


def sign_of(group: int) -> str:
    """The sign of a group; they come round again after eight, like the colours."""
    return SIGNS[group % len(SIGNS)]


def pale(colour: str, theme: Theme) -> str:
    """A ground on which ink can be read, in the tone of a group's colour."""
    return blend(theme.background, colour, 0.24 if theme.dark else 0.16)
