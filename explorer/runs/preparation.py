"""What an experiment has to load before its first step, done beside the engine so that nobody else waits."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from explorer.runs.course import Course
from explorer.runs.register import Register


class Preparation:
    """A row of courses to prepare, and the one thread that does it.

    Parameters
    ----------
    register : Register
    lock : Condition
        The engine's lock.
    done : callable
        Called with the lock after each preparation.
    hold : callable
        Called once before the first of them.
    """

    def __init__(
        self, register: Register, lock: threading.Condition, done: Callable[[], None], hold: Callable[[], object]
    ) -> None:
        self._register, self._lock, self._done, self._hold = register, lock, done, hold
        self._row: queue.SimpleQueue[Course | None] = queue.SimpleQueue()

    def ask(self, course: Course) -> None:
        """Put a course into the row, once; called with the lock."""
        if not (course.prepared or course.queued):
            course.queued = True
            self._row.put(course)

    def work(self) -> None:
        """Prepare one after the other until `end`."""
        self._hold()
        while (course := self._row.get()) is not None:
            self._prepare(course)

    def end(self) -> None:
        """Let `work` come to its end."""
        self._row.put(None)

    def next(self) -> bool:
        """Prepare the one that has waited longest; False when there is none."""
        try:
            course = self._row.get_nowait()
        except queue.Empty:
            return False
        if course is not None:
            self._prepare(course)
        return course is not None

    def _prepare(self, course: Course) -> None:
        if course.closed:
            return
        failure = None
        try:
            course.experiment.prepare()
        except Exception as error:
            failure = error
        with self._lock:
            course.prepared = failure is None
            if failure is not None:
                course.fail(failure)
                self._register.unlist(course)  # what was missing may be there for the next who tries
            self._done()
