"""All questions answered one after the other, and how sure each answer is: what the confidence of the page is learned from.

Knows no torch: pages read it before anything heavy is loaded. ``python -m explorer.applications.answering.measured`` makes the
shipped file anew.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted

JUDGED = ("answerable", "paragraph", "sentence", "exact", "overlap")
"""Columns of the array "judged"."""


class AnsweringExperiment(Experiment):
    """All of our questions; a step is a question."""

    questions: int = setting(0, "Questions", "How many are asked; 0 asks all.", "evaluation", ge=0, le=1000)

    @property
    def steps(self) -> int:
        """How many questions are asked."""
        return len(self._asked())

    def _asked(self) -> tuple:
        from explorer.applications.retrieval.questions import questions

        return questions()[: self.questions or None]

    def prepare(self) -> None:
        """Read model and paragraphs; seconds, the first time."""
        from explorer.applications.answering.library import wikipedia_reader
        from explorer.applications.retrieval.questions import right_places

        for question in self._asked():
            right_places(question)
        wikipedia_reader()

    def frames(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame]:
        """One frame for each question."""
        return (frame for frame in self.slices(changes, wanted) if frame is not None)

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """The same in pieces of about the time it takes to read a paragraph.

        Frames have the arrays "evidence", float64 (questions, e), and "judged", float64 (questions, `JUDGED`).
        """
        from explorer.applications.answering.library import wikipedia_reader
        from explorer.applications.answering.reader import EVIDENCE
        from explorer.applications.answering.scoring import judge

        reader, asked = wikipedia_reader(), self._asked()
        evidence, judged = np.zeros((len(asked), len(EVIDENCE))), np.zeros((len(asked), len(JUDGED)))
        for step in range(len(asked) + 1):
            if step:
                question = asked[step - 1]
                answer = yield from reader.answer_slices(question.text)
                verdict = judge(question, answer)
                evidence[step - 1] = [answer.evidence[name] for name in EVIDENCE]
                judged[step - 1] = [question.is_answerable, *(getattr(verdict, name) for name in JUDGED[1:])]
            full = wanted is None or wanted(step)
            yield Frame(step, {"asked": float(step)}, {"evidence": evidence[:step].copy(), "judged": judged[:step].copy()} if full else {})
