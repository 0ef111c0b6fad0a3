"""The text of an experiment, cleaned and numbered, and refused in plain words where too little can be learned from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from explorer.text.cleaning import Cleaned, Cleaning, cleaned

if TYPE_CHECKING:
    from explorer.embedding.experiment import EmbeddingExperiment

LEAST_WORDS = 10
"""Fewer different words have no neighbourhoods worth the name."""
MOST_NUMBERS = 3_000_000
"""Words times dimensions at most, so that every moment of a training can be drawn and kept."""


@dataclass(frozen=True, eq=False)
class Numbered:
    """A text as numbers of words.

    Attributes
    ----------
    ids : numpy.ndarray, (N,) int32
        Row of each word in the vocabulary, one sentence after the other.
    sentence : numpy.ndarray, (N,) int32
        The sentence each belongs to.
    counts : numpy.ndarray, (V,) int64
        Occurrences, the most frequent word first.
    """

    ids: np.ndarray
    sentence: np.ndarray
    counts: np.ndarray


def read_text(experiment: EmbeddingExperiment) -> Cleaned:
    """The text of an experiment, cleaned as it says; read and cleaned once for all that ask for the same.

    Raises
    ------
    ValueError
        When too little is left to learn from, or too much for vectors of this size; says what would fit.
    """
    text = _cleaned(experiment)
    _refuse_too_few(experiment, text)
    _refuse_too_many(experiment, text)
    return text


@lru_cache(maxsize=3)
def numbered(text: Cleaned) -> Numbered:
    """A cleaned text as numbers of words."""
    number = {word: row for row, word in enumerate(text.counts)}
    lengths = np.fromiter(map(len, text.sentences), np.int64, len(text.sentences))
    ids = np.fromiter((number[word] for words in text.sentences for word in words), np.int32, lengths.sum())
    sentence = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    return Numbered(ids, sentence, np.fromiter(text.counts.values(), np.int64, len(number)))


def _cleaned(experiment: EmbeddingExperiment, **other: object) -> Cleaned:
    cleaning = Cleaning(**{name: getattr(experiment, name) for name in Cleaning.__dataclass_fields__})
    return cleaned(experiment.corpus, experiment.text, replace(cleaning, **other))


def _refuse_too_few(experiment: EmbeddingExperiment, text: Cleaned) -> None:
    if experiment.corpus == "own" and not experiment.text.strip():
        raise ValueError("There is no text yet: type or open one, or choose another.")
    if len(text.counts) < LEAST_WORDS:
        raise ValueError(_too_few_words(experiment, len(text.counts)))
    if all(len(words) < 2 for words in text.sentences):
        raise ValueError(
            "Every sentence of this text is left with a single word, so no word has a neighbour to learn from. "
            "Choose a smaller least count, or bring running text with a sentence or more in each line."
        )


def _too_few_words(experiment: EmbeddingExperiment, left: int) -> str:
    counts = list(_cleaned(experiment, min_count=1).counts.values())
    least = experiment.min_count
    begin = f"Only {left} different words occur" if left > 1 else f"{('No', 'Only one')[left]} word occurs"
    begin += f" at least {least} times in this text" if least > 1 else " in this text"
    if len(counts) < LEAST_WORDS:
        return f"{begin}; vectors need at least {LEAST_WORDS} to tell apart. Bring a longer text."
    fits = counts[LEAST_WORDS - 1]
    left = sum(count >= fits for count in counts)
    return (
        f"{begin}. Choose a least count (min_count) of {fits} or less ({fits} leaves {left:,}), or bring a longer text."
    )


def _refuse_too_many(experiment: EmbeddingExperiment, text: Cleaned) -> None:
    words, dimensions = len(text.counts), experiment.dimensions
    if words * dimensions <= MOST_NUMBERS:
        return
    ways = []
    if words * 2 <= MOST_NUMBERS:
        ways.append(f"at most {MOST_NUMBERS // words} dimensions")
    counts = list(text.counts.values())
    least = counts[MOST_NUMBERS // dimensions] + 1
    if counts[LEAST_WORDS - 1] >= least:
        ways.append(f"a least count (min_count) of {least} or more")
    raise ValueError(
        f"{words:,} different words times {dimensions} dimensions are too many numbers to show while they learn. "
        f"What fits: {', or '.join(ways)}."
    )
