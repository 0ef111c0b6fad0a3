"""Next word: the same as next character, with words and a capped vocabulary."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from explorer.sequence.tasks.language import Language, perplexity
from explorer.sequence.tasks.task import Batch
from explorer.text.tokens import UNKNOWN_WORD, Vocabulary, split_words

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment


class Words(Language):
    """Predict each word or punctuation mark of a text from the ones before it."""

    fields = (*Language.fields, "vocabulary")
    name = "words"
    title = "Next word"
    unit = "words and punctuation marks"
    metric = "perplexity"
    story = (
        "The network reads real text word by word and says at each word which comes next. "
        "Words outside the vocabulary are read, and predicted, as <unknown>. "
        "What the sentence is about has to be remembered from its beginning."
    )
    answer_sentence = "the loss at the last word"
    example_hint = "the war of the"
    joiner = " "

    def split(self, text: str) -> Sequence[str]:
        """Lower-case words and punctuation marks."""
        return split_words(text)

    def choose(self, tokens: Sequence[str], experiment: SequenceExperiment) -> Vocabulary:
        """The most frequent words, as many as the experiment knows."""
        return Vocabulary.most_frequent(tokens, experiment.vocabulary, UNKNOWN_WORD)

    def measure(self, loss: float) -> float:
        """Perplexity: e to the loss."""
        return perplexity(loss)

    def pooled_score(self, parts: Sequence[tuple[float, Batch]]) -> float:
        """Perplexities pool as their logarithms do."""
        return perplexity(super().pooled_score([(math.log(score), batch) for score, batch in parts]))

    def say(self, score: float) -> str:
        """The score with its unit."""
        return f"a perplexity of {score:.3g}"
