"""How alike sentences are: by the words they share, by averaged word vectors, and by MiniLM."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np

from explorer.applications.summary.document import Sentence
from explorer.embedding.documents import DocumentTerms
from explorer.embedding.slicing import Slices

Space = Literal["tfidf", "glove", "minilm"]
SPACES: dict[Space, str] = {"tfidf": "TF-IDF", "glove": "GloVe, averaged", "minilm": "MiniLM"}
TOGETHER = 2
"""Sentences that MiniLM reads in one piece of work, about 30 ms."""
LONG = 300
"""Characters from which on a sentence is a piece of work of its own."""
MOST_SUBWORDS = 128
"""Subwords of a sentence that MiniLM reads: as many as it was trained with."""


def terms_of(sentences: Sequence[Sentence]) -> DocumentTerms:
    """Counts and TF-IDF of the words of sentences, each sentence a document."""
    words = dict.fromkeys(word for sentence in sentences for word in sentence.words)
    return DocumentTerms([sentence.words for sentence in sentences], words)


def tfidf_cosines(sentences: Sequence[Sentence]) -> np.ndarray:
    """(n, n) float32: cosines of TF-IDF vectors, a word's idf counted over these sentences (Erkan and Radev 2004)."""
    weights = terms_of(sentences).weights
    return (weights @ weights.T).toarray().astype(np.float32)


def glove_cosines(sentences: Sequence[Sentence]) -> np.ndarray:
    """(n, n) float32: cosines of the means of GloVe vectors, each word weighted by its idf, less the mean of all sentences.

    Without that last step all means point the same way: every English sentence is like every other.
    """
    from explorer.embedding.installed import pretrained

    glove, terms = pretrained(), terms_of(sentences)
    rows = np.array([glove.index.get(word, -1) for word in terms.words], dtype=np.int64)
    vectors = np.where(rows[:, None] >= 0, glove.matrix[rows], 0.0) * terms.idf[:, None]
    means = terms.counts @ vectors
    return cosines(means - means.mean(axis=0))


def minilm_slices(sentences: Sequence[Sentence], tell: Callable[[int], None] = lambda done: None) -> Slices[np.ndarray]:
    """(n, n) float32: cosines of MiniLM's sentence vectors, a few sentences at a time. The model must have been read.

    Parameters
    ----------
    tell : callable
        Told how many sentences are done.
    """
    from explorer.applications.contextual.installed import contextual_model

    model = contextual_model()
    vectors, done = np.zeros((len(sentences), model.width), dtype=np.float32), 0
    for rows in read_together([len(sentence.text) for sentence in sentences]):
        vectors[rows] = model.sentences([sentences[i].text for i in rows], most=MOST_SUBWORDS)
        done += len(rows)
        tell(done)
        yield None
    return cosines(vectors)


def read_together(lengths: Sequence[int]) -> list[list[int]]:
    """Which sentences of so many characters are read in one piece of work, the shortest first."""
    found: list[list[int]] = []
    for i in sorted(range(len(lengths)), key=lambda i: lengths[i]):
        if found and len(found[-1]) < TOGETHER and lengths[i] <= LONG:
            found[-1].append(i)
        else:
            found.append([i])
    return found


def cosines(vectors: np.ndarray) -> np.ndarray:
    """All cosines of (n, d) vectors, float32; those of a vector of zeros are 0."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = np.where(lengths > 1e-9, vectors / np.maximum(lengths, 1e-9), 0.0).astype(np.float32)
    return unit @ unit.T


CHEAP: dict[Space, Callable[[Sequence[Sentence]], np.ndarray]] = {"tfidf": tfidf_cosines, "glove": glove_cosines}
"""Spaces that take no time worth speaking of."""
