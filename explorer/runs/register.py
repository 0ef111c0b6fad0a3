"""The book of runs and courses: who is here, who shares what, who has to make room."""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from explorer.frame import Change
from explorer.runs.course import Course
from explorer.runs.history import History
from explorer.runs.report import NotYours, TooManyRuns, UnknownRun
from explorer.runs.run import Run


@dataclass(frozen=True, slots=True)
class Limits:
    """How many runs there may be, how long nobody may look at one, in seconds, and how many bytes all may keep."""

    lease: float = 3.0
    runs_per_visit: int = 4
    runs: int = 64
    keep: float = 600.0
    size: float = 1.5e9


@dataclass(slots=True)
class Register:
    """All runs by name, all courses in the order of their turns. Only ever used with the engine's lock."""

    limits: Limits
    clock: Callable[[], float]
    runs: dict[str, Run] = field(default_factory=dict)
    courses: deque[Course] = field(default_factory=deque)
    retired: list[Course] = field(default_factory=list)
    _least: float = 0.0
    _shared: dict[tuple[Any, tuple[Change, ...]], Course] = field(default_factory=dict)

    def enter(self, experiment: Any, visit: str, changes: Sequence[Change], history: History | None) -> Run:
        """A new run, paused at step 0 or at the end of a `history` out of a file.

        Raises
        ------
        TooManyRuns
            When somebody is watching each of the runs that could make room.
        """
        now = self.clock()
        self._make_room(visit, now)
        course = self._course(experiment, changes, history)
        run = Run(secrets.token_urlsafe(16), visit, course, now + self.limits.lease, now)
        if history is not None:
            run.here, run.place = course.history.last, course.tip
        course.runs.append(run)
        self.runs[run.name] = run
        return run

    def find(self, name: str, visit: str) -> Run:
        """The run of that name, if it belongs to the visit.

        Raises
        ------
        UnknownRun, NotYours
        """
        run = self.runs.get(name)
        if run is None:
            raise UnknownRun("This run is no longer kept: start it again.")
        if not secrets.compare_digest(run.visit.encode(), visit.encode()):
            raise NotYours("This run belongs to another visit.")
        return run

    def leave(self, run: Run) -> None:
        """Drop a run, and its course when it was the last one there."""
        self.runs.pop(run.name, None)
        self._detach(run)

    def stop(self, run: Run) -> None:
        """End a run at its place; its course ends when no other run goes on with it."""
        run.pause()
        run.landing, run.stopped = False, True
        if all(other.stopped for other in run.course.runs):
            self._retire(run.course)

    def revive(self, run: Run) -> None:
        """Undo a stop, or a failure that may not come again, for a run that goes back to its beginning."""
        run.stopped = False
        if run.course.closed or run.course.faulty:
            self.divert(run, list(run.course.changes))

    def divert(self, run: Run, changes: Sequence[Change]) -> None:
        """Lead a run that stands still into a course with other changes, which gives the same up to its place."""
        old = run.course
        course = self.joinable(run, changes)
        if course is None:
            course = self._course(old.experiment, changes, old.history.upto(run.position), old.shared)
        course.prepared = course.prepared or old.prepared
        self._detach(run)
        run.course, run.landing = course, False
        course.runs.append(run)

    def joinable(self, run: Run, changes: Sequence[Change]) -> Course | None:
        """A course with these changes that has been where the run is, if there is one for all to share."""
        course = self._shared.get((run.course.experiment, tuple(changes))) if run.course.shared else None
        return course if course is not None and course.tip >= run.position else None

    def amend(self, course: Course, changes: Sequence[Change]) -> None:
        """Change a course in place; its only user must be at its tip."""
        self.unlist(course)
        course.changes[:] = changes
        if course.shared:
            self._shared.setdefault(course.key, course)

    def unlist(self, course: Course) -> None:
        """Let nobody join this course any more; those in it stay."""
        for key in [key for key, known in self._shared.items() if known is course]:
            del self._shared[key]

    def unlist_faulty(self, course: Course) -> None:
        """Let a new start try again what failed for a reason that may not come again."""
        if course.faulty:
            self.unlist(course)

    def next_course(self, now: float) -> Course | None:
        """The course whose turn it is among those that somebody waits for; it goes to the end of the row.

        It is the one that has had the least time: a step cannot be interrupted, and taking turns alone would give
        more to those whose steps are long. Standing still earns nothing: who comes back begins with the least.
        """
        waiting = [course for course in self.courses if self._waits(course, now)]
        if not waiting:
            return None
        course = min(waiting, key=lambda one: one.served)
        self._least = course.served
        self.courses.remove(course)
        self.courses.append(course)
        return course

    def _waits(self, course: Course, now: float) -> bool:
        if not course.needed(now):
            course.resting = True
            return False
        if course.resting:
            course.served = max(course.served, self._least)
        return True

    def sweep(self, now: float) -> None:
        """Runs that nobody watches stay where they are; after long they go."""
        for run in list(self.runs.values()):
            if run.lease + self.limits.keep < now:
                self.leave(run)
            elif run.lease <= now and run.following:
                run.settle()

    def watched(self, now: float) -> Iterator[Run]:
        """Runs that somebody looks at."""
        return (run for run in self.runs.values() if run.lease > now)

    def _course(
        self, experiment: Any, changes: Sequence[Change], history: History | None = None, shared: bool | None = None
    ) -> Course:
        # Frames out of a file could be anybody's: nobody else is ever led to see them.
        shared = history is None if shared is None else shared
        key = (experiment, tuple(changes))
        if history is None and key in self._shared:
            return self._shared[key]
        course = Course(experiment, changes, history, shared, self.clock)
        self.courses.append(course)
        if shared:
            self._shared.setdefault(key, course)
        return course

    def _make_room(self, visit: str, now: float) -> None:
        mine = [run for run in self.runs.values() if run.visit == visit]
        if len(mine) >= self.limits.runs_per_visit:
            self._drop_one(
                mine, now, f"You have {len(mine)} runs open at once. Close one of your other tabs, then try again."
            )
        if len(self.runs) >= self.limits.runs:
            text = f"All {len(self.runs)} places on this server are taken. Try again in a minute, or run the app on your own machine."
            self._drop_one(list(self.runs.values()), now, text)
        while sum(course.history.size for course in self.courses) > self.limits.size and self._idle(now):
            self.leave(min(self._idle(now), key=lambda run: run.lease))

    def _idle(self, now: float) -> list[Run]:
        return [run for run in self.runs.values() if run.lease <= now]

    def _drop_one(self, runs: list[Run], now: float, refusal: str) -> None:
        """Drop the run that has been without a watcher for longest (of the same age, the oldest)."""
        idle = [run for run in runs if run.lease <= now]
        if not idle:
            raise TooManyRuns(refusal)
        self.leave(min(idle, key=lambda run: run.lease))

    def _detach(self, run: Run) -> None:
        run.course.runs.remove(run)
        run.course.awaiting.discard(run)
        if all(other.stopped for other in run.course.runs):
            self._retire(run.course)

    def _retire(self, course: Course) -> None:
        if course.closed:
            return
        course.closed = True
        self.retired.append(course)
        self.courses.remove(course)
        self.unlist(course)
