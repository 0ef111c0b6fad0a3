"""Which words of a sentence answer: those near the partners that the question's words find there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from explorer.applications.answering.kinds import Span
from explorer.applications.answering.sentences import Word

REACH = 6.0
"""Words after which the pull of a partner has fallen to a third."""
ALIKE = 0.35
"""A word of the sentence is a partner from this cosine on."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of the question: how it is written in lower case, its weight (rare words weigh more), and its state."""

    form: str
    weight: float
    state: np.ndarray


def partners(asked: Sequence[Asked], words: Sequence[Word], text: str) -> np.ndarray:
    """How well each word of a sentence (column) fits each word of the question (row): 1 for the same word, else a cosine.

    Returns
    -------
    numpy.ndarray
        (questions, words) from 0 to 1; 0 below `ALIKE`.
    """
    if not asked or not words:
        return np.zeros((len(asked), len(words)))
    cosines = np.stack([one.state for one in asked]) @ np.stack([word.state for word in words]).T
    same = np.array([[text[word.start : word.end].lower() == one.form for word in words] for one in asked])
    return np.where(same, 1.0, np.where(cosines >= ALIKE, cosines, 0.0))


def closeness(spans: Sequence[Span], asked: Sequence[Asked], words: Sequence[Word], text: str) -> np.ndarray:
    """For each candidate how near it stands to the partners of the question's words, from 0 to 1.

    A partner at a distance of n words counts exp(-n / `REACH`) of its fit, and the best one of each word of the question
    counts; words inside the candidate are no partners. The mean is weighted as the question's words are.

    Parameters
    ----------
    spans : sequence of Span
        With places in `text`.
    words : sequence of Word
        Of the sentence, in order.
    """
    fit = partners(asked, words, text)
    weights = np.array([one.weight for one in asked])
    total = max(float(weights.sum()), 1e-12)
    scores = np.zeros(len(spans))
    for i, span in enumerate(spans):
        inside = np.array([word.start < span.end and word.end > span.start for word in words], dtype=bool)
        if not inside.any() or not len(asked):
            continue
        places = np.flatnonzero(inside)
        distance = np.maximum(np.maximum(places[0] - np.arange(len(words)), np.arange(len(words)) - places[-1]), 0)
        pull = np.where(inside, 0.0, np.exp(-(distance - 1) / REACH))
        scores[i] = float(weights @ (fit * pull).max(axis=1)) / total
    return scores


def asked_words(question: Sequence[tuple[str, Word]], weight: Callable[[str], float]) -> tuple[Asked, ...]:
    """The words of a question that carry a subject, each with its weight."""
    return tuple(Asked(form, weight(form), word.state) for form, word in question)
