"""From a question to a marked answer: paragraphs, sentences, words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from explorer.applications.answering.closeness import Asked, closeness
from explorer.applications.answering.fitness import fitness
from explorer.applications.answering.kinds import Kind, Span, candidates, kind_of
from explorer.applications.answering.sentences import ReadText, read_text
from explorer.applications.retrieval.collection import Collection, content_words, forms
from explorer.applications.retrieval.contextual import Contextual
from explorer.applications.retrieval.ranking import Found, Method, ranked
from explorer.applications.retrieval.word_match import Bm25
from explorer.sequence.pace import Slices, run_through

PARAGRAPHS = 5
"""Paragraphs that are read for a question."""
WORDS_COUNT = 0.01
"""What a point of BM25 counts beside the cosine of MiniLM when paragraphs are sought."""
OVERLAP_COUNTS = 0.2
"""What the share of the question's words in a sentence counts beside its cosine."""
TITLE_COUNTS = 0.5
"""What a word of the question counts that stands in the title of the article, not in the sentence."""
LIKELY = 4
"""Sentences in which words are sought."""
CLOSENESS_COUNTS, FITNESS_COUNTS = 0.25, 0.25
"""What closeness, and how well words suit the kind, count beside the score of the sentence."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that may answer.

    Attributes
    ----------
    row, number : int
        Of its paragraph in the collection, and its own in it, from 0.
    start, end : int
        Where in the paragraph.
    text : str
    cosine, overlap : float
        With the question; share of the question's words, weighted, that stand in it or in the title.
    score : float
        cosine + `OVERLAP_COUNTS` × overlap.
    """

    row: int
    number: int
    start: int
    end: int
    text: str
    cosine: float
    overlap: float
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may be the answer.

    Attributes
    ----------
    sentence : int
        Which of `Answer.sentences` they stand in.
    span : Span
        With places in that sentence.
    closeness, fitness : float
        How near they stand to what was asked, and how well they suit the kind of answer.
    score : float
        The sentence's, with both of these.
    """

    sentence: int
    span: Span
    closeness: float
    fitness: float
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What was found for a question.

    Attributes
    ----------
    question : str
    kind : str
        Of the words that are sought.
    paragraphs : tuple of Found
        Those that were read, the best first.
    sentences : tuple of Sentence
        Theirs, the best first.
    candidates : tuple of Candidate
        The best first.
    evidence : dict of str to float
        What confidence is computed from; see `EVIDENCE`.
    """

    question: str
    kind: Kind
    paragraphs: tuple[Found, ...]
    sentences: tuple[Sentence, ...]
    candidates: tuple[Candidate, ...]
    evidence: Mapping[str, float]

    @property
    def sentence(self) -> Sentence | None:
        """The one that is marked: that of the best candidate, else the best."""
        if self.candidates:
            return self.sentences[self.candidates[0].sentence]
        return self.sentences[0] if self.sentences else None

    @property
    def text(self) -> str:
        """The words that are marked; without any the sentence."""
        if self.candidates:
            return self.candidates[0].span.text
        return self.sentences[0].text if self.sentences else ""


EVIDENCE = {
    "cosine": "sentence near the question",
    "said": "the question's words stand in it",
    "fit": "paragraph near the question",
    "closeness": "marked words near those words",
    "lead": "ahead of other articles",
}
"""What confidence is computed from, in words."""


class Reader:
    """Answers questions from a collection.

    Parameters
    ----------
    methods : mapping
        The ways to search the collection, as `retrieval.library` makes them.
    """

    def __init__(self, methods: Mapping[str, Method]) -> None:
        self._words: Bm25 = methods["bm25"]  # type: ignore[assignment]
        self._context: Contextual = methods["minilm"]  # type: ignore[assignment]
        self.collection: Collection = self._words.collection
        self.read = lru_cache(maxsize=64)(self._read)

    def answer(self, question: str) -> Answer:
        """Find paragraphs, sentences and words; some 300 ms.

        Raises
        ------
        ValueError
            When there is no word in the question.
        """
        return run_through(self.answer_slices(question))

    def answer_slices(self, question: str) -> Slices[Answer]:
        """The same, with a pause after each paragraph that is read."""
        asked = self._asked(question)
        yield None
        vector, paragraphs = self._search(question)
        for one in paragraphs:
            self.read(one.row)
            yield None
        sentences = self._sentences(asked, vector, paragraphs)
        kind = kind_of(question)
        found = self._candidates(question, kind, asked, sentences)
        return Answer(question, kind, paragraphs, sentences, found, self._evidence(paragraphs, sentences, found))

    def _read(self, row: int) -> ReadText:
        return read_text(self._context.model, self.collection.passages[row].text)

    def _asked(self, question: str) -> tuple[Asked, ...]:
        """The question's words, as the model reads them in it."""
        read = read_text(self._context.model, question)
        states = {word.start: word.state for word in read.words}
        return tuple(
            Asked(word.form, self._weight(word.form), states[word.start]) for word in content_words(question) if word.start in states
        )

    def _weight(self, form: str) -> float:
        number = self.collection.vocabulary.get(form)
        return float(np.log1p(2 * len(self.collection)) if number is None else self._words.idf[number])

    def _search(self, question: str) -> tuple[np.ndarray, tuple[Found, ...]]:
        vector = self._context.question_vector(question).astype(np.float64)
        cosines = self._context.vectors @ vector
        return vector, tuple(ranked(cosines + WORDS_COUNT * self._words.scores(question), PARAGRAPHS))

    def _sentences(self, asked: tuple[Asked, ...], vector: np.ndarray, paragraphs: tuple[Found, ...]) -> tuple[Sentence, ...]:
        found = [sentence for one in paragraphs for sentence in self._sentences_of(one.row, asked, vector)]
        return tuple(sorted(found, key=lambda sentence: -sentence.score))

    def _sentences_of(self, row: int, asked: tuple[Asked, ...], vector: np.ndarray) -> list[Sentence]:
        read, title = self.read(row), set(forms(self.collection.passages[row].title))
        made = []
        for number, ((start, end), own) in enumerate(zip(read.bounds, read.vectors, strict=True)):
            text = read.text[start:end]
            overlap, cosine = share_said(asked, set(forms(text)), title), float(own @ vector)
            made.append(Sentence(row, number, start, end, text, cosine, overlap, cosine + OVERLAP_COUNTS * overlap))
        return made

    def _candidates(
        self, question: str, kind: Kind, asked: tuple[Asked, ...], sentences: tuple[Sentence, ...]
    ) -> tuple[Candidate, ...]:
        found = []
        for place, sentence in enumerate(sentences[:LIKELY]):
            spans = candidates(sentence.text, kind, question)
            words = [word for word in self.read(sentence.row).words if sentence.start <= word.start < sentence.end]
            moved = [Span(span.start + sentence.start, span.end + sentence.start, span.text) for span in spans]
            near = closeness(moved, asked, words, self.read(sentence.row).text)
            for span, close in zip(spans, near.tolist(), strict=True):
                suits = fitness(span, sentence.text, kind, question)
                score = sentence.score + CLOSENESS_COUNTS * close + FITNESS_COUNTS * suits
                found.append(Candidate(place, span, close, suits, score))
        best: dict[str, Candidate] = {}
        for one in sorted(found, key=lambda one: (-one.score, -len(one.span.text))):
            best.setdefault(one.span.text, one)  # of equal words the best place
        return tuple(best.values())

    def _evidence(
        self, paragraphs: tuple[Found, ...], sentences: tuple[Sentence, ...], found: tuple[Candidate, ...]
    ) -> dict[str, float]:
        if not sentences:
            return dict.fromkeys(EVIDENCE, 0.0)
        chosen = sentences[found[0].sentence if found else 0]
        title = self.collection.passages[chosen.row].title
        others = [one.score for one in sentences if self.collection.passages[one.row].title != title]
        scores = {one.row: one.score for one in paragraphs}
        return {
            "cosine": chosen.cosine,
            "said": chosen.overlap,
            "fit": scores[chosen.row],
            "closeness": found[0].closeness if found else 0.0,
            "lead": chosen.score - max(others, default=0.0),
        }


def share_said(asked: tuple[Asked, ...], said: set[str], titled: set[str]) -> float:
    """Which share of the question's words, by weight, is said; in the title alone a word counts `TITLE_COUNTS`."""
    total = sum(one.weight for one in asked)
    found = sum(one.weight * (1.0 if one.form in said else TITLE_COUNTS * (one.form in titled)) for one in asked)
    return found / total if total else 0.0
