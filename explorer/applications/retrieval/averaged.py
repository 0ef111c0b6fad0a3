"""Search by averaged word vectors: a text is the mean of the vectors of its words, and like words count as well as equal ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from explorer.applications.retrieval.collection import Collection, content_words, forms
from explorer.applications.retrieval.ranking import Reason
from explorer.applications.retrieval.word_match import TfIdf


class AveragedVectors:
    """Cosine of mean GloVe vectors, in which rare words count more.

    Each word's vector is weighted by ln(N / paragraphs with the word), as in TF-IDF, and the mean of all paragraphs is
    taken away: what all texts have in common says nothing about one of them (Arora, Liang and Ma 2017 take away their
    main direction for the same reason).

    Parameters
    ----------
    collection : Collection
    """

    name = "glove"

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self._idf = TfIdf(collection).idf

    @cached_property
    def words(self) -> np.ndarray:
        """(V, d) float64: the vector of each word of the collection, times its weight; zeros for words unknown to GloVe."""
        return self._known(list(self.collection.vocabulary), self._idf)

    @cached_property
    def centre(self) -> np.ndarray:
        """(d,): the mean of all paragraphs' means."""
        return self._means.mean(axis=0)

    @cached_property
    def _totals(self) -> np.ndarray:
        return np.maximum(self.collection.counts @ (self.words.any(axis=1) * self._idf), 1e-12)

    @cached_property
    def _means(self) -> np.ndarray:
        return (self.collection.counts @ self.words) / self._totals[:, None]

    @cached_property
    def _centred(self) -> np.ndarray:
        return self._means - self.centre

    @cached_property
    def lengths(self) -> np.ndarray:
        """(N,): of the centred means."""
        return np.maximum(np.linalg.norm(self._centred, axis=1), 1e-12)

    def scores(self, question: str) -> np.ndarray:
        """See `Method.scores`: a cosine; NaN for a question of which GloVe knows no word."""
        wanted = self.question_vector(question)
        return np.full(len(self.collection), np.nan) if wanted is None else self._centred @ wanted / self.lengths

    def question_vector(self, question: str) -> np.ndarray | None:
        """(d,) float64 of length 1; None where no word is known."""
        words = forms(question)
        # A word that no paragraph has is as rare as can be.
        most = np.log(len(self.collection))
        number = self.collection.vocabulary
        weights = np.array([self._idf[number[word]] if word in number else most for word in words])
        vectors = self._known(words, weights)
        total = float(weights[vectors.any(axis=1)].sum()) if words else 0.0
        if not total:
            return None
        mean = vectors.sum(axis=0) / total - self.centre
        return mean / max(float(np.linalg.norm(mean)), 1e-12)

    def reasons(self, question: str, row: int) -> list[Reason]:
        """See `Method.reasons`; a word can speak against the paragraph, too."""
        passage, wanted = self.collection.passages[row], self.question_vector(question)
        if wanted is None:
            return []
        size = self._totals[row] * self.lengths[row]

        def share(form: str) -> float:
            i = self.collection.vocabulary[form]
            own = self._idf[i] if self.words[i].any() else 0.0
            return float((self.words[i] - own * self.centre) @ wanted / size)

        places = content_words(passage.text)
        return [Reason(passage.text[p.start : p.end], p.start, p.end, share(p.form)) for p in places]

    @staticmethod
    def _known(words: Sequence[str], weights: np.ndarray) -> np.ndarray:
        from explorer.embedding.sentence_vectors import borrowed_vectors

        vectors, _ = borrowed_vectors(dict.fromkeys(words, 1)) if words else (np.zeros((0, 50)), 0.0)
        place = {word: i for i, word in enumerate(dict.fromkeys(words))}
        return vectors[[place[word] for word in words]] * weights[:, None]
