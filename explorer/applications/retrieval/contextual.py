"""Search by a contextual model: question and paragraph are each read as a whole, and their vectors compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from explorer.applications.retrieval.collection import QUESTION_LIMIT, Collection
from explorer.applications.retrieval.ranking import Reason

if TYPE_CHECKING:
    from explorer.applications.contextual.encoder import ContextualModel, Reading

class Contextual:
    """Cosine of the vectors of a model that was trained to bring questions near their answers (Reimers and Gurevych 2019).

    Parameters
    ----------
    collection : Collection
    vectors : numpy.ndarray
        (N, d) float32, each of length 1: of the paragraphs, computed before.
    model : ContextualModel
        Reads the question.
    """

    name = "minilm"

    def __init__(self, collection: Collection, vectors: np.ndarray, model: ContextualModel) -> None:
        self.collection, self.vectors, self.model = collection, vectors, model

    def question_vector(self, question: str) -> np.ndarray:
        """(d,) float32 of length 1."""
        return self.model.sentences([question[:QUESTION_LIMIT]])[0]

    def scores(self, question: str) -> np.ndarray:
        """See `Method.scores`: a cosine; NaN for a question without a word."""
        if not any(map(str.isalnum, question)):
            return np.full(len(self.collection), np.nan)
        return (self.vectors @ self.question_vector(question)).astype(np.float64)

    def reasons(self, question: str, row: int) -> list[Reason]:
        """See `Method.reasons`. A paragraph's vector is the mean of the states of its subwords, so each adds its part.

        The states know of one another, so a part says where in the text the model holds what fits, not which word alone did
        it. What the two separators hold is given as the word "separators". The parts add up to the cosine that the model
        gives now, which differs from the shipped one by its rounding.
        """
        text, wanted = self._readable(self.collection.passages[row].text), self.question_vector(question)
        reading = self.model.read(text)
        states = reading.hidden[-1].astype(np.float64)
        length = np.linalg.norm(states.mean(axis=0)) * len(states)
        shares = states @ wanted / max(length, 1e-12)
        return _by_word(text, reading, shares)

    def _readable(self, text: str) -> str:
        """As much of a text as the model reads at once; not every script has blanks at which to cut it."""
        while len(self.model.pieces(text)) > self.model.positions - 2:
            shorter = len(text) * 19 // 20
            text = text[: max(text.rfind(" ", shorter * 9 // 10, shorter), 0) or shorter]
        return text


def _by_word(text: str, reading: Reading, shares: np.ndarray) -> list[Reason]:
    spans: dict[int, tuple[int, int, float]] = {}
    outside = 0.0
    for word, (start, end), share in zip(reading.words, reading.spans, shares, strict=True):
        if word is None:
            outside += float(share)
            continue
        first, _, so_far = spans.get(word, (start, end, 0.0))
        spans[word] = (first, end, so_far + float(share))
    found = [Reason(text[start:end], start, end, share) for start, end, share in spans.values()]
    return [*found, Reason("separators", 0, 0, outside)]
