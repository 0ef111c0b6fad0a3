"""The clock on single updates: seconds of this thread's own work, so that who else uses the machine matters little."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import torch

from explorer.frame import Frame
from explorer.sequence.model import build_slices
from explorer.sequence.pace import Slices
from explorer.sequence.streams import DATA, stream
from explorer.sequence.tasks import Batch, make_task

if TYPE_CHECKING:
    from explorer.sequence.race.costs import StepCost

FINE = 1e-4
"""Seconds: a clock that ticks more seldom is of no use here."""
CLOCK = time.thread_time if time.get_clock_info("thread_time").resolution <= FINE else time.perf_counter
WARMING = 2
"""Updates of each that do not count: memory is found, kernels are chosen."""


@dataclass
class Timed:
    """One model, one batch, and how long both ways took each time, in milliseconds."""

    model: torch.nn.Module
    batch: Batch
    forward: list[float] = field(default_factory=list)
    backward: list[float] = field(default_factory=list)

    def measure(self) -> Slices[None]:
        """Once forward and once back, with a pause between."""
        with torch.enable_grad():
            began = CLOCK()
            loss = self.model.loss(self.model(self.batch.inputs, self.batch.lengths), self.batch)
            self.forward.append(1000.0 * (CLOCK() - began))
        yield None
        began = CLOCK()
        loss.backward()
        self.backward.append(1000.0 * (CLOCK() - began))
        for weight in self.model.parameters():
            weight.grad = None
        yield None


def measure_costs(experiment: StepCost) -> Iterator[Frame | None]:
    """Measure every architecture at every length, round by round.

    Yields
    ------
    Frame or None
        Frame 0 knows nothing yet. Arrays: "forward" and "backward" (architectures, lengths), the medians of all rounds
        so far in milliseconds, float64; NaN where an architecture would be too slow to train live.
    """
    shape = len(experiment.race.names), len(experiment.lengths)
    places: dict[tuple[int, int], Timed] = {}
    yield _frame(0, places, shape)
    for column, length in enumerate(experiment.lengths):
        race = experiment.race.replace(length=length)
        for row, name in enumerate(race.names):
            if name in race.lineup().contestants:
                places[row, column] = yield from _timed(race.lineup().contestants[name])
            yield None
    for _ in range(WARMING):
        for one in places.values():
            yield from one.measure()
    for one in places.values():
        one.forward.clear(), one.backward.clear()
    for step in range(1, experiment.rounds + 1):
        for one in places.values():
            yield from one.measure()
        yield _frame(step, places, shape)


def _timed(contestant) -> Slices[Timed]:
    task = make_task(contestant)
    model = yield from build_slices(contestant, task)
    return Timed(model.train(), task.sample(contestant.batch, stream(contestant.seed, DATA)))


def _frame(step: int, places: dict[tuple[int, int], Timed], shape: tuple[int, int]) -> Frame:
    arrays = {"forward": np.full(shape, np.nan), "backward": np.full(shape, np.nan)}
    for at, one in places.items():
        if one.forward:
            arrays["forward"][at], arrays["backward"][at] = np.median(one.forward), np.median(one.backward)
    return Frame(step, {"measured": float(step)}, arrays)
