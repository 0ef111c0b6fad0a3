"""Which article is this sentence from? Eight articles of the English Wikipedia."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.sequence.tasks.counting import counting_words
from explorer.sequence.tasks.recognition import spread
from explorer.sequence.tasks.task import HELD_OUT
from explorer.sequence.tasks.texts import Texts
from explorer.text.sentences import read_documents
from explorer.text.tokens import UNKNOWN_WORD, Vocabulary, split_words

ARTICLES = (
    "Abraham Lincoln", "Albania", "Alkali metal", "American Revolutionary War", "Amphibian", "Andre Agassi", "Apollo 8",
    "Aristotle",
)  # fmt: skip
"""Eight long articles about different things."""
TITLE = "<title>"
"""Stands for every word of the eight titles: the sentence has to be recognised by what it says."""
FEWEST, MOST = 5, 40
"""Tokens of a sentence; longer ones are cut."""
KNOWN = 2500
HELD_OUT_PART = 6


class Topics(Texts):
    """Sentences in words; every sixth is held out, and of these as many from each article are judged."""

    name = "topics"
    title = "Which article?"
    unit = "words and punctuation marks"
    labels = ARTICLES
    most_tokens = MOST
    example_hint = "he was elected president and the war began"
    answer_sentence = "the loss of the answer after the last word"

    def __init__(self, experiment: object = None) -> None:
        training, held_out = [], []
        for label, sentences in enumerate(read_sentences()):
            held_out += [(tokens, label) for tokens in spread(sentences[::HELD_OUT_PART], HELD_OUT // len(ARTICLES))]
            training += [(tokens, label) for i, tokens in enumerate(sentences) if i % HELD_OUT_PART]
        words = [word for tokens, _ in training for word in tokens]
        self._learn(Vocabulary.most_frequent(words, KNOWN, UNKNOWN_WORD), training, held_out)
        self.story = (
            f"The network reads a sentence word by word and says after the last from which of {len(ARTICLES)} Wikipedia "
            f"articles it is; the words of the titles are hidden as {TITLE}. A few telling words, remembered to the end, are "
            f"enough, and their order hardly matters: {counting_words(self)}"
        )

    def split(self, text: str) -> Sequence[str]:
        """Lower-case words and punctuation marks, words of the titles hidden."""
        return hide_titles(split_words(text))


def read_sentences() -> list[list[tuple[str, ...]]]:
    """The different sentences of each article, in order, as tokens."""
    documents = {document.title: document.sentences for document in read_documents("wikipedia")}
    seen: set[tuple[str, ...]] = set()
    return [list(_new(documents[title], seen)) for title in ARTICLES]


def _new(sentences: Sequence[str], seen: set[tuple[str, ...]]):
    for sentence in sentences:
        tokens = tuple(hide_titles(split_words(sentence))[:MOST])
        if len(tokens) >= FEWEST and tokens not in seen:
            seen.add(tokens)
            yield tokens


def hide_titles(tokens: Sequence[str]) -> list[str]:
    """The tokens, `TITLE` in place of a title's words, in the genitive too."""
    return [TITLE if token.removesuffix("'s").removesuffix("’s") in _TITLE_WORDS else token for token in tokens]


_TITLE_WORDS = {word for title in ARTICLES for word in title.lower().split()}
