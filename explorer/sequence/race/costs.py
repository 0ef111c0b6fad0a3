"""`StepCost`: how long one update takes when the sequences get longer, measured on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

import numpy as np
from pydantic import model_validator

from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted
from explorer.sequence.race.experiment import Race
from explorer.sequence.race.lengths import lengths_of

LENGTHS = (12, 25, 50, 100, 200)
FITTED = 3
"""Of so many of the longest sequences the growth is told: with short ones it is hidden under what every update costs."""


class StepCost(Experiment):
    """Milliseconds of the way forward and of the way back, by architecture and length, at the race's number of parameters.

    Measured, not computed: no two runs agree to the bit, and another machine gives other numbers.
    """

    race: Race = setting(..., "Race", "The architectures, the task, the batch.", "sweep", private=True)
    lengths: tuple[int, ...] = setting(LENGTHS, "Lengths", "Time steps of the sequences.", "sweep")
    rounds: int = setting(15, "Rounds", "Measurements of each; the median counts.", "sweep", ge=1, le=200)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if not lengths_of(self.race.task):
            raise ValueError(f"race: the sequences of the task {self.race.task!r} are as long as they are")
        for length in self.lengths:
            self.race.replace(length=length)
        return self

    @property
    def steps(self) -> int:
        """Rounds."""
        return self.rounds

    def prepare(self) -> None:
        """Load what the task reads."""
        self.race.lineup()

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """See `explorer.sequence.race.measuring.measure_costs`."""
        from explorer.sequence.race.measuring import measure_costs

        return measure_costs(self)


def slope(lengths: np.ndarray, milliseconds: np.ndarray, last: int = FITTED) -> float:
    """The power with which a cost grows: 1 is proportional to the length, 2 to its square.

    The slope of the least-squares line through the logarithms of the longest `last` lengths that were measured; NaN for
    fewer than two.
    """
    lengths, milliseconds = np.asarray(lengths, dtype=float), np.asarray(milliseconds, dtype=float)
    known = np.flatnonzero(np.isfinite(milliseconds) & (milliseconds > 0))[-last:]
    if len(known) < 2:
        return float("nan")
    x, y = np.log(lengths[known]), np.log(milliseconds[known])
    x = x - x.mean()
    return float((x * y).sum() / (x * x).sum())
