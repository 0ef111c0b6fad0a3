"""`SweepExperiment`: one architecture trained at several learning rates and widths, the whole table of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Self

from pydantic import model_validator

from explorer.experiment import Experiment, explain, setting
from explorer.frame import Changes, Frame, Wanted
from explorer.sequence.race.contestant import Contestant

RATES = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05)
WIDTHS = (8, 16, 32, 64)
PARTS = 10
"""Frames for each training; see `explorer.sequence.race.trainings`."""


class SweepExperiment(Experiment):
    """A grid of trainings over learning rate and hidden units, all else as in one contestant.

    Equal sweeps give equal frames to the bit.
    """

    contestant: Contestant = setting(..., "Architecture", "What is trained in each cell.", "sweep", private=True)
    rates: tuple[float, ...] = setting(RATES, "Learning rates", "From row to row.", "sweep")
    widths: tuple[int, ...] = setting(WIDTHS, "Hidden units", "From column to column.", "sweep")
    updates: int = setting(300, "Updates", "Of each of the trainings.", "sweep", ge=10, le=10_000)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if not (self.rates and self.widths):
            raise ValueError("rates and widths: at least one of each is needed")
        for rate in self.rates:
            type(self.contestant).check_change("learning_rate", rate)
        return self

    @property
    def steps(self) -> int:
        """Frames until all trainings are done."""
        return PARTS * len(self.rates) * len(self.widths)

    def prepare(self) -> None:
        """Load what the task reads."""
        self.contestant.prepare()

    def cell(self, rate: float, hidden: int) -> Contestant:
        """The experiment of one cell.

        Raises
        ------
        ValueError
            When it cannot be trained live; the text says what would fit.
        """
        from pydantic import ValidationError

        try:
            return self.contestant.replace(learning_rate=rate, hidden=hidden)
        except ValidationError as error:
            raise ValueError(" ".join(explain(error))) from None

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """See `explorer.sequence.race.trainings.train_cells`; rows are learning rates, columns widths."""
        from explorer.sequence.race.trainings import Cell, train_cells

        cells = [
            Cell(row, column, partial(self.cell, rate, hidden))
            for column, hidden in enumerate(self.widths)
            for row, rate in enumerate(self.rates)
        ]
        return train_cells(cells, len(self.rates), len(self.widths), self.updates)
