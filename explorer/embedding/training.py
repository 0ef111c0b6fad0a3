"""Training of word vectors as a generator: a tenth of an epoch (or an iteration), one frame. The caller sets the pace."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.embedding.divergence import Judge
from explorer.embedding.experiment import ALGORITHM_TITLES, BY_EPOCHS
from explorer.embedding.learner import Learner, make_learner
from explorer.embedding.moment import Moment
from explorer.embedding.reading import read_text
from explorer.embedding.schedule import rate_at
from explorer.embedding.slicing import Slices
from explorer.embedding.vectors import Vectors
from explorer.embedding.weights import from_bytes, to_bytes
from explorer.frame import Changes, Frame, Wanted

if TYPE_CHECKING:
    from explorer.embedding.experiment import EmbeddingExperiment

DRAWN = 60
"""Frames with arrays in a training that nobody steers."""


def train(
    experiment: EmbeddingExperiment, changes: Changes = (), wanted: Wanted | None = None
) -> Iterator[Frame | None]:
    """Train, a step at a time: a tenth of an epoch, or an iteration of the factorisations.

    Parameters
    ----------
    experiment : EmbeddingExperiment
        Equal experiments give equal frames to the bit, whatever else runs, and whichever frames are wanted.
    changes : sequence of Change
        Read anew before every step; a change applies from its step on.
    wanted : callable, optional
        Asked once before each step. The first and the last frame are always drawn.

    Yields
    ------
    Frame or None
        Frame 0 is untrained; None where a frame is not complete yet (no `next` takes longer than about 50 ms).
        Every frame has "epoch", "learning_rate" (as it falls over the training) and "loss" (see
        `explorer.embedding.loss`) where they mean something; GloVe has "cost", the factorisations have "iteration",
        "captured" and "change". A drawn frame also has the scores "wordsim" and "simlex" with "_low", "_high" and
        "_pairs", "collapse", the weights, and the arrays "input", "output", (n, d) float32 vectors of the n <= 600 most
        frequent words, "neighbours" (n, 10) int32, their rows in the whole vocabulary, and "similarities" (n, 10).

    Raises
    ------
    VectorsDiverged
        After a last frame.
    ValueError
        When the text and the settings do not go together.
    """
    learner = yield from make_learner(experiment)
    moment = Moment(learner)
    wanted = wanted or evenly(experiment.steps)
    wanted(0)
    numbers = (yield from learner.start()) | (yield from _loss(learner))
    judge = Judge(experiment, numbers)
    yield (yield from _drawn(0, numbers, learner, moment))
    for step in range(1, experiment.steps + 1):
        draw = wanted(step) or step == experiment.steps
        rate = rate_at(step, experiment, changes)
        numbers = yield from learner.step(step, rate)
        numbers |= yield from _loss(learner)
        apart = judge.condemns(step, numbers)
        if draw or apart:
            yield (yield from _drawn(step, numbers, learner, moment))
        else:
            yield Frame(step, numbers)
        if apart:
            raise judge.verdict(step, numbers, rate)


def prepare(experiment: EmbeddingExperiment) -> None:
    """Do what a training needs and what takes longer than a moment: read, clean, count, compile, import.

    Raises
    ------
    ValueError
        When too little is left of the text, or too much for vectors of this size.
    """
    import explorer.embedding.similarity

    explorer.embedding.similarity.read_judgements("wordsim353")
    explorer.embedding.similarity.read_judgements("simlex999")
    text = read_text(experiment)
    if experiment.algorithm in ("skipgram", "cbow"):
        from explorer.embedding.word2vec import prepare_word2vec as prepare_algorithm
    elif experiment.algorithm == "fasttext":
        from explorer.embedding.fasttext import prepare_fasttext as prepare_algorithm
    elif experiment.algorithm == "glove":
        from explorer.embedding.fitting import prepare_glove as prepare_algorithm
    else:
        from explorer.embedding.factorisation import prepare_factors as prepare_algorithm
    prepare_algorithm(experiment, text)


def vocabulary(experiment: EmbeddingExperiment) -> dict[str, int]:
    """The words that have a vector, with their counts, the most frequent first (equally frequent ones alphabetically)."""
    return read_text(experiment).counts


def trained_vectors(experiment: EmbeddingExperiment) -> Vectors:
    """The vectors at the end of a training, made now."""
    prepare(experiment)
    (last,) = deque(experiment.frames(wanted=lambda step: False), maxlen=1)
    return open_weights(experiment, last.weights).vectors


@dataclass(frozen=True, eq=False)
class Trained:
    """What a training came to at one moment.

    Attributes
    ----------
    experiment : EmbeddingExperiment
    vectors : Vectors
        One for each word: input vectors (FastText's composed of their parts), GloVe's W + C, scaled factors.
    output : Vectors or None
        Vectors of the same words as contexts.
    ngrams : numpy.ndarray or None
        FastText's vectors of letter groups, (buckets, d) float32.
    whole : Vectors or None
        FastText's vectors of whole words, without their letter groups.
    """

    experiment: EmbeddingExperiment
    vectors: Vectors
    output: Vectors | None = None
    ngrams: np.ndarray | None = None
    whole: Vectors | None = None


def open_weights(experiment: EmbeddingExperiment, weights: bytes) -> Trained:
    """The vectors that a frame carries.

    Parameters
    ----------
    experiment : EmbeddingExperiment
        The one that made the frame.
    weights : bytes
        Of any drawn frame.

    Raises
    ------
    ValueError
        When they do not belong to this experiment.
    """
    counts = vocabulary(experiment)
    arrays = from_bytes(weights, _shapes(experiment, len(counts)))
    name = f"{ALGORITHM_TITLES[experiment.algorithm]}, {experiment.dimensions} dimensions"

    def named(array: np.ndarray | None) -> Vectors | None:
        return None if array is None else Vectors(counts, array, np.fromiter(counts.values(), np.int64), name)

    return Trained(
        experiment,
        named(arrays["input"]),
        named(arrays.get("output")),
        arrays.get("ngrams"),
        named(arrays.get("words")),
    )


def _shapes(experiment: EmbeddingExperiment, words: int) -> dict[str, tuple[int, ...]]:
    size = (words, experiment.dimensions)
    shapes: dict[str, tuple[int, ...]] = {"input": size}
    if experiment.algorithm in BY_EPOCHS:
        shapes["output"] = size
    if experiment.algorithm == "fasttext":
        shapes |= {"words": size, "ngrams": (experiment.buckets, experiment.dimensions)}
    return shapes


def evenly(steps: int) -> Wanted:
    """The frames to draw when nobody steers: the first few, then about sixty, and the last."""
    apart = max(1, steps // DRAWN)
    return lambda step: step <= 2 or step % apart == 0 or step == steps


def _loss(learner: Learner) -> Slices[dict[str, float]]:
    slices = learner.loss()
    return {} if slices is None else {"loss": (yield from slices)}


def _drawn(step: int, numbers: dict[str, float], learner: Learner, moment: Moment) -> Slices[Frame]:
    yield None
    scores, arrays = yield from moment.slices()
    yield None
    tensors = learner.tensors()
    yield None
    return Frame(step, numbers | scores, arrays, to_bytes(tensors))
