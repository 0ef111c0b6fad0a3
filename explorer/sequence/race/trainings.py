"""Many trainings one after the other, each leaving one number in a table: what all sweeps are made of."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from explorer.frame import Frame
from explorer.sequence.cost import sequences_at_once
from explorer.sequence.evaluation import evaluate_slices
from explorer.sequence.model import build_slices
from explorer.sequence.pace import Pace, Slices
from explorer.sequence.settings import Settings
from explorer.sequence.tasks import make_task
from explorer.sequence.trainer import Trainer

if TYPE_CHECKING:
    from explorer.sequence.architectures.experiment import ArchitectureExperiment

PARTS = 10
"""Looks at each training while it goes on."""


@dataclass(frozen=True)
class Cell:
    """One training, and where its result stands; `make` gives its experiment, or raises ValueError where there is none."""

    row: int
    column: int
    make: Callable[[], ArchitectureExperiment]


@dataclass
class Table:
    """What is known so far: all (rows, columns), float64, NaN where nothing is known."""

    scores: np.ndarray
    losses: np.ndarray
    parameters: np.ndarray
    done: np.ndarray  # share of the training that is made; -1 where it cannot be made
    came_apart: np.ndarray = field(init=False)  # 1 where the training diverged

    @classmethod
    def empty(cls, rows: int, columns: int) -> Table:
        """A table in which nothing is known."""
        unknown = np.full((rows, columns), np.nan)
        return cls(unknown, unknown.copy(), unknown.copy(), np.zeros((rows, columns)))

    def __post_init__(self) -> None:
        self.came_apart = np.zeros_like(self.done)

    def frame(self, step: int) -> Frame:
        """The table of this moment."""
        return Frame(
            step, {"done": float((self.done >= 1).sum())}, {name: one.copy() for name, one in vars(self).items()}
        )


def train_cells(cells: Sequence[Cell], rows: int, columns: int, updates: int) -> Iterator[Frame | None]:
    """Train one cell after the other.

    Parameters
    ----------
    cells : sequence of Cell
    rows, columns : int
        Size of the table.
    updates : int
        Of each training.

    Yields
    ------
    Frame or None
        Frame 0 is the empty table; then `PARTS` frames for each cell, with the arrays of `Table`. "scores" and "losses" are those on
        held-out sequences. A training that comes apart keeps the numbers it had before.
    """
    table = Table.empty(rows, columns)
    yield table.frame(0)
    for number, cell in enumerate(cells):
        step = number * PARTS
        try:
            experiment = cell.make()
        except ValueError:
            table.done[cell.row, cell.column] = -1
            yield table.frame(step + PARTS)
            continue
        yield None
        yield from _train(experiment, cell, table, step, updates)


def _train(
    experiment: ArchitectureExperiment, cell: Cell, table: Table, step: int, updates: int
) -> Iterator[Frame | None]:
    at, settings = (cell.row, cell.column), Settings.at(0, experiment, ())
    model = yield from build_slices(experiment, make_task(experiment))
    trainer = Trainer(experiment, model)
    table.parameters[at] = sum(weight.numel() for weight in model.parameters())
    trainer.measure_untrained(settings)
    looks = [math.ceil(updates * (k + 1) / PARTS) for k in range(PARTS)]
    made = 0
    for part, look in enumerate(looks, start=1):
        while made < look and not trainer.diverged:
            yield None
            trainer.update(settings)
            made += 1
        if not trainer.diverged:
            table.losses[at], table.scores[at] = yield from _judged(experiment, trainer)
        table.came_apart[at], table.done[at] = trainer.diverged, 1.0 if trainer.diverged else part / PARTS
        if trainer.diverged or part == PARTS:
            yield table.frame(step + PARTS)
            return
        yield table.frame(step + part)


def _judged(experiment: ArchitectureExperiment, trainer: Trainer) -> Slices[tuple[float, float]]:
    trainer.model.eval()
    at_once, milliseconds = sequences_at_once(experiment)
    yield None
    return (
        yield from evaluate_slices(trainer.model, trainer.model.task.scored(), at_once, 1000.0 * milliseconds, Pace())
    )
