"""Would another seed have said the same? Neighbours of two trainings compared (Antoniak and Mimno 2018)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Self

import numpy as np
from pydantic import model_validator

from explorer.embedding.experiment import EmbeddingExperiment
from explorer.embedding.vectors import Vectors
from explorer.experiment import Experiment, bounds, setting
from explorer.frame import Changes, Frame, Wanted


def stability(trainings: Sequence[Vectors], words: Sequence[str], n: int = 10) -> np.ndarray:
    """Share of each word's nearest neighbours that trainings have in common.

    Parameters
    ----------
    trainings : sequence of Vectors
        Two or more; each has all of `words`, in any order, and perhaps others.
    words : sequence of str
    n : int
        Neighbours of each word, by cosine.

    Returns
    -------
    numpy.ndarray, (words,) float64
        Mean over all pairs of trainings; 1 where all agree. Two random sets would share n / (V - 1).

    Raises
    ------
    ValueError
        For fewer than two trainings.
    UnknownWord
        When a word is missing from one of them.
    """
    from explorer.embedding.neighbours import neighbours_of

    number: dict[str, int] = {}
    sets = []
    for vectors in trainings:
        rows = neighbours_of(vectors, words, n).rows
        names = np.array([number.setdefault(word, len(number)) for word in vectors.words])
        sets.append(names[rows])
    return overlap(sets)


def overlap(neighbours: Sequence[np.ndarray]) -> np.ndarray:
    """Share of each row's entries that several (w, n) tables of neighbours have in common, (w,), over all pairs.

    Raises
    ------
    ValueError
        For fewer than two tables.
    """
    if len(neighbours) < 2:
        raise ValueError("Stability compares two trainings or more.")
    shares = [_shared(one, other) for one, other in combinations(neighbours, 2)]
    return np.mean(shares, axis=0)


def _shared(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return (one[:, :, None] == other[:, None, :]).any(axis=2).mean(axis=1)


class StabilityExperiment(Experiment):
    """The same training with several seeds, one after the other, and how far their neighbours agree.

    A step is a step of one of the trainings; the first has the experiment's own seed, the next ones the seeds after it.
    """

    given: EmbeddingExperiment = setting(
        EmbeddingExperiment(), "Training", "What is trained again and again.", "test", private=True
    )
    seeds: int = setting(3, "Seeds", "How many trainings are compared.", "test", ge=2, le=10)

    @model_validator(mode="after")
    def _seeds_exist(self) -> Self:
        _, most = bounds(EmbeddingExperiment, "seed")
        if self.given.seed + self.seeds - 1 > most:
            raise ValueError(f"there are not {self.seeds} seeds from {self.given.seed} on; choose a smaller seed.")
        return self

    @property
    def trainings(self) -> tuple[EmbeddingExperiment, ...]:
        """The trainings, in their order."""
        return tuple(self.given.replace(seed=self.given.seed + i) for i in range(self.seeds))

    @property
    def steps(self) -> int:
        """Steps of all trainings together."""
        return self.seeds * self.given.steps

    def prepare(self) -> None:
        """As the training's own."""
        self.given.prepare()

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """See `stability_slices`."""
        return stability_slices(self.given, self.seeds, wanted)


def stability_slices(
    experiment: EmbeddingExperiment, seeds: int = 3, wanted: Wanted | None = None
) -> Iterator[Frame | None]:
    """Train with several seeds and compare, in pieces of at most about 50 ms.

    Parameters
    ----------
    experiment : EmbeddingExperiment
    seeds : int
        Number of trainings, two or more.
    wanted : callable, optional
        Asked before each step, as by every training; it changes nothing.

    Yields
    ------
    Frame or None
        One frame a step; metrics "training" (the one under way, from 1) and "done" (share of everything). The last frame of
        each training from the second on also has "overlap", the mean over words, and the array "overlap", (n,) float32 for
        the n <= 600 most frequent words: the share of their ten nearest neighbours that the trainings so far have in
        common. Of a word without direction nothing can be said; it takes part like any other.
    """
    neighbours: list[np.ndarray] = []
    yield Frame(0, {"training": 1.0, "done": 0.0})
    for i, training in enumerate(StabilityExperiment(given=experiment, seeds=seeds).trainings):
        for frame in training.slices(wanted=lambda step: False):
            if frame is None:
                yield None
            elif frame.step > 0:
                yield _told(i, frame, training.steps, seeds, neighbours, wanted)


def _told(i: int, frame: Frame, steps: int, seeds: int, neighbours: list[np.ndarray], wanted: Wanted | None) -> Frame:
    step = i * steps + frame.step
    if wanted is not None:
        wanted(step)
    numbers = {"training": i + 1.0, "done": step / (steps * seeds)}
    if frame.step < steps:
        return Frame(step, numbers)
    neighbours.append(frame.arrays["neighbours"])
    if len(neighbours) < 2:
        return Frame(step, numbers)
    shares = overlap(neighbours)
    return Frame(step, {**numbers, "overlap": float(shares.mean())}, {"overlap": shares.astype(np.float32)})
