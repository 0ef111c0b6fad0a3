"""Good or bad? Sentences from film reviews, or texts of one's own with a label each."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from explorer.sequence.tasks.counting import counting_words
from explorer.sequence.tasks.recognition import spread
from explorer.sequence.tasks.task import HELD_OUT
from explorer.sequence.tasks.texts import Labelled, Texts
from explorer.text.labelled import check_labelled
from explorer.text.shipped import shipped
from explorer.text.tokens import UNKNOWN_WORD, Vocabulary, split_words

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment

REVIEWS = ("test", "test_data", "pang_lee_polarity.cor")
MARKS = {"__label__neg": "negative", "__label__pos": "positive"}
MOST = 60
"""Tokens of a text; of longer ones the rest is left out."""
KNOWN = 2000
"""Most words that are known: of those that occur at least twice in the training texts."""
HELD_OUT_PART, HELD_OUT_SEED = 4, 0


class Sentiment(Texts):
    """A fourth of the texts of each label is held out, picked at random; a text that occurs again counts once.

    References
    ----------
    Pang and Lee 2005, Seeing stars: exploiting class relationships for sentiment categorization with respect to rating
    scales; 200 of its 10,662 labelled sentences ship inside gensim.
    """

    fields: ClassVar[tuple[str, ...]] = ("opinions", "reviews")
    name = "sentiment"
    title = "Good or bad review?"
    unit = "words and punctuation marks"
    most_tokens = MOST
    example_hint = "a funny film with a heart"
    answer_sentence = "the loss of the answer after the last word"

    @classmethod
    def key(cls, experiment: SequenceExperiment) -> tuple[Hashable, ...]:
        """Own texts count only where they are read."""
        return (experiment.opinions, experiment.reviews if experiment.opinions == "own" else ())

    @classmethod
    def weight(cls, experiment: SequenceExperiment) -> float:
        """Own texts, which are part of the key, and their tokens as numbers."""
        own = experiment.reviews if experiment.opinions == "own" else ()
        return float(sum(sys.getsizeof(text) for text, _ in own) + 8 * MOST * len(own))

    def __init__(self, experiment: SequenceExperiment) -> None:
        reviews = experiment.reviews if experiment.opinions == "own" else read_reviews()
        if not reviews:
            raise ValueError("There are no texts of your own yet: open a .csv file with the columns text and label.")
        different = self._different(reviews)
        check_labelled([(" ".join(tokens), label) for tokens, label in different.items()])
        self.labels = tuple(sorted(set(different.values())))
        training, held_out = self._parted(different)
        counts = Counter(word for tokens, _ in training for word in tokens)
        words = [word for tokens, _ in training for word in tokens if counts[word] > 1]
        self._learn(Vocabulary.most_frequent(words, KNOWN, UNKNOWN_WORD), training, spread(held_out, HELD_OUT))
        self.story = self._story(experiment.opinions == "own")

    def split(self, text: str) -> Sequence[str]:
        """Lower-case words and punctuation marks."""
        return split_words(text)

    def _different(self, reviews: Sequence[tuple[str, str]]) -> dict[tuple[str, ...], str]:
        """The label of each text, in tokens; of texts that are read alike the first counts."""
        label_of: dict[tuple[str, ...], str] = {}
        for text, label in reviews:
            label_of.setdefault(tuple(self.split(text)[:MOST]), label)
        return label_of

    def _parted(self, label_of: dict[tuple[str, ...], str]) -> tuple[Labelled, Labelled]:
        """Texts to learn from and texts held out, label by label."""
        training, held_out = [], []
        for number, label in enumerate(self.labels):
            texts = [tokens for tokens, its in label_of.items() if its == label]
            # In no order of theirs: lists are often sorted, or go round and round.
            mixed = np.random.default_rng(HELD_OUT_SEED).permutation(len(texts))
            cut = len(texts) // HELD_OUT_PART
            held_out += [(texts[i], number) for i in mixed[:cut]]
            training += [(texts[i], number) for i in mixed[cut:]]
        return training, held_out

    def _story(self, own: bool) -> str:
        what = f"whether it is {' or '.join(self.labels)}" if len(self.labels) == 2 else "which label it has"
        memory = (
            "What was read early has to be remembered until the end."
            if own
            else "“Not” turns round what comes after it, so that a word has to be remembered until the one it belongs to."
        )
        return (
            f"The network reads a text word by word and says after the last {what}. {memory} It learns from "
            f"{len(self.training):,} texts and is judged on {len(self.held_out())}: chance has a part in such a score, which is "
            f"why a range is shown beside it. For comparison, {counting_words(self)}"
        )


def read_reviews() -> tuple[tuple[str, str], ...]:
    """The 200 labelled sentences: text and "positive" or "negative"."""
    lines = shipped("gensim", *REVIEWS).read_text(encoding="latin-1").splitlines()
    marked = (line.partition(" ") for line in lines if line.strip())
    return tuple((text.strip(), MARKS[mark]) for mark, _, text in marked)
