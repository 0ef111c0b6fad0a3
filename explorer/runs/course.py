"""A course: one computation and its history, shared by all runs of an equal experiment with equal changes."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from explorer.frame import Change, Frame
from explorer.runs.history import History
from explorer.runs.pace import Pace
from explorer.runs.pictures import SHARE, Pictures
from explorer.runs.report import excuse

if TYPE_CHECKING:
    from explorer.runs.run import Run

log = logging.getLogger(__name__)


class Course:
    """Steps of one experiment as they are computed.

    `advance` runs without the engine's lock; everything else is called with it.

    Parameters
    ----------
    experiment : Any
        A value with ``slices(changes, wanted) -> Iterator[Frame | None]``.
    changes : sequence of Change
        Copied; the generator reads the copy, which grows as visitors change settings.
    history : History
        Frames that are known already; they are computed again, but not kept again.
    shared : bool
        Whether others may join. Not for frames out of a file, which could be anybody's.
    """

    def __init__(
        self,
        experiment: Any,
        changes: Sequence[Change] = (),
        history: History | None = None,
        shared: bool = True,
        clock: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self.experiment, self.changes, self.shared = experiment, list(changes), shared
        self.history = history or History()
        self.last_step: int | None = getattr(experiment, "steps", None)
        self.runs: list[Run] = []
        self.awaiting: set[Run] = set()  # runs that wait for a certain step
        self.prepared = not hasattr(experiment, "prepare")
        self.queued = False  # in the row of those to be prepared
        self.resting = True  # stood still when its turn came
        self.made = -1  # last step that the iterator has made
        self.busy = False  # in the iterator's hands at this moment
        self.midway = False  # a step is begun and not complete
        self.closed = False
        self.done = self.last_step is not None and self.tip >= self.last_step
        self.error: str | None = None
        self.again: int | None = None  # the step to make anew, with other settings, after it failed
        self.faulty = False  # failed for a reason that may not come again
        self.pace = Pace()
        self.pictures = Pictures(self.last_step, clock(), getattr(experiment, "picture_share", SHARE))
        self._clock = clock
        self._iterator: Iterator[Frame | None] | None = None
        self.computed = 0.0  # seconds of computing since its beginning
        self.served = 0.0  # the same as its share of everybody's time; who has had least is next
        self._spent = 0.0  # seconds of computing in the step under way

    @property
    def key(self) -> tuple[Any, tuple[Change, ...]]:
        """Courses with equal keys give equal frames."""
        return self.experiment, tuple(self.changes)

    @property
    def tip(self) -> int:
        """The last step that is known, -1 when there is none."""
        return self.history.tip

    @property
    def alive(self) -> bool:
        """Whether it can go on."""
        return not (self.done or self.closed or self.error is not None)

    @property
    def underway(self) -> bool:
        """Whether a step has begun, so that a change is too late for it."""
        return self.busy or self.midway

    def needed(self, now: float) -> bool:
        """Whether somebody who is watching wants another step."""
        if not self.prepared or self.done or self.closed or self.error is not None:
            return False
        return any(run.lease > now and run.wants() > self.made for run in self.runs)

    def resume(self, now: float) -> None:
        """Its turn has come; time in which it stood still does not count."""
        if self.resting:
            self.resting = False
            self.pace.begin(now, self.made)
            self.pictures.begin(now)

    def advance(self) -> Frame | None:
        """One ``next()``; takes what the iterator takes.

        Raises
        ------
        StopIteration
            At the end of the training.
        Exception
            Whatever the training raises.
        """
        if self._iterator is None:
            self._iterator = iter(self.experiment.slices(self.changes, self._wanted))
        return next(self._iterator)

    def record(self, frame: Frame | None, seconds: float, now: float) -> None:
        """Take in what `advance` gave and how long it took."""
        self.busy, self.midway = False, frame is None
        self._spent += seconds
        self.computed += seconds
        self.served += seconds
        if frame is not None:
            self._keep(frame)
            self.pictures.measured(frame.step, self._spent, bool(frame.arrays), now)
            self._spent = 0.0
        if self.awaiting:
            self.awaiting = {run for run in self.awaiting if run.awaits(frame)}

    def finish(self) -> None:
        """The iterator has come to its end."""
        self.done = True
        self._end()

    def fail(self, error: BaseException) -> None:
        """Keep what was raised as text; the traceback goes to the log, without words a visitor may have typed.

        An error may name in `again` the first step at which another setting would make a difference.
        """
        self._end()
        self.again = getattr(error, "again", None)
        self.error, self.faulty = excuse(error), not isinstance(error, ValueError)
        if self.faulty:
            lines = "".join(traceback.format_tb(error.__traceback__))
            log.error("A course failed with %s:\n%s", type(error).__name__, lines)

    def close(self) -> None:
        """Close the iterator; only by who advances it, never during `advance`."""
        self.closed = True
        iterator, self._iterator = self._iterator, None
        if hasattr(iterator, "close"):
            try:
                iterator.close()
            except Exception as error:
                log.error("A course did not close: %s", type(error).__name__)

    def _end(self) -> None:
        self.busy, self.midway, self._iterator = False, False, None
        for run in self.awaiting:
            run.give_up()
        self.awaiting.clear()

    def _keep(self, frame: Frame) -> None:
        if frame.step > self.tip:
            self.history.append(frame, self.computed)
        self.made = frame.step

    def _wanted(self, step: int) -> bool:
        return step > self.tip and self.pictures.wanted(step, self._clock())
