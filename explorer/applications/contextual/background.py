"""What all contextual vectors have in common: their mean over many words, and how alike two arbitrary words are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from explorer.text.sentences import read_documents

if TYPE_CHECKING:
    from explorer.applications.contextual.encoder import ContextualModel

SENTENCES = 40
LETTERS = range(60, 160)
"""Length of a sentence of the background."""


@dataclass(frozen=True, eq=False)
class Background:
    """Of many words in their sentences.

    Attributes
    ----------
    mean : numpy.ndarray
        float64 (L + 1, d).
    cosine : numpy.ndarray
        (L + 1,): mean cosine of two different ones. 0 if directions were spread evenly; above 0 the vectors lie in a
        cone (Ethayarajh 2019, there "average self-similarity of random words").
    centred_cosine : numpy.ndarray
        (L + 1,): the same after the mean was taken away.
    words, sentences : int
        How many were read.
    """

    mean: np.ndarray
    cosine: np.ndarray
    centred_cosine: np.ndarray
    words: int
    sentences: int


def background_sentences() -> list[str]:
    """One sentence of each of the first news of the Lee collection that has one of a usual length."""
    return list(islice(_usual(), SENTENCES))


def read_background(model: ContextualModel, progress: Callable[[int], None] = lambda done: None) -> Background:
    """Read the sentences of `background_sentences`; tells `progress` how many are done."""
    vectors, sentences = [], background_sentences()
    for done, sentence in enumerate(sentences, start=1):
        reading = model.read(sentence)
        vectors.append(np.stack([reading.vector(k) for k in range(len(reading.groups))], axis=1))
        progress(done)
    return background_of(np.concatenate(vectors, axis=1), len(sentences))


def background_of(vectors: np.ndarray, sentences: int) -> Background:
    """What the vectors (L + 1, n, d) of n words have in common."""
    vectors = np.asarray(vectors, dtype=float)
    mean = vectors.mean(axis=1)
    return Background(mean, mean_cosine(vectors), mean_cosine(vectors - mean[:, None]), vectors.shape[1], sentences)


def mean_cosine(vectors: np.ndarray) -> np.ndarray:
    """(L + 1,): mean cosine of two different ones of the vectors (L + 1, n, d)."""
    count = vectors.shape[1]
    units = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)
    # The cosines of all pairs, each with itself included, sum to the squared length of the sum of the units.
    total = (units.sum(axis=1) ** 2).sum(axis=-1)
    return (total - count) / (count * (count - 1))


def _usual() -> Iterator[str]:
    for document in read_documents("lee"):
        found = next((sentence for sentence in document.sentences if len(sentence) in LETTERS), None)
        if found:
            yield found
