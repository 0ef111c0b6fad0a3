"""The engine owns time: one thread gives every run that somebody watches its turn."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from explorer.frame import Change, Frame
from explorer.runs.attention import Attention
from explorer.runs.changing import change, checked
from explorer.runs.history import History
from explorer.runs.preparation import Preparation
from explorer.runs.register import Limits, Register
from explorer.runs.report import Report, Stats
from explorer.runs.run import Run
from explorer.runs.worker import Worker


class Engine:
    """Computes the runs of all visitors in one thread, a quantum of one course after the other.

    It knows of an experiment only that it is a hashable value with ``slices(changes, wanted)``, an iterator of
    frames and Nones (pieces of a step), perhaps ``prepare()`` (slow, done once in another thread),
    ``check_change(field, value)`` and ``steps``. Equal experiments with equal changes are computed once.

    All methods may be called from any thread and return within moments: no lock is held while a course computes.

    Parameters
    ----------
    clock : callable
        Seconds, never going back.
    quantum : float
        Seconds of computing in one turn.
    lease : float
        Seconds after a poll during which a run counts as watched. Nothing is computed for a run unwatched.
    runs_per_visit, runs : int
        Most runs of one visit, and of all.
    keep : float
        Seconds after which an unwatched run is dropped.
    size : float
        Bytes of kept frames above which unwatched runs make room for a new one.
    hold : callable, optional
        Called once before the first preparation, in its thread; loading begins when it returns.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        quantum: float = 0.015,
        lease: float = 3.0,
        runs_per_visit: int = 4,
        runs: int = 64,
        keep: float = 600.0,
        size: float = 1.5e9,
        hold: Callable[[], object] = bool,
    ) -> None:
        self._clock, self._limits = clock, Limits(lease, runs_per_visit, runs, keep, size)
        self._lock = threading.Condition()
        self._attention = Attention()
        self._register = Register(self._limits, clock)
        self._worker = Worker(self._register, self._lock, self._attention, clock, quantum)
        self._preparation = Preparation(self._register, self._lock, self._worker.ring, hold)
        self._threads: list[threading.Thread] = []

    def start(self, experiment: Any, visit: str, changes: Sequence[Change] = (), frames: Sequence[Frame] = ()) -> str:
        """A new run, paused at step 0, or at the end of `frames` (from a file).

        Returns
        -------
        str
            The name of the run; it cannot be guessed.

        Raises
        ------
        TooManyRuns
            When there is no room; the text says what to do.
        ValueError
            When the experiment does not admit one of the changes.
        """
        changes, history = checked(experiment, changes), History(frames) if frames else None
        with self._lock:
            self._register.sweep(self._clock())
            run = self._register.enter(experiment, visit, changes, history)
            self._wake(run)
            return run.name

    def frames_since(self, name: str, visit: str, step: int = -1) -> Report:
        """What happened since `step`; tells the engine that somebody is watching.

        Raises
        ------
        UnknownRun
            When the run was dropped.
        NotYours
            When it belongs to another visit.
        """
        with self._lock:
            run = self._watch(name, visit)
            run.looked_at()
            return run.report(
                step, sum(one.playing and one.course.alive for one in self._register.watched(self._clock()))
            )

    def keep_alive(self, name: str, visit: str) -> None:
        """Renew the lease without asking for anything; raises as `frames_since` does."""
        with self._lock:
            self._watch(name, visit)

    def command(self, name: str, visit: str, action: str, field: str | None = None, value: Any = None) -> None:
        """Do as the visitor says: ``"play"``, ``"pause"``, ``"step"``, ``"reset"``, ``"stop"`` or ``"change"``.

        A change sets `field` to `value` from the next step on.

        Raises
        ------
        UnknownRun, NotYours
            As `frames_since`.
        ValueError
            When the experiment does not admit the change, or there is no such action.
        """
        if action == "change":
            value = self._experiment(name, visit).check_change(field, value)
        with self._lock:
            run = self._watch(name, visit)
            self._obey(run, action, field, value)
            self._wake(run)

    def drop(self, name: str, visit: str) -> None:
        """Forget a run at once; nothing happens when it is gone already."""
        with self._lock:
            if name in self._register.runs:
                self._register.leave(self._register.find(name, visit))
                self._worker.ring()

    def attention(self) -> AbstractContextManager[None]:
        """While inside, the engine makes room for the page (for a bounded share of the time)."""
        return self._attention.held()

    def stats(self) -> Stats:
        """The engine in four numbers."""
        with self._lock:
            now = self._clock()
            courses = [course for course in self._register.courses if course.needed(now)]
            watched = sum(1 for _ in self._register.watched(now))
            pace = sum(course.pace.now() for course in courses)
            return Stats(len(self._register.runs), watched, len(self._register.courses), pace)

    def launch(self) -> None:
        """Start computing, in threads that end with the program at the latest."""
        for name, work in (("engine", self._worker.work), ("preparation", self._preparation.work)):
            thread = threading.Thread(target=work, name=f"unrolled-{name}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def close(self, timeout: float = 2.0) -> None:
        """End the threads and close every course; the engine is of no use afterwards."""
        with self._lock:
            for run in list(self._register.runs.values()):
                self._register.leave(run)
            self._worker.end()
        self._preparation.end()
        deadline = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        if not any(thread.is_alive() for thread in self._threads[:1]):
            self._worker.close_retired()

    def turn(self) -> bool:
        """One quantum for the course whose turn it is; False when there was nothing to do."""
        return self._worker.turn()

    def prepare_next(self) -> bool:
        """Prepare the course that has waited longest; False when there is none."""
        return self._preparation.next()

    def _watch(self, name: str, visit: str) -> Run:
        """The run, its lease renewed and its place brought up to now."""
        now = self._clock()
        run = self._register.find(name, visit)
        if run.lease <= now:  # the time nobody looked does not count
            run.settle()
            run.seen = now
        run.replay(now, self._limits.lease)
        run.lease = now + self._limits.lease
        self._wake(run)
        return run

    def _experiment(self, name: str, visit: str) -> Any:
        with self._lock:
            return self._register.find(name, visit).course.experiment

    def _wake(self, run: Run) -> None:
        self._preparation.ask(run.course)
        self._worker.ring()

    def _obey(self, run: Run, action: str, field: str | None, value: Any) -> None:
        now = self._clock()
        if action == "change":
            change(self._register, run, str(field), value, now)
        elif action == "play":
            run.play(now)
        elif action == "pause":
            run.pause()
        elif action == "step":
            run.step()
        elif action == "reset":
            self._register.revive(run)
            run.reset()
        elif action == "stop":
            self._register.stop(run)
        else:
            raise ValueError(f"There is no action {action!r}.")
