"""Which words stand in which document, and which of them mark it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix  # heavy: pages read this before anything heavy is loaded


class Term(NamedTuple):
    """A word of one document.

    Attributes
    ----------
    word : str
    count : int
        How often it stands in the document.
    documents : int
        In how many documents it stands.
    idf : float
        Weight of a word that stands in so many documents.
    weight : float
        Its TF-IDF in the document: between 0 and 1.
    """

    word: str
    count: int
    documents: int
    idf: float
    weight: float


class DocumentTerms:
    """Counts and TF-IDF of the words of documents.

    Parameters
    ----------
    documents : sequence of sequences of str
        The tokens of each.
    vocabulary : mapping of str to anything
        The words that are counted, in the order of the columns.

    Attributes
    ----------
    words : tuple of str
        (V,)
    counts : scipy.sparse.csr_matrix, (D, V) float64
        ``counts[d, w]``: how often word w stands in document d.
    frequency : numpy.ndarray, (V,) int64
        In how many documents each word stands.
    idf : numpy.ndarray, (V,)
        ``ln(D / frequency)``: 0 for a word that stands in every document. (scikit-learn adds 1, which leaves "the" among
        the heaviest words of every long document.)
    weights : scipy.sparse.csr_matrix, (D, V) float64
        Count times idf, each document scaled to length 1; a document without words that mark it is all zeros.

    References
    ----------
    Sparck Jones: A statistical interpretation of term specificity and its application in retrieval, 1972. Salton and
    Buckley: Term-weighting approaches in automatic text retrieval, 1988.
    """

    def __init__(self, documents: Sequence[Sequence[str]], vocabulary: Mapping[str, object]) -> None:
        self.words: tuple[str, ...] = tuple(vocabulary)
        self.counts = count_terms(documents, self.words)
        self.frequency = np.bincount(self.counts.indices, minlength=len(self.words))
        self.idf = np.log(max(len(documents), 1) / np.maximum(self.frequency, 1))
        self.weights = _tfidf(self.counts, self.idf)

    def terms(self, document: int, n: int = 12) -> list[Term]:
        """The words that mark a document most, at most `n`; equally heavy ones in the order of the vocabulary.

        Words that stand in every document mark none.
        """
        row = self.weights[document]
        heaviest = np.lexsort((row.indices, -row.data))[:n]
        heaviest = heaviest[row.data[heaviest] > 0]
        counts = self.counts[document]
        count = dict(zip(counts.indices.tolist(), counts.data.tolist(), strict=True))
        return [
            Term(self.words[w], int(count[w]), int(self.frequency[w]), float(self.idf[w]), float(row.data[i]))
            for i, w in zip(heaviest.tolist(), row.indices[heaviest].tolist(), strict=True)
        ]

    def similar(self, document: int, n: int = 5) -> list[tuple[int, float]]:
        """The documents most like one, with their cosines, without itself."""
        cosines = (self.weights @ self.weights[document].T).toarray().ravel()
        cosines[document] = -np.inf
        nearest = np.argsort(-cosines, kind="stable")[:n]
        return [(d, float(cosines[d])) for d in nearest.tolist() if np.isfinite(cosines[d])]


def count_terms(documents: Iterable[Sequence[str]], words: Sequence[str]) -> csr_matrix:
    """Counts of words in documents, (D, V) float64; words that are not among `words` are passed over."""
    from scipy.sparse import csr_matrix

    column = {word: i for i, word in enumerate(words)}
    indices: list[np.ndarray] = []
    data: list[np.ndarray] = []
    for document in documents:
        found = np.array([column[word] for word in document if word in column], dtype=np.int32)
        places, counts = np.unique(found, return_counts=True)
        indices.append(places)
        data.append(counts)
    indptr = np.cumsum([0, *map(len, indices)])
    empty = np.empty(0, dtype=np.int32)
    parts = (np.concatenate([empty, *data]).astype(np.float64), np.concatenate([empty, *indices]), indptr)
    return csr_matrix(parts, shape=(len(indices), len(words)))


def _tfidf(counts: csr_matrix, idf: np.ndarray) -> csr_matrix:
    weights = counts.multiply(idf).tocsr()
    lengths = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
    weights.data /= np.repeat(np.where(lengths > 0, lengths, 1.0), np.diff(weights.indptr))
    return weights
