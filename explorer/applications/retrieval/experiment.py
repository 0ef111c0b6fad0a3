"""What takes seconds around a search, as experiments: measuring the four methods, and reading a visitor's own paragraphs.

Knows no torch: pages read it before anything heavy is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from explorer.applications.retrieval.ranking import METHODS
from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted

TEXT_LIMIT = 200_000
"""Longest own text, in characters."""
ASKED = {"own": "Our questions", "titles": "Titles"}


class RetrievalExperiment(Experiment):
    """All questions with known answers, put to the four methods one after the other; a step is a question."""

    asked: Literal["own", "titles"] = setting(
        "own", "Questions", "Questions written for these articles, or the titles of the articles themselves.", "evaluation", labels=ASKED
    )
    k1: float = setting(1.2, "k1", "How much further occurrences of a word count; 0 counts each word once.", "bm25", ge=0.0, le=5.0)
    b: float = setting(0.75, "b", "How far long paragraphs are held back: 0 not at all, 1 fully.", "bm25", ge=0.0, le=1.0)

    @property
    def steps(self) -> int:
        """How many questions are asked."""
        return len(self._questions())

    def _questions(self) -> tuple:
        from explorer.applications.retrieval.questions import questions, titles

        return titles() if self.asked == "titles" else tuple(one for one in questions() if one.is_answerable)

    def prepare(self) -> None:
        """Read model, paragraphs and questions; seconds, the first time."""
        from explorer.applications.retrieval.library import wikipedia_methods
        from explorer.applications.retrieval.questions import right_rows

        for question in self._questions():
            right_rows(question)
        wikipedia_methods(self.k1, self.b)

    def frames(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame]:
        """One frame for each question, as `slices` has them."""
        return self.slices(changes, wanted)

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame]:
        """Frames with the ranks so far: array "ranks", int32 (methods, questions asked); see `rank_of`."""
        from explorer.applications.retrieval.evaluation import mean_reciprocal_rank, recall_at
        from explorer.applications.retrieval.library import wikipedia_methods
        from explorer.applications.retrieval.questions import right_rows
        from explorer.applications.retrieval.ranking import rank_of

        methods, asked = wikipedia_methods(self.k1, self.b), self._questions()
        ranks = np.zeros((len(METHODS), len(asked)), dtype=np.int32)
        for step in range(len(asked) + 1):
            if step:
                question = asked[step - 1]
                right = right_rows(question)
                ranks[:, step - 1] = [rank_of(methods[name].scores(question.text), right) for name in METHODS]
            known = ranks[:, :step]
            metrics = {f"recall5_{name}": recall_at(row, 5).value for name, row in zip(METHODS, known, strict=True)}
            metrics |= {f"mrr_{name}": mean_reciprocal_rank(row).value for name, row in zip(METHODS, known, strict=True)}
            yield Frame(step, metrics, {"ranks": known.copy()} if wanted is None or wanted(step) else {})


class IndexExperiment(Experiment):
    """The paragraphs of a visitor's text, read by the contextual model one after the other; a step is a paragraph."""

    text: str = setting("", "Your text", "Each line is a paragraph.", "text", max_length=TEXT_LIMIT, private=True)

    def prepare(self) -> None:
        """Read the model; seconds, the first time."""
        from explorer.applications.contextual.installed import contextual_model

        contextual_model()

    def frames(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame]:
        """One frame for each paragraph, as `slices` has them."""
        return self.slices(changes, wanted)

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame]:
        """Frames with the share that is read as "read", the last with the array "vectors", float32 (paragraphs, d).

        Raises
        ------
        ValueError
            When there is no paragraph.
        """
        from explorer.applications.contextual.installed import contextual_model
        from explorer.applications.retrieval.collection import own_collection

        model, passages = contextual_model(), own_collection(self.text).passages
        vectors = np.zeros((len(passages), model.width), dtype=np.float32)
        for step in range(len(passages) + 1):
            if step:
                vectors[step - 1] = model.sentences([passages[step - 1].text])[0]
            yield Frame(step, {"read": step / len(passages)}, {"vectors": vectors.copy()} if step == len(passages) else {})
