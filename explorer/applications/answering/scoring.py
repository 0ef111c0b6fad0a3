"""Whether an answer is right: the same words, some of the words, the right sentence, or rightly none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from explorer.applications.answering.reader import Answer
from explorer.applications.retrieval.questions import Question, right_places

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an answer compares with what is known.

    Attributes
    ----------
    paragraph : bool
        Whether a paragraph that answers was among those read.
    sentence : bool
        Whether the marked sentence answers.
    exact : bool
        Whether the marked words are the answer, but for articles, case and punctuation.
    overlap : float
        F1 of their words with those of the nearest way to write the answer (Rajpurkar et al. 2016).
    """

    paragraph: bool
    sentence: bool
    exact: bool
    overlap: float


def judge(question: Question, answer: Answer) -> Verdict:
    """Compare; all is false for a question that the articles do not answer."""
    places = right_places(question) if question.is_answerable else ()
    rows = {place.row for place in places}
    marked = answer.sentence
    sentence = marked is not None and (marked.row, marked.number) in places
    return Verdict(
        paragraph=any(one.row in rows for one in answer.paragraphs),
        sentence=sentence,
        exact=any(same_words(answer.text, known) for known in question.answers),
        overlap=max((shared_words(answer.text, known) for known in question.answers), default=0.0),
    )


def plain_words(text: str) -> list[str]:
    """The words of an answer without articles, case and punctuation."""
    return re.sub(r"[^\w\s]", "", _ARTICLES.sub(" ", text.lower())).split()


def same_words(one: str, other: str) -> bool:
    """Whether two answers are the same ("exact match" of SQuAD)."""
    return plain_words(one) == plain_words(other)


def shared_words(one: str, other: str) -> float:
    """F1 of the words of two answers: the harmonic mean of the shares that are common."""
    first, second = plain_words(one), plain_words(other)
    common = _common(first, second)
    return 2 * common / (len(first) + len(second)) if common else 0.0


def _common(first: Iterable[str], second: Iterable[str]) -> int:
    return (Counter(first) & Counter(second)).total()
