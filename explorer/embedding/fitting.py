"""GloVe as one of the algorithms that train step by step: counts first, then its cells, a piece at a time."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix

from explorer.embedding.counts import cooccurrence
from explorer.embedding.experiment import STEPS_PER_EPOCH
from explorer.embedding.glove import GloVe, compile_ahead
from explorer.embedding.slicing import Slices
from explorer.text.cleaning import Cleaned

if TYPE_CHECKING:
    from explorer.embedding.experiment import EmbeddingExperiment

DRAWN_CELLS = 2000
MICROSECONDS = 20_000.0
"""What a piece is meant to take."""


class GloVeLearner:
    """Fits logarithms of counts, cell by cell; knows no learning rate that falls, AdaGrad takes care of that."""

    def __init__(self, experiment: EmbeddingExperiment, text: Cleaned) -> None:
        self.words = tuple(text.counts)
        self.model = untrained(text, *_settings(experiment)).copy()
        self._sample = self.model.sample(DRAWN_CELLS)
        self._rate = experiment.learning_rate
        self._piece = cells_at_once(experiment.dimensions)

    def start(self) -> Slices[dict[str, float]]:
        """The mean cost of all cells before anything is learned."""
        total, cells = 0.0, self.model.cells
        for at in range(0, cells, self._piece):
            stop = min(at + self._piece, cells)
            total += self.model.cost_of(at, stop) * (stop - at)
            yield None
        return {"epoch": 0.0, "learning_rate": self._rate, "cost": total / cells}

    def step(self, step: int, rate: float) -> Slices[dict[str, float]]:
        """A tenth of all cells; their mean cost, each just before it was learned from."""
        epoch, tenth = divmod(step - 1, STEPS_PER_EPOCH)
        if tenth == 0 and epoch > 0:
            self.model.shuffle(epoch)
            yield None
        self.model.learning_rate = rate
        first, last = (self.model.cells * part // STEPS_PER_EPOCH for part in (tenth, tenth + 1))
        cost = 0.0
        for at in range(first, last, self._piece):
            cost += self.model.train(at, min(at + self._piece, last))
            yield None
        return {"epoch": step / STEPS_PER_EPOCH, "learning_rate": rate, "cost": cost / max(last - first, 1)}

    def matrix(self) -> np.ndarray:
        """W + C, (V, d) float32."""
        return self.model.vectors()

    def output(self) -> np.ndarray:
        """C, the vectors of words as contexts, (V, d) float32."""
        return self.model.contexts

    def loss(self) -> None:
        """None: GloVe never looks at pairs that do not occur, so telling them apart is not what it learns."""
        return None

    def arrays(self) -> dict[str, np.ndarray]:
        """ "cells", (m, 3) float32: log X, what the model makes of it, and the weight f(X), for m <= 2000 cells."""
        cells = self._sample
        predicted = self.model.predict(cells.rows, cells.columns)
        return {"cells": np.column_stack([cells.logs, predicted, cells.weights]).astype(np.float32)}

    def tensors(self) -> dict[str, np.ndarray]:
        """W + C, and C."""
        return {"input": self.matrix(), "output": self.output()}


def prepare_glove(experiment: EmbeddingExperiment, text: Cleaned) -> None:
    """Compile, count, and order the cells, so that a learner is there at once."""
    compile_ahead()
    untrained(text, *_settings(experiment))


def cells_at_once(dimensions: int) -> int:
    """Cells that are learned in one piece."""
    return int(MICROSECONDS / (0.1 + 0.004 * dimensions))


@lru_cache(maxsize=3)
def counted(text: Cleaned, window: int) -> csr_matrix:
    """How often the words of a text stand near each other, see `explorer.embedding.counts.cooccurrence`."""
    return cooccurrence(text.sentences, window, min_count=1)[0]


@lru_cache(maxsize=3)
def untrained(
    text: Cleaned, window: int, dimensions: int, x_max: float, alpha: float, threads: int, seed: int
) -> GloVe:
    """A model with initial vectors; not to be trained itself, only copied."""
    return GloVe(counted(text, window), dimensions, x_max, alpha, threads=threads, seed=seed)


def _settings(experiment: EmbeddingExperiment) -> tuple[int, int, float, float, int, int]:
    return (
        experiment.window, experiment.dimensions, experiment.x_max, experiment.alpha, experiment.threads,
        experiment.seed,
    )  # fmt: skip
