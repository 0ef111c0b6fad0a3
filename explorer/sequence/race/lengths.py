"""`LengthSweep`: how well each architecture of a race ends up when there is further to remember."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Self

from pydantic import model_validator

from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted
from explorer.sequence.race.experiment import Race

LENGTHS = (10, 20, 50, 100, 200)
PARTS = 10
"""Frames for each training; see `explorer.sequence.race.trainings`."""


def lengths_of(task: str) -> bool:
    """Whether the length of a task's sequences can be chosen."""
    return Race.applies("length", task, "lstm")


class LengthSweep(Experiment):
    """A race run again at several lengths, one training after the other, the short ones first.

    Equal sweeps give equal frames to the bit. Architectures are made anew for each length, at the same number of parameters.
    """

    race: Race = setting(..., "Race", "The architectures, the task and how they train.", "sweep", private=True)
    lengths: tuple[int, ...] = setting(LENGTHS, "Lengths", "Time steps of the sequences.", "sweep")
    updates: int = setting(500, "Updates", "Of each of the trainings.", "sweep", ge=10, le=10_000)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if not lengths_of(self.race.task):
            raise ValueError(f"race: the sequences of the task {self.race.task!r} are as long as they are")
        if not self.lengths:
            raise ValueError("lengths: at least one is needed")
        for length in self.lengths:
            self.race.replace(length=length)
        return self

    @property
    def steps(self) -> int:
        """Frames until all trainings are done."""
        return PARTS * len(self.lengths) * len(self.race.names)

    def prepare(self) -> None:
        """Load what the task reads."""
        self.race.replace(length=self.lengths[0]).lineup()

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """See `explorer.sequence.race.trainings.train_cells`; rows are architectures, columns lengths."""
        from explorer.sequence.race.trainings import Cell, train_cells

        names = self.race.names
        cells = [
            Cell(row, column, partial(self.race.replace(length=length).contestant, name))
            for column, length in enumerate(self.lengths)
            for row, name in enumerate(names)
        ]
        return train_cells(cells, len(names), len(self.lengths), self.updates)
