"""The paragraphs that are searched, and the words that stand in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from explorer.text.passages import Passage, passages
from explorer.text.stop_words import stop_words
from explorer.text.words import cut_words, is_word, token_spans

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix  # heavy: pages read this before anything heavy is loaded

OWN_LIMIT = 200
"""Paragraphs of a visitor's own text that are searched; to read one with the contextual model takes some 50 ms."""
LONGEST_PARAGRAPH = 1_500
"""Characters after which an own paragraph is cut, at the end of a sentence if there is one: the contextual model reads 510 subwords."""
QUESTION_LIMIT = 200
"""Characters of a question that are looked at."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that carries a subject, and where it stands in its text."""

    form: str
    start: int
    end: int


def content_words(text: str) -> list[Word]:
    """The words and numbers of a text in lower case, without those that carry grammar only (`stop_words`)."""
    small, written = stop_words(), text.replace("’", "'")
    found = ((written[start:end], start, end) for start, end in token_spans(text))
    lower = ((form.lower(), start, end) for form, start, end in found if is_word(form))
    return [Word(form, start, end) for form, start, end in lower if form not in small]


def forms(text: str) -> list[str]:
    """The forms of `content_words`, without their places, in a third of the time."""
    small = stop_words()
    lower = (form.lower() for form in cut_words(text) if is_word(form))
    return [form for form in lower if form not in small]


@dataclass(frozen=True, eq=False)
class Collection:
    """Paragraphs with their words, N of them; V different words.

    Attributes
    ----------
    name : str
        What it is called on a page.
    passages : tuple of Passage
    """

    name: str
    passages: tuple[Passage, ...]

    def __len__(self) -> int:
        return len(self.passages)

    @cached_property
    def documents(self) -> tuple[tuple[str, ...], ...]:
        """The content words of each paragraph; titles are not searched, by no method."""
        return tuple(tuple(forms(passage.text)) for passage in self.passages)

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """Number of each word, in the order of first sight."""
        words = dict.fromkeys(word for document in self.documents for word in document)
        return {word: i for i, word in enumerate(words)}

    @cached_property
    def counts(self) -> csr_matrix:
        """(N, V) float64: how often each word stands in each paragraph."""
        from explorer.embedding.documents import count_terms

        return count_terms(self.documents, list(self.vocabulary))

    @cached_property
    def frequency(self) -> np.ndarray:
        """(V,) int64: in how many paragraphs each word stands."""
        return np.bincount(self.counts.indices, minlength=len(self.vocabulary))

    def vector(self, question: str) -> np.ndarray:
        """(V,) float64: how often each word of the vocabulary stands in a question."""
        found = [self.vocabulary[word] for word in forms(question[:QUESTION_LIMIT]) if word in self.vocabulary]
        return np.bincount(np.array(found, dtype=np.int64), minlength=len(self.vocabulary)).astype(np.float64)


@lru_cache(maxsize=1)
def wikipedia_collection() -> Collection:
    """The paragraphs of the Wikipedia articles."""
    return Collection("Wikipedia", passages())


def own_collection(text: str) -> Collection:
    """The first paragraphs of a visitor's text, each line one; long ones are cut between sentences.

    Raises
    ------
    ValueError
        When there is no paragraph with a word in it.
    """
    pieces = (piece for line in text.splitlines() for piece in _pieces(line.strip()) if forms(piece))
    found = list(islice(pieces, OWN_LIMIT))
    if not found:
        raise ValueError("There is no paragraph to search. Paste a text with a few sentences; each line is a paragraph.")
    return Collection("Your text", tuple(Passage("Your text", i, piece) for i, piece in enumerate(found)))


def _pieces(line: str) -> list[str]:
    from explorer.text.splitting import split_sentences

    pieces = [""]
    for sentence in (part for whole in split_sentences(line) for part in _parts(whole)):
        if pieces[-1] and len(pieces[-1]) + len(sentence) > LONGEST_PARAGRAPH:
            pieces.append("")
        pieces[-1] = f"{pieces[-1]} {sentence}".strip()
    return pieces


def _parts(sentence: str) -> Iterator[str]:
    """A sentence, cut where it is too long for a paragraph: after a blank, where there is one."""
    while len(sentence) > LONGEST_PARAGRAPH:
        end = sentence.rfind(" ", LONGEST_PARAGRAPH // 2, LONGEST_PARAGRAPH) + 1 or LONGEST_PARAGRAPH
        yield sentence[:end].strip()
        sentence = sentence[end:]
    yield sentence
