"""A sentence as people see it, word by word: subwords put together again, separators kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.applications.contextual.reading import Reading


@dataclass(frozen=True)
class Units:
    """Words and separators in their order.

    Attributes
    ----------
    labels : tuple of str
        As they stand in the text; separators as the model calls them.
    groups : tuple of tuple of int
        The subwords of each.
    separators : tuple of bool
    """

    labels: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    separators: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.labels)

    def at(self, subword: int) -> int:
        """Which unit a subword belongs to."""
        return next(k for k, group in enumerate(self.groups) if subword in group)

    def sums(self, values: np.ndarray) -> np.ndarray:
        """Numbers of subwords (..., n), summed over each unit (..., u)."""
        return np.stack([values[..., list(group)].sum(axis=-1) for group in self.groups], axis=-1)


def units_of(reading: Reading) -> Units:
    """The units of a reading."""
    labels, groups = [], []
    for i, word in enumerate(reading.words):
        if word is None:
            labels.append(reading.pieces[i])
            groups.append((i,))
        elif i == reading.groups[word][0]:
            labels.append(reading.word(word))
            groups.append(reading.groups[word])
    return Units(tuple(labels), tuple(groups), tuple(reading.words[group[0]] is None for group in groups))


def attention_between(reading: Reading, units: Units) -> np.ndarray:
    """Attention from unit to unit, (L, A, u, u): the mean over the subwords that look, the sum over those looked at.

    Rows still sum to 1 (Clark, Khandelwal, Levy and Manning 2019 put subwords together in the same way).
    """
    columns = units.sums(reading.attention)
    return np.stack([columns[:, :, list(group)].mean(axis=2) for group in units.groups], axis=2)
