"""Sentences as sums of their words' vectors: one-hot, learned from the text itself, and learned elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np
from scipy.sparse import csr_matrix

from explorer.embedding.documents import count_terms
from explorer.embedding.slicing import Slices
from explorer.text.cleaning import Cleaned

Kind = Literal["one-hot", "learned here", "GloVe 6B"]
Features = np.ndarray | csr_matrix
DIMENSIONS, WINDOW, ITERATIONS = 50, 5, 8
"""Of the vectors that are learned here."""
KNOWN = 0.5
"""GloVe is compared where it knows at least this share of the text."""


def sentence_vectors(text: Cleaned, held_out: Iterable[int], seed: int = 0) -> Slices[dict[Kind, Features]]:
    """Every sentence as one vector of length 1, in each kind of vectors.

    Parameters
    ----------
    text : Cleaned
    held_out : iterable of int
        Sentences from which nothing may be learned.

    Returns
    -------
    dict of str to (sentences, d) array or sparse matrix
        "GloVe 6B" only where GloVe knows at least half of the words.
    """
    words = list(text.counts)
    bags = count_terms(text.sentences, words)
    yield None
    features: dict[Kind, Features] = {"one-hot": unit_rows(bags)}
    features["learned here"] = unit_rows(bags @ (yield from learn_vectors(text, held_out, seed)))
    yield None
    given, known = borrowed_vectors(text.counts)
    if known >= KNOWN:
        features["GloVe 6B"] = unit_rows(bags @ given)
    yield None
    return features


def unit_rows(rows: Features) -> Features:
    """Each row scaled to length 1; a row of zeros stays one."""
    from sklearn.preprocessing import normalize

    return normalize(rows)


def learn_vectors(text: Cleaned, held_out: Iterable[int], seed: int = 0) -> Slices[np.ndarray]:
    """Vectors learned from the text without the held-out sentences: PPMI, and its main directions.

    Returns
    -------
    numpy.ndarray, (V, d) float64
        One row for each word of ``text.counts``; zeros for words that occur only in held-out sentences.
    """
    from explorer.embedding.counts import cooccurrence, ppmi
    from explorer.embedding.subspace import OVERSAMPLING, BlockedMatrix, SubspaceIteration

    unread = set(held_out)
    cells, counts = cooccurrence(
        [words for i, words in enumerate(text.sentences) if i not in unread], WINDOW, min_count=1
    )
    yield None
    dimensions = min(DIMENSIONS, len(counts))
    iteration = SubspaceIteration(BlockedMatrix(ppmi(cells), dimensions + OVERSAMPLING), dimensions, seed)
    ritz = yield from iteration.begin()
    for _ in range(ITERATIONS):
        ritz = yield from iteration.iterate()
    row = {word: i for i, word in enumerate(text.counts)}
    vectors = np.zeros((len(row), dimensions))
    vectors[[row[word] for word in counts]] = ritz.left * np.sqrt(ritz.values)
    return vectors


def borrowed_vectors(counts: dict[str, int]) -> tuple[np.ndarray, float]:
    """GloVe's vectors of these words, zeros for those that it does not know, and the share of the text that it knows."""
    from explorer.embedding.installed import pretrained

    glove = pretrained()
    rows = np.array([glove.index.get(word, -1) for word in counts], dtype=np.int64)
    vectors = np.where(rows[:, None] >= 0, glove.matrix[rows], 0.0).astype(np.float64)
    occurrences = np.fromiter(counts.values(), dtype=float)
    return vectors, float(occurrences[rows >= 0].sum() / max(occurrences.sum(), 1))
