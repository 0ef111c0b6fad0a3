"""A training in the terminal: how far it is, and how to end it early without losing anything."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from explorer.embedding.divergence import VectorsDiverged
from explorer.frame import Change, Frame, Wanted
from explorer.runs.history import History
from explorer.sequence.divergence import TrainingDiverged

if TYPE_CHECKING:
    from explorer.embedding import EmbeddingExperiment
    from explorer.sequence import SequenceExperiment

REDRAWN = 0.1
"""Seconds between two looks of the bar."""
TOLD = ("loss", "cost", "captured")
"""The number that the bar tells of: the first that a frame has."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a training gave.

    Attributes
    ----------
    history : History
        Bounded and thinned, as in the app.
    problem : str or None
        Why the training came apart.
    stopped : bool
        Whether somebody ended it early.
    seconds : float
        How long it took, building the network included.
    """

    history: History
    problem: str | None
    stopped: bool
    seconds: float


class Bar:
    """A progress bar on standard error with numbers beside it; nothing where nobody would see it."""

    def __init__(self, steps: int, quiet: bool) -> None:
        console = Console(stderr=True)
        columns = [BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeRemainingColumn()]
        # Drawn by hand: a thread that draws would take its time from the training.
        self._progress = Progress(
            *columns, console=console, auto_refresh=False, disable=quiet or not console.is_terminal
        )
        self._bar = self._progress.add_task("", total=steps)
        self._drawn = 0.0

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._progress.refresh()
        self._progress.stop()

    def show(self, step: int, text: str, now: float) -> None:
        """Draw the bar, but not too often."""
        last = step >= (self._progress.tasks[0].total or 0)
        if last or now - self._drawn >= REDRAWN:
            self._drawn = now
            self._progress.update(self._bar, completed=step, description=text, refresh=True)


def train_here(
    experiment: SequenceExperiment | EmbeddingExperiment,
    changes: Sequence[Change],
    bar: Bar,
    stop: Event,
    drawn: Wanted,
) -> Outcome:
    """Train until the end, until it comes apart, or until asked to stop: then the last step is drawn in full.

    Parameters
    ----------
    experiment : SequenceExperiment or EmbeddingExperiment
        Prepared.
    changes : sequence of Change
    bar : Bar
        Told of every step.
    stop : Event
        Set by who wants it to end.
    drawn : callable
        Which steps are to be drawn in full.
    """
    history, problem, began = History(), None, time.monotonic()
    frames = experiment.frames(changes, lambda step: stop.is_set() or drawn(step))
    try:
        for frame in frames:
            history.append(frame)
            bar.show(frame.step, _pace(frame, began), time.monotonic())
            if stop.is_set() and frame.arrays:
                break
    except (TrainingDiverged, VectorsDiverged) as error:
        problem = str(error)
    early = problem is None and history.tip < experiment.steps
    return Outcome(history, problem, early, time.monotonic() - began)


def _pace(frame: Frame, began: float) -> str:
    seconds = max(time.monotonic() - began, 1e-9)
    name = next(name for name in TOLD if name in frame.metrics)
    pace = frame.step / seconds
    return f"{name} {frame.metrics[name]:<8.4g} {pace:7,.{0 if pace >= 10 else 1}f} steps/s"


@contextmanager
def listening() -> Iterator[Event]:
    """While inside, the first Ctrl-C sets the event; a second one interrupts as usual."""
    stop = Event()

    def ask(number: int, stack: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
