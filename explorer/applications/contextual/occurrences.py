"""One word in several sentences, as a vector of its own in each of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from explorer.applications.contextual.encoder import ContextualModel
    from explorer.applications.contextual.reading import Reading

MOST = 40
"""Occurrences that are looked at."""
Told = tuple[str, str]
"""A sense, or nothing, and a sentence."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A word where it stands.

    Attributes
    ----------
    sentence : str
    start, end : int
        Where the word begins and ends in it, in characters.
    sense : str
        What somebody says that it means there; empty where nobody does.
    """

    sentence: str
    start: int
    end: int
    sense: str = ""

    @property
    def before(self) -> str:
        """What stands before the word."""
        return self.sentence[: self.start]

    @property
    def itself(self) -> str:
        """The word as it is written there."""
        return self.sentence[self.start : self.end]

    @property
    def after(self) -> str:
        """What stands behind the word."""
        return self.sentence[self.end :]


@dataclass(frozen=True, eq=False)
class Occurrences:
    """All occurrences of a word, read.

    Attributes
    ----------
    word : str
    items : tuple of Occurrence
    vectors : numpy.ndarray
        float32 (L + 1, n, d): in each layer the mean over the word's subwords.
    without : tuple of str
        Sentences in which the word does not stand.
    left_out : int
        Occurrences beyond the first `MOST`.
    """

    word: str
    items: tuple[Occurrence, ...]
    vectors: np.ndarray
    without: tuple[str, ...] = ()
    left_out: int = 0

    def __len__(self) -> int:
        return len(self.items)

    @property
    def senses(self) -> tuple[str, ...]:
        """The sense of each."""
        return tuple(one.sense for one in self.items)

    @property
    def is_told(self) -> bool:
        """Whether somebody says of each what it means, and they do not all mean the same."""
        return all(self.senses) and len(set(self.senses)) > 1


def places(word: str, sentence: str) -> list[tuple[int, int]]:
    """Where a word (or several) stands in a sentence, in either case, as a whole and not as a part of another word."""
    word = word.strip()
    if not word:
        return []
    return [found.span() for found in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", sentence, re.IGNORECASE)]


def subwords_at(reading: Reading, start: int, end: int) -> list[int]:
    """The subwords of a reading that lie, wholly or in part, in a stretch of its text."""
    return [
        i for i, (one, other) in enumerate(reading.spans) if reading.words[i] is not None and one < end and other > start
    ]


def read_occurrences(
    model: ContextualModel, word: str, told: Sequence[Told], progress: Callable[[int], None] = lambda done: None
) -> Occurrences:
    """Read sentences and take the word's vectors out of them.

    Parameters
    ----------
    model : ContextualModel
    word : str
    told : sequence of (str, str)
        Senses and sentences.
    progress : callable
        Told how many sentences are done.

    Raises
    ------
    ValueError
        Where the word stands in none of the sentences, or one of them is too long; the text says which.
    """
    items, vectors, without, left_out = [], [], [], 0
    for number, (sense, sentence) in enumerate(told, start=1):
        found = places(word, sentence)
        if not found:
            without.append(sentence)
        elif len(items) < MOST:
            reading = _read(model, sentence, number)
            for start, end in found[: MOST - len(items)]:
                items.append(Occurrence(sentence, start, end, sense))
                vectors.append(reading.hidden[:, subwords_at(reading, start, end)].mean(axis=1))
        left_out += len(found)
        progress(number)
    if not items:
        raise ValueError(f"“{word}” stands in none of the sentences. It is looked for as a whole word, in either case.")
    return Occurrences(word, tuple(items), np.stack(vectors, axis=1), tuple(without), left_out - len(items))


def _read(model: ContextualModel, sentence: str, number: int) -> Reading:
    try:
        return model.read(sentence)
    except ValueError as error:
        raise ValueError(f"Sentence {number}: {error}") from None
