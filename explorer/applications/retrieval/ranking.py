"""What all methods of search share: a score for every paragraph, and the words from which it comes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

METHODS = {"tfidf": "TF-IDF", "bm25": "BM25", "glove": "Averaged GloVe", "minilm": "MiniLM"}
"""The four ways, in the order in which they were invented: 1972, 1994, about 2014, 2020."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A word of a paragraph, and what it adds to the score.

    Attributes
    ----------
    word : str
        As it stands there; "separators" for what the two separators of a contextual model hold.
    start, end : int
        Where in the paragraph; (0, 0) for what stands outside its text.
    share : float
        Its part of the score: the parts of all words add up to the score.
    """

    word: str
    start: int
    end: int
    share: float


class Method(Protocol):
    """One way to search."""

    name: str

    def scores(self, question: str) -> np.ndarray:
        """(N,) float64: how well each paragraph fits; NaN throughout where the method cannot say anything."""

    def reasons(self, question: str, row: int) -> list[Reason]:
        """From which words of a paragraph its score comes; they add up to it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A paragraph that was found: its number in the collection, its rank from 1, and its score."""

    row: int
    rank: int
    score: float


def ranked(scores: np.ndarray, most: int) -> list[Found]:
    """The best paragraphs, at most so many; equal scores in the order of the collection.

    Paragraphs with a score of 0 or less were not found: nothing of the question is in them.
    """
    best = np.argsort(-scores, kind="stable")[:most]
    return [Found(int(row), rank, float(scores[row])) for rank, row in enumerate(best, 1) if scores[row] > 0]


def rank_of(scores: np.ndarray, right: Iterable[int]) -> int:
    """The rank from 1 of the first right paragraph; 0 where none of them was found.

    Equal scores are in the order of the collection, as in `ranked`.
    """
    rows = [row for row in right if scores[row] > 0]
    if not rows:
        return 0
    best = max(rows, key=lambda row: (scores[row], -row))
    return 1 + int((scores > scores[best]).sum() + (scores[:best] == scores[best]).sum())
