"""The engine's thread: a quantum for one course after the other."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from explorer.frame import Frame
from explorer.runs.attention import Attention
from explorer.runs.course import Course
from explorer.runs.register import Register

log = logging.getLogger(__name__)

MOST_CALLS = 4096
"""Calls of ``next()`` in one quantum at most, should the clock stand still."""
IDLE = 10.0
"""Seconds between two looks around while there is nothing to do."""


class Worker:
    """Gives every course that somebody watches its turn.

    Parameters
    ----------
    register : Register
    lock : Condition
        Held for moments, never while a course computes.
    attention : Attention
        Pages that wait.
    clock : callable
    quantum : float
        Seconds of computing in one turn.
    """

    def __init__(
        self,
        register: Register,
        lock: threading.Condition,
        attention: Attention,
        clock: Callable[[], float],
        quantum: float,
    ) -> None:
        self._register, self._lock, self._attention = register, lock, attention
        self._clock, self._quantum = clock, quantum
        self._bell = self._closing = False

    def work(self) -> None:
        """Take turns until `end`; sleep while there is nothing to do."""
        while not self._closing:
            try:
                self._attention.rest()
                if not self.turn():
                    self._sleep()
            except Exception:  # a fault of the engine's own must not end everybody's training
                log.exception("The engine stumbled.")
                time.sleep(0.1)

    def ring(self) -> None:
        """Wake the thread; called with the lock."""
        self._bell = True
        self._lock.notify_all()

    def end(self) -> None:
        """Let `work` come to its end; called with the lock."""
        self._closing = True
        self.ring()

    def turn(self) -> bool:
        """One quantum for the course whose turn it is; False when there was nothing to do."""
        self.close_retired()
        with self._lock:
            now = self._clock()
            self._register.sweep(now)
            course = self._register.next_course(now)
        if course is None:
            return False
        self._compute(course)
        return True

    def close_retired(self) -> None:
        """Close the iterators of courses that nobody uses; never while one of them computes."""
        with self._lock:
            retired, self._register.retired[:] = list(self._register.retired), []
        for course in retired:
            course.close()

    def _sleep(self) -> None:
        with self._lock:
            if not self._bell:
                self._lock.wait(IDLE)
            self._bell = False

    def _compute(self, course: Course) -> None:
        began = now = self._clock()
        course.resume(now)
        with self._lock:
            go_on = course.busy = course.needed(now)
        calls = 0
        while go_on:
            frame, failure = _advance(course)
            before, now, calls = now, self._clock(), calls + 1
            over = now - began >= self._quantum or calls >= MOST_CALLS or self._attention.called or self._closing
            with self._lock:
                self._record(course, frame, failure, now - before, now)
                go_on = course.busy = not over and course.needed(now)
        self._attention.earn(now - began)
        with self._lock:
            course.pace.note(now, course.made)

    def _record(
        self, course: Course, frame: Frame | None, failure: Exception | None, seconds: float, now: float
    ) -> None:
        if failure is None:
            course.record(frame, seconds, now)
        elif isinstance(failure, StopIteration):
            course.finish()
        else:
            course.fail(failure)
            self._register.unlist_faulty(course)


def _advance(course: Course) -> tuple[Frame | None, Exception | None]:
    """One ``next()``: what came, or what was raised."""
    try:
        return course.advance(), None
    except Exception as error:
        return None, error
