"""The sentences of a paragraph as vectors, from one reading of the whole: each knows what was said before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.text.splitting import split_sentences

if TYPE_CHECKING:
    from explorer.applications.contextual.encoder import ContextualModel

READ = 1_800
"""Characters of a paragraph that are read: the model takes 510 subwords at once."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text with its state: where it begins and ends, and (d,) float64 of length 1."""

    start: int
    end: int
    state: np.ndarray


@dataclass(frozen=True, eq=False)
class ReadText:
    """A text as the model read it.

    Attributes
    ----------
    text : str
        As much of it as was read.
    bounds : tuple of (int, int)
        Where each of its n sentences begins and ends.
    vectors : numpy.ndarray
        (n, d) float64, each of length 1: the mean of the states of a sentence's subwords. The states saw the whole text, so
        "his school" is near the one whose school it is ("late chunking", Günther et al. 2024).
    words : tuple of Word
    """

    text: str
    bounds: tuple[tuple[int, int], ...]
    vectors: np.ndarray
    words: tuple[Word, ...]


def bounds_of(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text begin and end, as `split_sentences` cuts them."""
    found, at = [], 0
    for sentence in split_sentences(text):
        begin = text.index(sentence, at)
        at = begin + len(sentence)
        found.append((begin, at))
    return found


def read_text(model: ContextualModel, text: str) -> ReadText:
    """Read a paragraph, as far as the model reads at once.

    Raises
    ------
    ValueError
        When there is no word in it.
    """
    text = text[:READ]
    while len(model.pieces(text)) > model.positions - 2:
        text = text[: len(text) * 19 // 20]
    reading = model.read(text)
    states = reading.hidden[-1].astype(np.float64)
    words = tuple(
        Word(reading.spans[group[0]][0], reading.spans[group[-1]][1], unit(states[list(group)].mean(axis=0))) for group in reading.groups
    )
    starts = np.array([start if word is not None else -1 for word, (start, _) in zip(reading.words, reading.spans, strict=True)])
    bounds, vectors = [], []
    for begin, end in bounds_of(text):
        inside = (starts >= begin) & (starts < end)
        if inside.any():
            bounds.append((begin, end))
            vectors.append(unit(states[inside].mean(axis=0)))
    return ReadText(text, tuple(bounds), np.array(vectors), words)


def unit(vector: np.ndarray) -> np.ndarray:
    """The vector scaled to length 1."""
    return vector / max(float(np.linalg.norm(vector)), 1e-12)
