"""Questions whose answers are known: which paragraphs are right, and for answers which sentences."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from explorer.text.passages import Passage, passages

FILE = Path(__file__).parents[3] / "assets" / "questions.csv"
"""Our own questions; for those without an article the answer stands nowhere in the articles."""


class Place(NamedTuple):
    """A sentence: the number of its paragraph among `passages`, and its own number in it."""

    row: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what is known of its answer.

    Attributes
    ----------
    text : str
    article : str
        Title of the article that answers it; empty where none does.
    answers : tuple of str
        Ways to write the answer.
    clues : tuple of str
        Of these one has to stand in the same sentence, or the words of the answer say something else there; empty where
        that is not needed.
    """

    text: str
    article: str = ""
    answers: tuple[str, ...] = ()
    clues: tuple[str, ...] = ()

    @property
    def is_answerable(self) -> bool:
        """Whether the articles answer it."""
        return bool(self.article)

    def is_answered_by(self, sentence: str) -> bool:
        """Whether a sentence of its article answers it."""
        return bool(self.answers) and stands_in(self.answers, sentence) and (not self.clues or stands_in(self.clues, sentence))


def stands_in(phrases: tuple[str, ...], sentence: str) -> bool:
    """Whether one of the phrases stands in a sentence, as whole words."""
    return any(re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", sentence) for phrase in phrases)


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    """All of our questions: first those with an answer."""
    with FILE.open(encoding="utf-8", newline="") as stream:
        rows = [[row[name] for name in ("question", "article", "answer", "clue")] for row in csv.DictReader(stream)]
    found = [Question(text, article, _split(answer), _split(clue)) for text, article, answer, clue in rows]
    return tuple(sorted(found, key=lambda question: not question.is_answerable))


@lru_cache(maxsize=256)
def right_places(question: Question) -> tuple[Place, ...]:
    """The sentences that answer a question, in the order of the articles."""
    return tuple(
        Place(row, number)
        for row, passage in _of_article(question.article)
        for number, sentence in enumerate(passage.sentences)
        if question.is_answered_by(sentence)
    )


@lru_cache(maxsize=1)
def titles() -> tuple[Question, ...]:
    """Every title of an article as a question; all paragraphs of the article are right."""
    return tuple(Question(title, title) for title in dict.fromkeys(passage.title for passage in passages()))


def right_rows(question: Question) -> tuple[int, ...]:
    """The paragraphs that are right for a question: those with a sentence that answers it; for a title all of its article."""
    if not question.answers:
        return tuple(row for row, _ in _of_article(question.article))
    return tuple(dict.fromkeys(place.row for place in right_places(question)))


@lru_cache(maxsize=1)
def _articles() -> dict[str, list[tuple[int, Passage]]]:
    found: dict[str, list[tuple[int, Passage]]] = {}
    for row, passage in enumerate(passages()):
        found.setdefault(passage.title, []).append((row, passage))
    return found


def _of_article(title: str) -> list[tuple[int, Passage]]:
    return _articles().get(title, [])


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
