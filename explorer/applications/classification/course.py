"""The learning curves as they grow: one method after the other, on more and more labelled texts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from explorer.applications.classification import learning
from explorer.applications.classification.experiment import PARTS, RECURRENT, ClassificationExperiment, ending_at
from explorer.applications.classification.method import Classifier
from explorer.applications.classification.regression import softmax
from explorer.applications.classification.scores import range_of
from explorer.applications.classification.texts import LabelledTexts, labelled_texts
from explorer.frame import Frame

READING = 0.85
"""Share of a training's steps before it is asked about the held-out texts."""


def prepare(experiment: ClassificationExperiment) -> None:
    """Read the texts and load what the methods need."""
    labelled_texts(experiment)
    names = experiment.names
    if "glove" in names or (experiment.vectors == "glove" and any(name in RECURRENT for name in names)):
        from explorer.embedding.installed import pretrained

        _ = pretrained().index  # made when it is first asked for
    if any(name in RECURRENT for name in names):
        import explorer.applications.classification.recurrent  # noqa: F401  torch, two seconds
    if "minilm" in names:
        from explorer.applications.contextual.installed import contextual_model

        contextual_model()


def sizes_of(experiment: ClassificationExperiment, data: LabelledTexts) -> tuple[int, ...]:
    """The numbers of labelled texts for which there are enough; all there are at the end, should that be fewer than asked."""
    return ending_at(min(experiment.most, data.most), experiment.sizes)


class Table:
    """What is known so far, for m methods, k sizes, d draws and n texts that are held out in some draw."""

    def __init__(self, experiment: ClassificationExperiment, data: LabelledTexts) -> None:
        self.experiment, self.data, self.tests = experiment, data, data.tests
        m, k = len(experiment.names), len(experiment.sizes)
        self.sizes = np.zeros(k, dtype=np.int32)
        known = sizes_of(experiment, data)
        self.sizes[: len(known)] = known
        self.right = np.full((m, k, experiment.draws, len(self.tests)), np.nan, dtype=np.float32)
        self.accuracy, self.low, self.high = (np.full((m, k), np.nan) for _ in range(3))
        self.predicted = np.full((m, k, len(self.tests)), -1, dtype=np.int8)
        self.confidence = np.full((m, k, len(self.tests)), np.nan, dtype=np.float32)
        self.draws = np.zeros((m, k), dtype=np.int32)
        self.asked = np.zeros(m, dtype=np.int32)  # size at which the method in the weights learned
        self.learned: dict[str, tuple[int, Classifier]] = {}

    def take(self, method: int, size: int, draw: int, probabilities: np.ndarray) -> None:
        """The answers of a method to the held-out texts of a draw."""
        numbers = self.data.held_out(draw)
        at = np.searchsorted(self.tests, numbers)
        answers, cell = probabilities.argmax(axis=1), (method, size)
        self.right[(*cell, draw, at)] = answers == self.data.classes[numbers]
        new = at[self.predicted[(*cell, at)] < 0]
        first = np.isin(at, new)
        self.predicted[(*cell, new)] = answers[first]
        self.confidence[(*cell, new)] = probabilities.max(axis=1)[first]
        self.draws[cell] += 1
        generator = np.random.default_rng([self.experiment.seed, method, size, draw])
        made = range_of(self.right[cell][: draw + 1], generator)
        self.accuracy[cell], self.low[cell], self.high[cell] = made

    def frame(self, step: int, method: int = 0, size: int = 0, part: int = 0, weighted: bool = False) -> Frame:
        """The table of this moment, and what is under way."""
        names = ("sizes", "accuracy", "low", "high", "predicted", "confidence", "draws", "asked")
        metrics = {
            "method": float(method), "size": float(self.sizes[size]), "part": float(part), "baseline": self.data.majority,
        }  # fmt: skip
        weights = learning.to_bytes(self.learned) if weighted else None
        return Frame(step, metrics, {name: getattr(self, name).copy() for name in names}, weights)


def learn(experiment: ClassificationExperiment) -> Iterator[Frame | None]:
    """Train every method at every size, draw after draw.

    Yields
    ------
    Frame or None
        Frame 0 is the empty table; then up to ten frames for each training. Arrays, for m methods, k sizes and n texts
        that are held out: "sizes" (k,), 0 where there are not enough texts; "accuracy", "low", "high" (m, k), NaN where
        unknown; "draws" (m, k), how many are behind it; "predicted" and "confidence" (m, k, n), of the first draw that
        asked about a text, -1 and NaN where none has; "asked" (m,), the size at which the method in the weights learned.
        Frames that end a training of the first draw, the first and the last have the weights of what has learned by then.
    """
    data = labelled_texts(experiment)
    yield None
    table, number = Table(experiment, data), 0
    yield table.frame(0, weighted=True)
    for size in range(len(sizes_of(experiment, data))):
        for draw in range(experiment.draws):
            for method in range(len(experiment.names)):
                yield from _train(table, number * PARTS, method, size, draw)
                number += 1
    if number * PARTS < experiment.steps:
        yield table.frame(experiment.steps, weighted=True)


def _train(table: Table, step: int, method: int, size: int, draw: int) -> Iterator[Frame | None]:
    experiment, data, name = table.experiment, table.data, table.experiment.names[method]
    work, part = learning.learn(experiment, data, name, draw, int(table.sizes[size])), 0
    while True:
        try:
            done = int(next(work) * READING * PARTS)
        except StopIteration as end:
            classifier = end.value
            break
        yield table.frame(step + done, method, size, done) if done > part else None
        part = max(part, done)
    scores = yield from _quietly(classifier.scores([data.texts[i] for i in data.held_out(draw)]))
    table.take(method, size, draw, softmax(scores))
    yield None
    if draw == 0:
        table.learned[name], table.asked[method] = (int(table.sizes[size]), classifier), table.sizes[size]
    last = step + PARTS == experiment.steps
    yield table.frame(step + PARTS, method, size, PARTS, weighted=draw == 0 or last)


def _quietly(work):
    """The pieces of a work, without its shares."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value
        yield None
