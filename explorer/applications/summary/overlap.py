"""How much of one text's wording another has: ROUGE-like overlap of words and of pairs of words (Lin 2004)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from explorer.applications.summary.document import Document
from explorer.text.stop_words import stop_words

DRAWS = 200
"""Random summaries that a summary is held against."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """What a summary has in common with a reference.

    Attributes
    ----------
    recall, precision : float
        Share of the reference's words (or pairs of words) that the summary has, and of the summary's that the reference has.
    """

    recall: float
    precision: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


def overlap(summary: Sequence[str], reference: Sequence[str], n: int = 1) -> Overlap:
    """ROUGE-n: n-grams in common, each counted as often as in the text that has it more rarely. No stemming.

    Raises
    ------
    ValueError
        For n below 1.
    """
    if n < 1:
        raise ValueError("Overlap is counted of single words at least.")
    ours, theirs = _grams(summary, n), _grams(reference, n)
    shared = (ours & theirs).total()
    return Overlap(shared / max(theirs.total(), 1), shared / max(ours.total(), 1))


def _grams(words: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[i : i + n]) for i in range(len(words) - n + 1))


def cut(document: Document, order: Iterable[int], budget: int) -> list[str]:
    """The words of sentences in this order, broken off after so many: summaries of one length can be compared."""
    words: list[str] = []
    for i in order:
        if len(words) >= budget:
            break
        words += document.sentences[i].words[: budget - len(words)]
    return words


def measured(document: Document, order: Sequence[int], n: int = 1) -> float:
    """Overlap (F1) of a summary with the first paragraph, cut to as many words as that has; NaN for one without sentences.

    Of single words (n = 1) stop words are passed over on both sides: any English text has those in common.

    Raises
    ------
    ValueError
        When no paragraph was left out.
    """
    reference = document.reference_words
    if not reference:
        raise ValueError("There is no paragraph to compare with: it was not left out.")
    if not len(order):
        return float("nan")
    summary = cut(document, order, len(reference))
    if n == 1:
        common = stop_words()
        summary, reference = ([word for word in words if word not in common] for words in (summary, reference))
    return overlap(summary, reference, n).f1


def random_overlaps(document: Document, n: int = 1, draws: int = DRAWS, seed: int = 0) -> np.ndarray:
    """(draws,) what sentences in a random order score: the same draws for the same text and seed."""
    generator = np.random.default_rng(seed)
    count = len(document.sentences)
    return np.array([measured(document, generator.permutation(count).tolist(), n) for _ in range(draws)])
