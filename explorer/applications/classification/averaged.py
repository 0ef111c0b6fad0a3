"""A text as the mean of its words' GloVe vectors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import ClassVar

import numpy as np

from explorer.applications.classification.method import Learning, Weights
from explorer.applications.classification.regression import Linear, fit
from explorer.applications.classification.texts import Text
from explorer.embedding.installed import pretrained

PENALTY = 5.0
AT_ONCE = 200
_JOINTS = re.compile(r"['’-]")


class Averaged:
    """A logistic regression on the mean of the vectors; words that GloVe does not know are left out."""

    how: ClassVar[str] = "the word's vector · the label's weights, divided by the number of words"
    exact: ClassVar[bool] = True

    def __init__(self, linear: Linear, vocabulary: tuple[str, ...]) -> None:
        self.linear, self.vocabulary = linear, vocabulary

    @classmethod
    def learn(cls, texts: Sequence[Text], classes: np.ndarray, count: int, freedom: float) -> Learning[Averaged]:
        """Learned from texts and the numbers of their classes."""
        features = yield from means_of(texts)
        linear = yield from fit(features, classes, count, PENALTY * freedom)
        return cls(linear, words_in(texts))

    def scores(self, texts: Sequence[Text]) -> Learning[np.ndarray]:
        """Logits, float64 (n, classes)."""
        return self.linear.scores((yield from means_of(texts)))

    def contributions(self, text: Text, number: int) -> np.ndarray:
        """Exactly what each word adds."""
        vectors, known = vectors_of(text.words)
        return vectors @ self.linear.direction(number) / max(int(known.sum()), 1)

    def telling(self, number: int, most: int) -> list[tuple[str, float]]:
        """Of the words it learned from, those whose vectors speak most for a class."""
        vectors, _ = vectors_of(self.vocabulary)
        values = vectors @ self.linear.direction(number)
        return [(self.vocabulary[i], float(values[i])) for i in np.argsort(-values, kind="stable")[:most] if values[i] > 0]

    def weights(self) -> Weights:
        """What was learned."""
        return self.linear.arrays()


def words_in(texts: Iterable[Text]) -> tuple[str, ...]:
    """The different words, alphabetically."""
    return tuple(sorted({word for text in texts for word in text.words}))


def means_of(texts: Sequence[Text]) -> Learning[np.ndarray]:
    """float64 (n, 50): zeros where no word is known."""
    means = np.zeros((len(texts), pretrained().matrix.shape[1]))
    for start in range(0, len(texts), AT_ONCE):
        for row, text in enumerate(texts[start : start + AT_ONCE], start):
            vectors, known = vectors_of(text.words)
            means[row] = vectors.sum(axis=0) / max(int(known.sum()), 1)
        yield start / len(texts)
    return means


def vectors_of(words: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """GloVe's vectors, float64 (n, 50), zeros for words that it does not know; and which it knows, bool (n,).

    A word with a hyphen or an apostrophe that it does not know is the mean of its known parts.
    """
    glove = pretrained()
    rows = [_rows(word, glove.index) for word in words]
    vectors = np.zeros((len(words), glove.matrix.shape[1]))
    for i, found in enumerate(rows):
        if found:
            vectors[i] = glove.matrix[found].mean(axis=0)
    return vectors, np.array([bool(found) for found in rows], dtype=bool)


def _rows(word: str, index: dict[str, int]) -> list[int]:
    return [index[word]] if word in index else [index[part] for part in _JOINTS.split(word) if part in index]
