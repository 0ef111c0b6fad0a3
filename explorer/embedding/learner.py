"""What every algorithm looks like from outside, so that one training loop and one picture serve all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from explorer.embedding.reading import read_text
from explorer.embedding.slicing import Slices

if TYPE_CHECKING:
    from explorer.embedding.experiment import EmbeddingExperiment


class Learner(Protocol):
    """Word vectors that are being made.

    Attributes
    ----------
    words : tuple of str
        The vocabulary, the most frequent word first.
    """

    words: tuple[str, ...]

    def step(self, step: int, rate: float) -> Slices[dict[str, float]]:
        """Make one step, 1 being the first, with a learning rate as it is set; gives the step's numbers by name."""
        ...

    def start(self) -> Slices[dict[str, float]]:
        """The numbers of step 0, before anything is learned; called once, before the first step."""
        ...

    def matrix(self) -> np.ndarray:
        """The vectors as they are now, (V, d) float32; may be overwritten by the next step."""
        ...

    def output(self) -> np.ndarray | None:
        """The vectors of words as contexts (as what is predicted), (V, d) float32, where the algorithm has them."""
        ...

    def loss(self) -> Slices[float] | None:
        """The common loss, see `explorer.embedding.loss`; None for algorithms that do not learn by prediction."""
        ...

    def arrays(self) -> dict[str, np.ndarray]:
        """What is drawn for this algorithm alone."""
        ...

    def tensors(self) -> dict[str, np.ndarray]:
        """All that has been learned, by name: "input", and what else there is."""
        ...


def make_learner(experiment: EmbeddingExperiment) -> Slices[Learner]:
    """The algorithm of an experiment with its untrained vectors; quick once the experiment is prepared."""
    text = read_text(experiment)
    yield None
    if experiment.algorithm in ("skipgram", "cbow"):
        from explorer.embedding.word2vec import begin_word2vec

        return (yield from begin_word2vec(experiment, text))
    if experiment.algorithm == "fasttext":
        from explorer.embedding.fasttext import begin_fasttext

        return (yield from begin_fasttext(experiment, text))
    if experiment.algorithm == "glove":
        from explorer.embedding.fitting import GloVeLearner

        return GloVeLearner(experiment, text)
    from explorer.embedding.factorisation import FactorLearner

    return FactorLearner(experiment, text)
