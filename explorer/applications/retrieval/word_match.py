"""Search by the words that a question and a paragraph have in common: TF-IDF and BM25."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

import numpy as np
from scipy.sparse import csr_matrix

from explorer.applications.retrieval.collection import Collection, content_words
from explorer.applications.retrieval.ranking import Reason


class WordMatch:
    """Common to both: each word has a weight in each paragraph, and a score is the sum over the words of the question.

    Parameters
    ----------
    collection : Collection
    """

    name = ""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    @property
    def weights(self) -> csr_matrix:
        """(N, V) float64: what each word is worth in each paragraph."""
        raise NotImplementedError

    def question_weights(self, question: str) -> np.ndarray:
        """(V,) float64: what each word is worth in a question."""
        raise NotImplementedError

    def scores(self, question: str) -> np.ndarray:
        """See `Method.scores`; 0 for paragraphs that share no word with the question."""
        return self.weights @ self.question_weights(question)

    def reasons(self, question: str, row: int) -> list[Reason]:
        """See `Method.reasons`: only words of the question count, each wherever it stands."""
        text, wanted = self.collection.passages[row].text, self.question_weights(question)
        weights = self.weights[row].toarray().ravel() * wanted
        places, number = content_words(text), self.collection.vocabulary
        counts = Counter(place.form for place in places)
        shares = ((place, float(weights[number[place.form]] / counts[place.form])) for place in places)
        return [Reason(text[place.start : place.end], place.start, place.end, share) for place, share in shares if share]


class TfIdf(WordMatch):
    """Cosine of TF-IDF vectors: counts times ln(N / paragraphs with the word), scaled to length 1.

    References
    ----------
    Sparck Jones 1972; Salton and Buckley 1988.
    """

    name = "tfidf"

    @cached_property
    def idf(self) -> np.ndarray:
        """(V,): the weight of each word."""
        return np.log(len(self.collection) / np.maximum(self.collection.frequency, 1))

    @cached_property
    def weights(self) -> csr_matrix:
        """(N, V) float64, each row of length 1, or 0 where no word weighs anything."""
        weights = self.collection.counts.multiply(self.idf).tocsr()
        lengths = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
        weights.data /= np.repeat(np.where(lengths > 0, lengths, 1.0), np.diff(weights.indptr))
        return weights

    def question_weights(self, question: str) -> np.ndarray:
        """The question as such a vector, of length 1."""
        weights = self.collection.vector(question) * self.idf
        return weights / max(np.linalg.norm(weights), 1e-12)


class Bm25(WordMatch):
    """Okapi BM25: each further occurrence of a word counts less, and long paragraphs are held back.

    Parameters
    ----------
    collection : Collection
    k1 : float
        How soon further occurrences stop counting; 0 counts a word once.
    b : float
        How far length counts: 0 not at all, 1 in full proportion.

    References
    ----------
    Robertson, Walker, Jones, Hancock-Beaulieu and Gatford: Okapi at TREC-3, 1994. The weight of a word is that of Lucene,
    ln(1 + (N - n + ½) / (n + ½)), which never falls below 0.
    """

    name = "bm25"

    def __init__(self, collection: Collection, k1: float = 1.2, b: float = 0.75) -> None:
        super().__init__(collection)
        self.k1, self.b = k1, b

    @cached_property
    def idf(self) -> np.ndarray:
        """(V,): the weight of each word."""
        n = self.collection.frequency
        return np.log1p((len(self.collection) - n + 0.5) / (n + 0.5))

    @cached_property
    def weights(self) -> csr_matrix:
        """(N, V) float64."""
        weights = self.collection.counts.copy()
        lengths = np.asarray(weights.sum(axis=1)).ravel()
        held_back = self.k1 * (1 - self.b + self.b * lengths / max(lengths.mean(), 1e-12))
        counts, row_lengths = weights.data, np.diff(weights.indptr)
        saturated = counts * (self.k1 + 1) / (counts + np.repeat(held_back, row_lengths))
        weights.data = saturated * self.idf[weights.indices]
        return weights

    def question_weights(self, question: str) -> np.ndarray:
        """How often each word stands in the question."""
        return self.collection.vector(question)
