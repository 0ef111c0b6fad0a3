"""`EvaluationExperiment`: an analogy test as a value, which the engine advances like a training."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
from pydantic import ConfigDict

from explorer.embedding.analogy_report import AnalogyReport, SectionScore
from explorer.embedding.questions import TITLES
from explorer.embedding.vectors import Vectors
from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted

PARTS = 10
"""Steps of a section."""
NOTHING = Vectors((), np.zeros((0, 1), dtype=np.float32))


class EvaluationExperiment(Experiment):
    """The analogy questions of Mikolov et al. (2013), asked of some vectors: 14 sections of ten steps each.

    Whether a question's own words count as answers is no part of it: every frame holds both, see `report_of`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    given: Vectors = setting(
        NOTHING, "Vectors", "Whose analogies are tested; they stay in memory.", "test", private=True
    )
    method: Literal["add", "mul"] = setting(
        "add", "Method", "How the three cosines are put together: added (3CosAdd) or multiplied (3CosMul).", "test",
        labels={"add": "3CosAdd", "mul": "3CosMul"},
    )  # fmt: skip
    restrict: int = setting(
        0, "Most frequent words", "Ask and answer with only so many of the most frequent words; 0 takes them all.", "test",
        ge=0, le=100_000_000,
    )  # fmt: skip

    @property
    def steps(self) -> int:
        """A tenth of a section is a step."""
        return PARTS * len(TITLES)

    def prepare(self) -> None:
        """Compile, read the questions, measure the vectors: what would make the first piece long."""
        from explorer.embedding.analogy_search import compile_ahead
        from explorer.embedding.questions import read_questions

        compile_ahead()
        read_questions()
        _ = self.given.lengths

    def frames(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame]:
        """The test, a tenth of a section at a time."""
        return (frame for frame in self.slices(changes, wanted) if frame is not None)

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """The same in pieces of about 20 ms: None where a step is not complete.

        A frame says in ``done`` how much of the work is over, and after a section's last step it holds its arrays: few
        enough that every frame has them, wanted or not.
        """
        from explorer.embedding.analogies import analogy_slices

        yield Frame(0, {"done": 0.0, "section": 0.0})
        step = 0
        for report in analogy_slices(self.given, self.method, restrict=self.restrict or None):
            complete = len(report.sections)
            reached = PARTS * complete + min(int(PARTS * report.searched), PARTS - 1)
            if reached == step:
                yield None
            while step < reached:
                step += 1
                section = (step - 1) // PARTS
                arrays = report.sections[section].arrays() if step % PARTS == 0 else {}
                yield Frame(step, {"done": report.done, "section": float(section)}, arrays)


def report_of(frames: Sequence[Frame], experiment: EvaluationExperiment, exclude: bool = True) -> AnalogyReport:
    """What the frames of a test say so far.

    Parameters
    ----------
    frames : sequence of Frame
        In order; the engine may have thinned out those between the sections' ends.
    exclude : bool
        Whether a question's own words are no answers.
    """
    names = list(TITLES)
    complete = [frame for frame in frames if frame.arrays]
    sections = [SectionScore.from_arrays(names[frame.step // PARTS - 1], frame.arrays) for frame in complete]
    done = frames[-1].metrics["done"] if frames else 0.0
    searched = frames[-1].step % PARTS / PARTS if frames else 0.0
    return AnalogyReport(experiment.method, exclude, tuple(sections), done, searched)
