"""`CrossingExperiment`: a dictionary tested pair by pair, as a value, which the engine advances like a training."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Self

import numpy as np
from pydantic import ConfigDict, model_validator

from explorer.applications.crosslingual.dictionary import FEWEST
from explorer.applications.crosslingual.evaluation import (
    METHODS,
    Guess,
    Part,
    groups_of,
    leave_out_slices,
    tested_slices,
)
from explorer.applications.crosslingual.mapping import Mapping
from explorer.embedding.vectors import Vectors
from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted
from explorer.text.stop_words import stop_words

SHOWN = 32
"""Pairs that are drawn: the first of the dictionary."""


class CrossingExperiment(Experiment):
    """Every pair of a dictionary translated by a rotation that was fitted to the others. A step is a group of pairs."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    given: Vectors = setting(..., "From", "Vectors of the first language; they stay in memory.", "test", private=True)
    target: Vectors = setting(..., "Into", "Vectors of the second language.", "test", private=True)
    pairs: tuple[tuple[str, str], ...] = setting(..., "Pairs", "Words that mean the same.", "test", private=True)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.given.dimensions != self.target.dimensions:
            raise ValueError(
                f"the first file has {self.given.dimensions} numbers for each word, the second {self.target.dimensions}. "
                "A rotation needs equally many: choose files of the same size."
            )
        if len({one for one, _ in self.pairs}) < FEWEST:
            raise ValueError(f"pairs: at least {FEWEST} different words of the first language are needed.")
        return self

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Fields and their values, without what was derived from them and kept."""
        return ((name, getattr(self, name)) for name in type(self).model_fields)

    @property
    def steps(self) -> int:
        """The rotation fitted to all pairs, then each group of pairs that is left out."""
        return 1 + groups_of(self.pairs)

    def prepare(self) -> None:
        """Scale all vectors to length 1, once, so that no piece of work has to."""
        for vectors in (self.given, self.target):
            vectors.unit, vectors.index  # noqa: B018

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """See `crossing_slices`."""
        return crossing_slices(self)


def shown_pairs(pairs: Sequence[tuple[str, str]], most: int = SHOWN) -> list[tuple[str, str]]:
    """The first pairs, no word twice; of a larger dictionary those that carry a subject, if there are any."""
    if len(pairs) > most:
        common = stop_words()
        pairs = [pair for pair in pairs if pair[0].isalpha() and pair[0].lower() not in common] or pairs
    here: set[str] = set()
    there: set[str] = set()
    found = []
    for one, other in pairs:
        if one not in here and other not in there and len(found) < most:
            found.append((one, other))
            here.add(one)
            there.add(other)
    return found


def crossing_slices(experiment: CrossingExperiment) -> Iterator[Frame | None]:
    """Fit to all pairs, then leave out group after group.

    Yields
    ------
    Frame or None
        One frame a step; the first has nothing yet. Metrics: "asked", pairs that were left out so far. Arrays: see `Found`.
    """
    yield Frame(0, {"asked": 0.0})
    found = Found(experiment)
    whole = Mapping.fit(experiment.given, experiment.target, experiment.pairs)
    yield None
    part = yield from tested_slices(whole, experiment.pairs, found.columns)
    found.known(part)
    yield found.frame(1)
    step = 1
    for part in leave_out_slices(experiment.given, experiment.target, experiment.pairs, found.columns):
        if part is None:
            yield None
        else:
            step += 1
            found.left_out(part)
            yield found.frame(step)


class Found:
    """What was found so far, as the arrays of a frame.

    For all pairs, in the order of asking: "known" by the rotation that was fitted to them, "found" by the one that was
    not, (n, 3) int32 each: number of the pair, rows of the first words by "nearest" and by "csls" in the target.
    For the k pairs of `shown_pairs`: "placed_known" and "placed" (k, d) float32, where the rotation puts the source word
    among the target's vectors of length 1; "nearest_known", "csls_known", "nearest" and "csls" (k, k) float32, scores of each
    shown source word with each shown target word. NaN for what is to come. "crowding" (V_target,) float32: see `Mapping`.
    """

    def __init__(self, experiment: CrossingExperiment) -> None:
        self.pairs = experiment.pairs
        self.number_of = {pair: i for i, pair in enumerate(experiment.pairs)}
        shown = shown_pairs(experiment.pairs)
        self.row_of = {pair: i for i, pair in enumerate(shown)}
        self.columns = experiment.target.numbers([other for _, other in shown])
        k, d = len(shown), experiment.target.dimensions
        self.arrays: dict[str, np.ndarray] = {}
        for end in ("", "_known"):
            self.arrays[f"placed{end}"] = np.full((k, d), np.nan, dtype=np.float32)
            for method in METHODS:
                self.arrays[f"{method}{end}"] = np.full((k, k), np.nan, dtype=np.float32)
        self.arrays["found"] = np.empty((0, 3), dtype=np.int32)

    def known(self, part: Part) -> None:
        """Take over what the rotation fitted to all pairs says of them."""
        self.arrays["known"] = self._rows(part)
        self.arrays["crowding"] = part.mapping.crowding
        self._fill(part, "_known")

    def left_out(self, part: Part) -> None:
        """Take over what a rotation says of pairs that it does not know."""
        self.arrays["found"] = np.concatenate([self.arrays["found"], self._rows(part)])
        self._fill(part, "")

    def frame(self, step: int) -> Frame:
        """A copy of everything."""
        fixed = ("found", "known", "crowding")
        arrays = {name: array if name in fixed else array.copy() for name, array in self.arrays.items()}
        return Frame(step, {"asked": float(len(arrays["found"]))}, arrays)

    def _rows(self, part: Part) -> np.ndarray:
        numbers = [self.number_of[pair] for pair in part.asked]
        return np.stack([numbers, *(part.best[method] for method in METHODS)], axis=1).astype(np.int32)

    def _fill(self, part: Part, end: str) -> None:
        for i, pair in enumerate(part.asked):
            row = self.row_of.get(pair)
            if row is not None:
                number = part.mapping.source.numbers([pair[0]])
                self.arrays[f"placed{end}"][row] = part.mapping.placed(number)[0]
                for method in METHODS:
                    self.arrays[f"{method}{end}"][row] = part.scores[method][i]


def guesses_of(frame: Frame, experiment: CrossingExperiment, known: bool = False) -> list[Guess]:
    """What a frame found, in words: for pairs that were left out, or for those that were `known`."""
    words, rows = experiment.target.words, frame.arrays.get("known" if known else "found", np.empty((0, 3)))
    return [
        Guess(*experiment.pairs[number], {"nearest": words[nearest], "csls": words[csls]})
        for number, nearest, csls in rows.tolist()
    ]


def mapping_of(frame: Frame, experiment: CrossingExperiment) -> Mapping:
    """The rotation fitted to all pairs; what takes long about it is in the frame."""
    mapping = Mapping.fit(experiment.given, experiment.target, experiment.pairs)
    mapping.__dict__["crowding"] = frame.arrays["crowding"]
    return mapping
