"""Words counted and weighted: TF-IDF, with a weight for each word and label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from explorer.applications.classification.method import Learning, Weights
from explorer.applications.classification.regression import Linear, fit
from explorer.applications.classification.texts import Text

PENALTY = 30.0
"""Scikit-learn's C."""
AT_ONCE = 400
"""Texts counted in one piece."""


def words_of(text: Text) -> Sequence[str]:
    """What is counted."""
    return text.words


class Counted:
    """Scikit-learn's `TfidfVectorizer`, counts damped to 1 + ln(count), and its `LogisticRegression`."""

    how: ClassVar[str] = "its weight for the word × how much of the text the word is"
    exact: ClassVar[bool] = True

    def __init__(self, vectorizer: TfidfVectorizer, linear: Linear) -> None:
        self._vectorizer, self.linear = vectorizer, linear

    @classmethod
    def learn(cls, texts: Sequence[Text], classes: np.ndarray, count: int, freedom: float) -> Learning[Counted]:
        """Learned from texts and the numbers of their classes."""
        vectorizer = counter_of(texts)
        yield 0.0
        features = vectorizer.transform(texts)
        yield 0.0
        linear = yield from fit(features, classes, count, PENALTY * freedom)
        return cls(vectorizer, linear)

    @property
    def vocabulary(self) -> list[str]:
        """The words it knows, in the order of the weights."""
        return self._vectorizer.get_feature_names_out().tolist()

    def scores(self, texts: Sequence[Text]) -> Learning[np.ndarray]:
        """Logits, float64 (n, classes)."""
        parts = [np.empty((0, len(self.linear.bias)))]
        for start in range(0, len(texts), AT_ONCE):
            parts.append(self.linear.scores(self._vectorizer.transform(texts[start : start + AT_ONCE])))
            yield start / len(texts)
        return np.concatenate(parts)

    def contributions(self, text: Text, number: int) -> np.ndarray:
        """Exactly what each word adds; a word that stands there twice shares it."""
        row, columns = self._vectorizer.transform([text]), self._vectorizer.vocabulary_
        direction = self.linear.direction(number)
        values = {word: row[0, columns[word]] * direction[columns[word]] for word in set(text.words) if word in columns}
        return np.array([values.get(word, 0.0) / text.words.count(word) for word in text.words])

    def telling(self, number: int, most: int) -> list[tuple[str, float]]:
        """The words that speak most for a class, with their weights above the mean of the others."""
        direction, words = self.linear.direction(number), self.vocabulary
        return [(words[i], float(direction[i])) for i in np.argsort(-direction, kind="stable")[:most] if direction[i] > 0]

    def weights(self) -> Weights:
        """What was learned; the vocabulary is that of the texts."""
        return self.linear.arrays()


def counter_of(texts: Sequence[Text]) -> TfidfVectorizer:
    """The vocabulary of these texts, and in how many of them each word stands."""
    return TfidfVectorizer(analyzer=words_of, sublinear_tf=True).fit(texts)
