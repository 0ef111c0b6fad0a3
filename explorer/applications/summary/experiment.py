"""`SummaryExperiment`: the sentences of one text compared in three spaces, as a value that the engine advances."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from explorer.applications.summary.document import MOST_CHARACTERS, Document, article, own_document
from explorer.applications.summary.spaces import CHEAP, minilm_slices
from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted

GROUPS = 20
"""Steps that MiniLM's reading is told in."""


class SummaryExperiment(Experiment):
    """All cosines between the sentences of a text, by TF-IDF, by averaged GloVe vectors and by MiniLM."""

    title: str = setting("Albedo", "Article", "The Wikipedia article that is summarised.", "text", max_length=200)
    text: str = setting(
        "", "Your text", "Takes the place of the article. It stays in memory and is never part of a link.", "text",
        max_length=MOST_CHARACTERS, private=True,
    )  # fmt: skip
    left_out: bool = setting(
        True, "Leave out the first paragraph", "The first paragraph cannot be chosen, and each summary is held against it.", "text"
    )  # fmt: skip

    @property
    def steps(self) -> int:
        """TF-IDF, GloVe, and the parts in which MiniLM reads."""
        return len(CHEAP) + GROUPS

    def document(self) -> Document:
        """The text; raises ValueError when it is too short."""
        return own_document(self.text, self.left_out) if self.text else article(self.title, self.left_out)

    def prepare(self) -> None:
        """Read the articles and the models, a few seconds the first time."""
        from explorer.applications.contextual.installed import contextual_model
        from explorer.embedding.installed import pretrained

        self.document()
        pretrained()
        contextual_model()

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """See `summary_slices`."""
        return summary_slices(self)


def summary_slices(experiment: SummaryExperiment) -> Iterator[Frame | None]:
    """Compare sentences, in pieces of at most about 50 ms.

    Yields
    ------
    Frame or None
        Metric "read": share of the sentences that MiniLM has read. Arrays (n, n) float32: "tfidf" from the first step on,
        "glove" from the second, "minilm" in the last.
    """
    document = experiment.document()
    yield Frame(0, {"read": 0.0})
    arrays: dict[str, np.ndarray] = {}
    for step, (name, compare) in enumerate(CHEAP.items(), 1):
        arrays[name] = compare(document.sentences)
        yield Frame(step, {"read": 0.0}, dict(arrays))
    done, told, n = 0, 0, len(document.sentences)

    def tell(count: int) -> None:
        nonlocal done
        done = count

    pieces = minilm_slices(document.sentences, tell)
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            arrays["minilm"] = end.value
            break
        group = min(GROUPS - 1, GROUPS * done // n)
        while told < group:
            told += 1
            yield Frame(len(CHEAP) + told, {"read": done / n})
        yield None
    yield Frame(experiment.steps, {"read": 1.0}, dict(arrays))
