"""What is measured of a text that a model wrote, and the same of real text it never read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from explorer.sequence.generation.repetition import N, repeated
from explorer.text.tokens import split_words

if TYPE_CHECKING:
    from explorer.sequence.pretraining.experiment import PretrainingExperiment

WINDOWS = 60
"""Stretches of real text that are measured."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What a text is like.

    Attributes
    ----------
    repeated : float
        Share of its runs of three words that it had said before; NaN below three words.
    unheard : float
        Share of its words that do not occur in the text the models learned from; NaN without words.
    words : int
    """

    repeated: float
    unheard: float
    words: int


class Yardstick:
    """A text's words, against which what models write is held.

    Parameters
    ----------
    training, held_out : str
        What the models learned from, and real text that they did not read.
    """

    def __init__(self, training: str, held_out: str) -> None:
        self._known = frozenset(split_words(training))
        self._held_out = held_out

    def measure(self, text: str) -> Measures:
        """Measure a text without its last word, which its end may have cut in two."""
        tokens = split_words(text)[:-1]
        words = [token for token in tokens if token[0].isalpha()]
        unheard = sum(word not in self._known for word in words) / len(words) if words else float("nan")
        return Measures(repeated(tokens) if len(tokens) >= N else float("nan"), unheard, len(words))

    def real(self, length: int) -> Measures:
        """The means over stretches of so many characters of real text that the models did not read."""
        last = max(len(self._held_out) - length, 0)
        starts = np.unique(np.linspace(0, last, WINDOWS).astype(int))
        found = [self.measure(_from_a_blank(self._held_out, start, length)) for start in starts]
        return Measures(
            _mean([one.repeated for one in found]), _mean([one.unheard for one in found]),
            round(_mean([one.words for one in found])),
        )  # fmt: skip


@lru_cache(maxsize=4)
def _yardstick(corpus: str, text: str) -> Yardstick:
    from explorer.sequence.pretraining.corpus import read_corpus
    from explorer.sequence.pretraining.experiment import PretrainingExperiment

    read = read_corpus(PretrainingExperiment(corpus=corpus, text=text))
    return Yardstick(read.training, read.held_out)


def yardstick(experiment: PretrainingExperiment) -> Yardstick:
    """The yardstick of an experiment's text (a second or two, the first time)."""
    return _yardstick(experiment.corpus, experiment.text if experiment.corpus == "own" else "")


def perplexity_per_character(bits: float) -> float:
    """Among how many equally likely letters so many bits per character choose."""
    return float(2.0 ** min(bits, 64.0))


def _from_a_blank(text: str, start: int, length: int) -> str:
    blank = text.find(" ", start) if start else 0
    return text[max(blank, 0) : max(blank, 0) + length]


def _mean(values: list[float]) -> float:
    known = [value for value in values if value == value]
    return sum(known) / len(known) if known else float("nan")


