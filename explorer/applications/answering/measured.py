"""What the reader made of our questions, computed once and shipped: to ask them all takes a minute.

``python -m explorer.applications.answering.measured`` makes the file anew.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from explorer.applications.answering.confidence import Confidence, learn, leave_one_out
from explorer.applications.answering.experiment import JUDGED, AnsweringExperiment
from explorer.applications.answering.reader import EVIDENCE
from explorer.applications.retrieval.questions import questions

FILE = Path(__file__).parents[3] / "assets" / "answers.csv"


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """Evidence and verdict of the first Q of our questions.

    Attributes
    ----------
    evidence : numpy.ndarray
        float64 (Q, e), in the order of `EVIDENCE`.
    judged : numpy.ndarray
        float64 (Q, 5), in the order of `JUDGED`.
    """

    evidence: np.ndarray
    judged: np.ndarray

    def column(self, name: str) -> np.ndarray:
        """(Q,): one of `JUDGED`."""
        return self.judged[:, JUDGED.index(name)]

    @property
    def right(self) -> np.ndarray:
        """bool (Q,): whether the marked sentence answers; never where the articles do not."""
        return self.column("sentence") > 0

    @property
    def answerable(self) -> np.ndarray:
        """bool (Q,): whether the articles answer."""
        return self.column("answerable") > 0

    def confidence(self) -> Confidence:
        """Learned from all of them."""
        return learn(self.evidence, self.right)

    def chances(self) -> np.ndarray:
        """(Q,): the chance of each by what the others taught."""
        return leave_one_out(self.evidence, self.right)


@lru_cache(maxsize=1)
def measured() -> Measured:
    """What is shipped.

    Raises
    ------
    ValueError
        When the file was made of other questions; the text says how to make it anew.
    """
    with FILE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    if [row["question"] for row in rows] != [question.text for question in questions()]:
        raise ValueError(f"{FILE.name} was made of other questions. Make it anew: python -m explorer.applications.answering.measured")
    tables = ([[float(row[name]) for name in names] for row in rows] for names in (EVIDENCE, JUDGED))
    return Measured(*map(np.array, tables))


@lru_cache(maxsize=1)
def shipped_confidence() -> Confidence:
    """What the page uses: learned from the shipped evidence."""
    return measured().confidence()


def _make() -> None:
    last = None
    for frame in AnsweringExperiment().frames():
        print(f"\r{frame.step} of {len(questions())}", end="", flush=True)
        last = frame
    with FILE.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["question", *EVIDENCE, *JUDGED])
        for question, evidence, judged in zip(questions(), last.arrays["evidence"], last.arrays["judged"], strict=True):
            writer.writerow([question.text, *(f"{value:.6f}" for value in evidence), *(f"{value:g}" for value in judged)])


if __name__ == "__main__":
    _make()
