"""From an experiment to its pieces and its text in numbers, made once however many ask."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from sys import getsizeof

import numpy as np

from explorer.experiment import bounds
from explorer.sequence.pretraining.corpus import Corpus, read_corpus
from explorer.sequence.pretraining.experiment import PretrainingExperiment
from explorer.sequence.pretraining.pieces import Characters, Pieces, Words, chunks
from explorer.sequence.pretraining.subwords import Subwords
from explorer.sequence.tasks.making import Once

FEWEST = 8
"""Held-out pieces that are needed at least."""


@dataclass(frozen=True, eq=False)
class Source:
    """A text in numbers.

    Attributes
    ----------
    corpus : Corpus
    pieces : Pieces
        Learned from the training part alone.
    training : numpy.ndarray
        Numbers of the training part, in the smallest type that holds them.
    parts : list of str
        The held-out text as it is cut; `held_out` has its numbers, int64.
    held_out : numpy.ndarray
    borders : numpy.ndarray
        Where the words and marks of the held-out text begin, and its end: whatever the pieces, none reaches over these.
    """

    corpus: Corpus
    pieces: Pieces
    training: np.ndarray
    parts: list[str]
    held_out: np.ndarray
    borders: np.ndarray


_sources = Once(size=12, heaviest=300e6)


def vocabulary(experiment: PretrainingExperiment) -> Pieces:
    """The pieces of an experiment, learned from the training part of its text (up to a few seconds, the first time).

    Raises
    ------
    ValueError
        When an own text cannot be used as it is; the text says what would fit.
    """
    return source(experiment).pieces


def source(experiment: PretrainingExperiment) -> Source:
    """The text of an experiment in numbers; raises as `vocabulary` does."""
    own = experiment.corpus == "own"
    weight = 12e6 + (4.0 * getsizeof(experiment.text) if own else 0.0)
    found = _sources.get(_key(experiment), lambda: _read(experiment), weight)
    _check_length(len(found.training), len(found.held_out), experiment)
    return found


def _check_length(training: int, held_out: int, experiment: PretrainingExperiment) -> None:
    need = experiment.context + 2
    if training < 2 * need or held_out < FEWEST:
        raise ValueError(
            f"Your text has {training + held_out:,} {experiment.units}, too few to learn from {experiment.context} at a "
            f"time. Use a longer text{_shorter(training)}."
        )


def _shorter(training: int) -> str:
    low, _ = bounds(PretrainingExperiment, "context")
    fits = training // 2 - 2
    return f", or a context of at most {fits}" if fits >= low else ""


def _key(experiment: PretrainingExperiment) -> Hashable:
    size = {"characters": 0, "words": experiment.words, "subwords": experiment.merges}[experiment.units]
    text = experiment.text if experiment.corpus == "own" else ""
    return experiment.corpus, text, experiment.units, size, experiment.objective


def _read(experiment: PretrainingExperiment) -> Source:
    corpus = read_corpus(experiment)
    pieces = _learned(experiment, corpus.training)
    parts = pieces.cut(corpus.held_out)
    training = pieces.encode(corpus.training).astype(np.uint8 if len(pieces) <= 256 else np.int16)
    borders = np.cumsum([0, *map(len, chunks(corpus.held_out))])
    return Source(corpus, pieces, training, parts, pieces.number(parts), borders)


def _learned(experiment: PretrainingExperiment, text: str) -> Pieces:
    masked = experiment.objective == "bert"
    if experiment.units == "characters":
        return Characters.learn(text, masked)
    if experiment.units == "words":
        return Words.learn(text, experiment.words, masked)
    return Subwords.learn(text, experiment.merges, masked)
