"""Next character: spelling, words and grammar from single letters."""

from __future__ import annotations

import math
from collections.abc import Sequence

from explorer.sequence.tasks.language import Language
from explorer.text.tokens import UNKNOWN_CHARACTER, Vocabulary

KNOWN = 96
"""Characters in the vocabulary; the rest of a real text (a few in ten thousand) is shown as �."""


class Characters(Language):
    """Predict each character of a text from the ones before it."""

    name = "characters"
    title = "Next character"
    unit = "characters"
    metric = "bits per character"
    story = (
        "The network reads real text letter by letter and says at each letter which comes next. "
        "To close a word, a bracket or a sentence it must remember how it began."
    )
    answer_sentence = "the loss at the last character"
    example_hint = "The history of "
    joiner = ""
    after_stop = 2

    def split(self, text: str) -> Sequence[str]:
        """Each character by itself."""
        return text

    def choose(self, tokens: Sequence[str], experiment: object) -> Vocabulary:
        """The most frequent characters."""
        return Vocabulary.most_frequent(tokens, KNOWN, UNKNOWN_CHARACTER)

    def measure(self, loss: float) -> float:
        """Bits per character: nats over ln 2."""
        return loss / math.log(2)

    def say(self, score: float) -> str:
        """The score with its unit."""
        return f"{score:.3g} bits per character"
