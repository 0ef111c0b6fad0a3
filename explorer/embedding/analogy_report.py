"""What an analogy test came to: section by section, with coverage, intervals and every wrong answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from explorer.embedding.questions import TITLES, Question

Method = Literal["add", "mul"]


class Answers(NamedTuple):
    """One answer to each covered question of a section.

    Attributes
    ----------
    given : numpy.ndarray, (q,) int32
        Rows of the answers.
    ranks : numpy.ndarray, (q,) int32
        Rank of the right answer; 1 where it was given.
    """

    given: np.ndarray
    ranks: np.ndarray

    @property
    def correct(self) -> int:
        """Right answers."""
        return int((self.ranks == 1).sum())


class Miss(NamedTuple):
    """A question that was answered wrongly: what was given instead, and at which rank the right answer came."""

    question: Question
    given: str
    rank: int


@dataclass(frozen=True, eq=False)
class SectionScore:
    """How a section was answered.

    Attributes
    ----------
    name : str
    total : int
        Questions of the section; those with a word that has no vector were not asked.
    rows : numpy.ndarray, (q, 4) int64
        Rows of a, b, c and the right answer of each question asked.
    excluding, including : Answers
        When the question's own words are no answers, and when they are.
    nearest : Answers
        Of the baseline that ignores a and b: the word nearest to c that is not in the question. Its ranks are 1 for
        right and 0 for wrong.
    """

    name: str
    total: int
    rows: np.ndarray
    excluding: Answers
    including: Answers
    nearest: Answers

    @property
    def title(self) -> str:
        """In words."""
        return TITLES.get(self.name, self.name)

    @property
    def covered(self) -> int:
        """Questions that were asked."""
        return len(self.rows)

    def arrays(self) -> dict[str, np.ndarray]:
        """All of it but the name, as arrays; see `from_arrays`."""
        answers = {f"{kind}/{name}": getattr(getattr(self, kind), name) for kind in KINDS for name in Answers._fields}
        return {"rows": self.rows, "total": np.array([self.total]), **answers}

    @classmethod
    def from_arrays(cls, name: str, arrays: Mapping[str, np.ndarray]) -> SectionScore:
        """A section as its arrays say."""
        answers = {kind: Answers(*(arrays[f"{kind}/{part}"] for part in Answers._fields)) for kind in KINDS}
        return cls(name, int(arrays["total"][0]), arrays["rows"], **answers)


KINDS = ("excluding", "including", "nearest")


@dataclass(frozen=True, eq=False)
class AnalogyReport:
    """An analogy test, complete or under way.

    Attributes
    ----------
    method : {"add", "mul"}
    exclude : bool
        Whether the question's own words are no answers: what `correct` counts and `misses` lists.
    sections : tuple of SectionScore
        Those that are complete.
    done : float
        Share of all the work that is done, 0 to 1.
    searched : float
        Share of the vocabulary that is searched for the section under way, 0 to 1.
    """

    method: Method
    exclude: bool
    sections: tuple[SectionScore, ...]
    done: float = 1.0
    searched: float = 0.0

    def answers(self, section: SectionScore) -> Answers:
        """The answers that count."""
        return section.excluding if self.exclude else section.including

    def correct(self, section: SectionScore | None = None) -> int:
        """Right answers in a section, or in all."""
        return sum(self.answers(one).correct for one in self._of(section))

    def covered(self, section: SectionScore | None = None) -> int:
        """Questions asked."""
        return sum(one.covered for one in self._of(section))

    def total(self, section: SectionScore | None = None) -> int:
        """Questions there are."""
        return sum(one.total for one in self._of(section))

    def accuracy(self, section: SectionScore | None = None) -> float:
        """Share of right answers among the questions asked; NaN when there are none."""
        covered = self.covered(section)
        return self.correct(section) / covered if covered else float("nan")

    def interval(self, section: SectionScore | None = None) -> tuple[float, float]:
        """95 % interval of the accuracy, see `wilson`."""
        return wilson(self.correct(section), self.covered(section))

    def share(self, kind: Literal["excluding", "including", "nearest"], section: SectionScore | None = None) -> float:
        """Share of right answers of one kind, whichever counts."""
        covered = self.covered(section)
        correct = sum(getattr(one, kind).correct for one in self._of(section))
        return correct / covered if covered else float("nan")

    def misses(self, section: SectionScore, words: Sequence[str]) -> Iterator[Miss]:
        """Wrong answers of a section in the order of the questions; `words` is the vocabulary that was asked."""
        answers = self.answers(section)
        for i in np.flatnonzero(answers.ranks != 1):
            question = tuple(words[row] for row in section.rows[i])
            yield Miss(question, words[answers.given[i]], int(answers.ranks[i]))

    def _of(self, section: SectionScore | None) -> Sequence[SectionScore]:
        return self.sections if section is None else (section,)


def wilson(correct: int, asked: int) -> tuple[float, float]:
    """The 95 % score interval of a share (Wilson 1927); 0 to 1 when nothing was asked.

    Questions of a section share their words and are not independent, so the true interval is wider.
    """
    if not asked:
        return 0.0, 1.0
    z, share = 1.959964, correct / asked
    middle = (share + z**2 / (2 * asked)) / (1 + z**2 / asked)
    half = z / (1 + z**2 / asked) * np.sqrt(share * (1 - share) / asked + z**2 / (4 * asked**2))
    return float(max(middle - half, 0.0)), float(min(middle + half, 1.0))
