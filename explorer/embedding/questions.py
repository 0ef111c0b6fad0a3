"""The analogy questions of Mikolov et al. (2013): 19,544 of them in 14 sections, and which of them a vocabulary can be asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from explorer.text.shipped import shipped

Question = tuple[str, str, str, str]
"""a is to b as c is to the fourth."""
TITLES = {
    "capital-common-countries": "Capitals, well-known",
    "capital-world": "Capitals, all",
    "currency": "Currencies",
    "city-in-state": "Cities in states",
    "family": "Family",
    "gram1-adjective-to-adverb": "Adjective to adverb",
    "gram2-opposite": "Opposites",
    "gram3-comparative": "Comparatives",
    "gram4-superlative": "Superlatives",
    "gram5-present-participle": "Present participles",
    "gram6-nationality-adjective": "Nationalities",
    "gram7-past-tense": "Past tense",
    "gram8-plural": "Plurals",
    "gram9-plural-verbs": "Verbs, third person",
}


class Section(NamedTuple):
    """Questions of one kind.

    Attributes
    ----------
    name : str
        As the file has it, e.g. "capital-world".
    questions : tuple of Question
    """

    name: str
    questions: tuple[Question, ...]

    @property
    def title(self) -> str:
        """In words."""
        return TITLES.get(self.name, self.name)

    @property
    def is_grammar(self) -> bool:
        """Whether it asks for word forms rather than for knowledge of the world."""
        return self.name.startswith("gram")


@lru_cache(maxsize=1)
def read_questions() -> tuple[Section, ...]:
    """All sections, in the order of the file. Words as they stand there, countries with capital letters."""
    sections: list[tuple[str, list[Question]]] = []
    text = shipped("gensim", "test", "test_data", "questions-words.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith(":"):
            sections.append((line[1:].strip(), []))
        elif line.strip():
            sections[-1][1].append(tuple(line.split()))
    return tuple(Section(name, tuple(questions)) for name, questions in sections)


@dataclass(frozen=True, eq=False)
class Asked:
    """One section looked up in a vocabulary.

    Attributes
    ----------
    name : str
    total : int
        Questions of the section.
    rows : numpy.ndarray, (covered, 4) int64
        Rows of a, b, c and the right answer, for the questions whose words are all there.
    spellings : dict of int to tuple of int
        For each of those rows every row with the same word in other case, itself included: "apple", "Apple", "APPLE".
    """

    name: str
    total: int
    rows: np.ndarray
    spellings: dict[int, tuple[int, ...]]


class Lookup:
    """Finds the words of questions in a vocabulary, a part of it at a time.

    A word stands for all its spellings in other case, and its vector is that of the first (most frequent) of them, as in
    gensim's ``evaluate_word_analogies``.
    """

    def __init__(self, sections: Sequence[Section]) -> None:
        self._upper = {word: word.upper() for section in sections for one in section.questions for word in one}
        self._places: dict[str, list[int]] = {key: [] for key in self._upper.values()}

    def read(self, words: Iterable[str], first: int = 0) -> None:
        """Take in the next words of the vocabulary, of which the first stands in row `first`."""
        for row, word in enumerate(map(str.upper, words), start=first):
            if word in self._places:
                self._places[word].append(row)

    def ask(self, section: Section) -> Asked:
        """The questions of a section whose words were all found."""
        found = [[self._places[self._upper[word]] for word in question] for question in section.questions]
        covered = [question for question in found if all(question)]
        rows = np.array([[places[0] for places in question] for question in covered], dtype=np.int64).reshape(-1, 4)
        spellings = {places[0]: tuple(places) for question in covered for places in question}
        return Asked(section.name, len(section.questions), rows, spellings)
