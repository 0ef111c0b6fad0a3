"""Ask methods that have learned about one text: their answers, and what each word had to do with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from explorer.applications.classification.method import Classifier, Learning, run_through
from explorer.applications.classification.regression import softmax, towards
from explorer.applications.classification.texts import Text


@dataclass(frozen=True, eq=False)
class Answer:
    """What one method says.

    Attributes
    ----------
    size : int
        Labelled texts that it learned from.
    probabilities : (classes,) array
    contributions : (words,) array
        What each word adds to the answer's score above the mean of the others.
    how, exact
        As of the `Classifier`.
    """

    size: int
    probabilities: np.ndarray
    contributions: np.ndarray
    how: str
    exact: bool

    @property
    def number(self) -> int:
        """Of the label that it gives."""
        return int(self.probabilities.argmax())


def ask(models: Mapping[str, tuple[int, Classifier]], text: Text) -> dict[str, Answer]:
    """The answer of each method, by name; see `learning.restore`."""
    found = {}
    for name, (size, classifier) in models.items():
        probabilities = softmax(run_through(classifier.scores([text])))[0]
        contributions = classifier.contributions(text, int(probabilities.argmax()))
        found[name] = Answer(size, probabilities, contributions, classifier.how, classifier.exact)
    return found


def left_out(classifier: Classifier, text: Text, number: int) -> Learning[np.ndarray]:
    """By how much a class's score above the mean of the others falls when each word is left out, float64 (words,).

    References
    ----------
    Zeiler and Fergus 2014 (occlusion); Li, Monroe and Jurafsky 2016, Understanding neural networks through representation
    erasure.
    """
    texts = [text, *(text.without(i) for i in range(len(text.words)))]
    scores = towards((yield from classifier.scores(texts)), number)
    return scores[0] - scores[1:]


def agreement(one: np.ndarray, other: np.ndarray) -> float | None:
    """Pearson's correlation of two weightings of the same words; None where one of them does not vary, and there is none."""
    if len(one) < 2 or one.std() == 0 or other.std() == 0:
        return None
    return float(np.corrcoef(one, other)[0, 1])
