"""Skip-gram and CBOW with negative sampling (Mikolov et al. 2013), by gensim, chunk by chunk."""

from __future__ import annotations

import copy
import logging
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from gensim.models import Word2Vec

from explorer.embedding.experiment import STEPS_PER_EPOCH
from explorer.embedding.loss import LossSample, loss_sample
from explorer.embedding.schedule import Chunk, falling, tenths, words_at_once
from explorer.embedding.slicing import Slices
from explorer.text.cleaning import Cleaned

if TYPE_CHECKING:
    from explorer.embedding.experiment import EmbeddingExperiment

M = TypeVar("M", bound="ChunkedWord2Vec")

for _name in ("word2vec", "fasttext"):
    # It warns of every call with few words and of every learning rate that rises: both are meant here.
    logging.getLogger(f"gensim.models.{_name}").setLevel(logging.ERROR)


class Failing:
    """What makes a failure inside gensim's thread visible.

    gensim waits for a report of its worker for ever, so an exception there would hang whoever called it.
    """

    failure: BaseException | None = None

    def _do_train_job(self, *job: Any) -> tuple[int, int]:
        try:
            return super()._do_train_job(*job)  # type: ignore[misc]
        except BaseException as error:
            self.failure = error
            return 0, 0


class ChunkedWord2Vec(Failing, Word2Vec):
    """gensim's model; a failure while training is kept in `failure`."""

    learned = ("vectors",)


class PredictionLearner:
    """Trains a model of gensim in chunks; what skip-gram, CBOW and FastText have in common.

    Parameters
    ----------
    experiment : EmbeddingExperiment
    text : Cleaned
    model : Word2Vec
        With a vocabulary, untrained; it is changed.
    """

    def __init__(self, experiment: EmbeddingExperiment, text: Cleaned, model: Word2Vec) -> None:
        self.words = tuple(text.counts)
        self.model = model
        self._experiment = experiment
        self._parts = epoch(text, words_at_once(experiment))
        self._total = sum(chunk.words for part in self._parts for chunk in part)
        self._sample = sample(experiment, text)

    def start(self) -> Slices[dict[str, float]]:
        """No epoch is over, and the learning rate is the one that is set."""
        yield None
        return {"epoch": 0.0, "learning_rate": self._experiment.learning_rate}

    def step(self, step: int, rate: float) -> Slices[dict[str, float]]:
        """A tenth of an epoch, a chunk at a time."""
        done, tenth = divmod(step - 1, STEPS_PER_EPOCH)
        now = falling(rate, (step - 1) / self._experiment.steps)
        for chunk in self._parts[tenth]:
            now = falling(rate, (done + chunk.before / self._total) / self._experiment.epochs)
            train_chunk(self.model, chunk, now)
            yield None
        return {"epoch": step / STEPS_PER_EPOCH, "learning_rate": now}

    def matrix(self) -> np.ndarray:
        """Input vectors, (V, d) float32."""
        return self.model.wv.vectors

    def output(self) -> np.ndarray:
        """Output vectors, (V, d) float32."""
        return self.model.syn1neg

    def loss(self) -> Slices[float]:
        """The loss at the places of the sample."""
        together = self._experiment.algorithm == "cbow"
        return (yield from self._sample.measure(self.matrix(), self.output(), together))

    def arrays(self) -> dict[str, np.ndarray]:
        """Nothing that others do not have."""
        return {}

    def tensors(self) -> dict[str, np.ndarray]:
        """Input and output vectors."""
        return {"input": self.matrix(), "output": self.output()}


def begin_word2vec(experiment: EmbeddingExperiment, text: Cleaned) -> Slices[PredictionLearner]:
    """Skip-gram or CBOW with untrained vectors."""
    model = yield from fresh(untrained(text, *_settings(experiment)))
    return PredictionLearner(experiment, text, model)


def prepare_word2vec(experiment: EmbeddingExperiment, text: Cleaned) -> None:
    """Make what takes longer than a moment, so that a learner is there at once."""
    epoch(text, words_at_once(experiment))
    sample(experiment, text)
    untrained(text, *_settings(experiment))


def train_chunk(model: Word2Vec, chunk: Chunk, rate: float) -> None:
    """Let a model of gensim read some sentences once, with one learning rate.

    Raises
    ------
    Exception
        Whatever goes wrong in gensim's thread.
    """
    model.train(
        chunk.sentences, total_examples=len(chunk.sentences), total_words=chunk.words, epochs=1,
        start_alpha=rate, end_alpha=rate,
    )  # fmt: skip
    if model.failure is not None:
        failure, model.failure = model.failure, None
        raise failure


@lru_cache(maxsize=3)
def epoch(text: Cleaned, longest: int) -> list[list[Chunk]]:
    """The chunks of an epoch, see `explorer.embedding.schedule.tenths`."""
    return tenths(text.sentences, longest)


def sample(experiment: EmbeddingExperiment, text: Cleaned) -> LossSample:
    """Where the loss of an experiment is measured."""
    return loss_sample(text, experiment.window, experiment.negatives, experiment.subsample)


@lru_cache(maxsize=4)
def untrained(
    text: Cleaned, skipgram: bool, dimensions: int, window: int, negatives: int, subsample: float, seed: int
) -> ChunkedWord2Vec:
    """A model with vocabulary and initial vectors; not to be trained itself, see `fresh`."""
    model = ChunkedWord2Vec(
        sg=int(skipgram), vector_size=dimensions, window=window, negative=negatives, sample=subsample, seed=seed,
        workers=1, min_count=1, sorted_vocab=0,
    )  # fmt: skip
    know_words(model, text)
    return model


def know_words(model: Word2Vec, text: Cleaned) -> None:
    """Give a model its vocabulary, in the order of the text's counts."""
    model.lifecycle_events = None  # it would note every call of `train`, without end
    model.build_vocab_from_freq(dict(text.counts), corpus_count=len(text.sentences))


def fresh(model: M) -> Slices[M]:
    """A copy to be trained: vectors (by the names in `learned`) and random numbers of its own, everything else shared."""
    own: Any = copy.copy(model)
    own.wv = copy.copy(model.wv)
    own.random = copy.deepcopy(model.random)
    for holder, name in (*((own.wv, name) for name in model.learned), (own, "syn1neg")):
        setattr(holder, name, getattr(holder, name).copy())
        yield None
    return own


def _settings(experiment: EmbeddingExperiment) -> tuple[bool, int, int, int, float, int]:
    return (
        experiment.algorithm == "skipgram", experiment.dimensions, experiment.window, experiment.negatives,
        experiment.subsample, experiment.seed,
    )  # fmt: skip
