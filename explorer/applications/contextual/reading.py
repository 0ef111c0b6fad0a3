"""A text as a contextual model read it: subwords, states and attention, and the way back from subwords to words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np


@dataclass(frozen=True, eq=False)
class Reading:
    """A text as the model read it: n subwords, L layers above the embeddings, A heads.

    Attributes
    ----------
    text : str
    pieces : tuple of str
        Subwords; those that go on a word begin with ``##``. The first and the last are separators.
    ids : tuple of int
        Their places in the vocabulary.
    spans : tuple of (int, int)
        Where each stands in the text, in characters; (0, 0) for separators.
    words : tuple of int or None
        Which word each belongs to, counted from 0; None for separators.
    hidden : numpy.ndarray
        float32 (L + 1, n, d): the states; layer 0 are the embeddings with their positions.
    attention : numpy.ndarray
        float32 (L, A, n, n): how much a subword (row) takes from each subword (column); rows sum to 1.
    """

    text: str
    pieces: tuple[str, ...]
    ids: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    words: tuple[int | None, ...]
    hidden: np.ndarray
    attention: np.ndarray

    def __len__(self) -> int:
        return len(self.pieces)

    @cached_property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """The subwords of each word, by number."""
        count = 1 + max((word for word in self.words if word is not None), default=-1)
        return tuple(tuple(i for i, own in enumerate(self.words) if own == word) for word in range(count))

    def word(self, number: int) -> str:
        """A word as it stands in the text."""
        group = self.groups[number]
        return self.text[self.spans[group[0]][0] : self.spans[group[-1]][1]]

    def occurrences(self, word: str) -> tuple[int, ...]:
        """Numbers of the words that are this one, in either case."""
        wanted = word.casefold()
        return tuple(k for k in range(len(self.groups)) if self.word(k).casefold() == wanted)

    def vector(self, number: int) -> np.ndarray:
        """(L + 1, d): a word in each layer, the mean over its subwords."""
        return self.hidden[:, list(self.groups[number])].mean(axis=1)

    def sentence(self) -> np.ndarray:
        """(d,): the whole text as one vector of length 1, the mean of the last layer's states, as this model was trained for."""
        mean = self.hidden[-1].mean(axis=0)
        return mean / np.linalg.norm(mean)
