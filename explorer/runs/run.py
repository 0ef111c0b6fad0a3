"""A run: one visit's place in a course, and what it is waiting for."""

from __future__ import annotations

import math
from dataclasses import dataclass

from explorer.frame import Frame
from explorer.runs.course import Course
from explorer.runs.report import Report, State

REPLAY = 1.25
"""A replay goes a little faster than computing does, so that it comes up with a course that is still going."""
LONGEST_REPLAY = 20.0
"""Seconds for a whole replay at most."""


@dataclass(slots=True, eq=False)
class Run:
    """A place in a course. All methods are called with the engine's lock.

    While it follows, its place is wherever the course is; otherwise `place`.
    """

    name: str
    visit: str
    course: Course
    lease: float  # until when somebody is taken to be watching
    seen: float  # when its clock of replaying was last read
    place: float = 0.0  # a whole step, or somewhere between while replaying
    here: Frame | None = None  # the frame shown there, also if the history lets go of it; None: the first
    playing: bool = False
    following: bool = False
    stopped: bool = False
    catching: bool = False  # wants its place computed although it does not play
    landing: bool = False  # paused during a step: goes along with that step
    until: int | None = None  # steps one by one up to this

    @property
    def position(self) -> int:
        """The step it is at."""
        if self.following:
            return max(0, self.course.tip)
        return 0 if self.here is None else self.here.step

    def wants(self) -> float:
        """The step up to which it wants the course computed."""
        if self.stopped:
            return -1
        if self.following:
            return math.inf
        if self.until is not None:
            return self.until
        if self.catching:
            return self.place
        return 0 if self.course.tip < 0 else -1

    def state(self) -> State:
        """What the visitor is told."""
        course = self.course
        if self.stopped:
            return "finished"
        if course.tip < 0:
            return "preparing" if course.error is None else "failed"
        if self.position >= course.tip:
            if course.error is not None:
                return "failed"
            if course.done:
                return "finished"
            if course.made < self.position and self.wants() > course.made:
                return "catching up"
        if self.playing or self.until is not None:
            return "playing"
        return "paused" if self.position else "ready"

    def play(self, now: float) -> None:
        """Go on from here: through known steps first, then with the course."""
        if self.stopped:
            return
        self.until = None
        self.playing, self.catching, self.landing, self.seen = True, False, False, now
        self.following = self.place >= self.course.tip

    def settle(self) -> None:
        """Stay at the place reached; a step under way is still taken along."""
        if self.following:
            self.place, self.here, self.following = self.position, self.course.history.last, False
            self.landing = self.course.busy
            if self.landing:
                self.course.awaiting.add(self)
        else:
            self.place = self.position

    def pause(self) -> None:
        """Stay here."""
        self.settle()
        self.playing = self.catching = False
        self.until = None

    def step(self) -> None:
        """One step on, then pause: a known one at once, else a new one with its picture."""
        until = self.until
        self.pause()
        if self.stopped:
            return
        known = self.course.history.after(self.position)
        if until is None and known is not None:
            self.place, self.here = known.step, known
        elif self.course.alive:
            self.until = (self.position if until is None else until) + 1
            self.course.pictures.by_hand = max(self.course.pictures.by_hand, self.until)
            self.course.awaiting.add(self)

    def go_back(self, step: int) -> None:
        """To a known step, or the latest before it that is kept."""
        self.here = self.course.history.at(step)
        self.place = self.position

    def reset(self) -> None:
        """Back to step 0, paused."""
        self.pause()
        self.landing, self.place, self.here = False, 0, None

    def catch_up(self) -> None:
        """Have its place computed, also while it does not play."""
        self.catching = self.course.made < self.place
        if self.catching:
            self.course.awaiting.add(self)

    def awaits(self, frame: Frame | None) -> bool:
        """Look at what the course has made; returns whether there is still something to wait for."""
        if self.landing:
            self._land(frame)
        if self.catching and self.course.made >= self.place:
            self.catching = False
        if self.until is not None and frame is not None and frame.step >= self.until:
            self.place, self.here, self.until = frame.step, frame, None
        return self.catching or self.landing or self.until is not None

    def replay(self, now: float, lease: float) -> None:
        """Move on through known frames by the time that went by; the time nobody looked does not count."""
        elapsed, self.seen = min(max(0.0, now - self.seen), lease), now
        if not self.playing or self.following:
            return
        tip, history = self.course.tip, self.course.history
        self.place += elapsed * self.replay_pace()
        self.following = self.place >= tip
        if not self.following:
            self.here = history.at(int(self.place))

    def replay_pace(self) -> float:
        """Steps per second at which known steps go by."""
        return max(self.course.pace.latest * REPLAY, self.course.tip / LONGEST_REPLAY, 1.0)

    def looked_at(self) -> None:
        """Somebody sees its newest frames: a picture is worth taking."""
        if self.position >= self.course.tip:
            self.course.pictures.watched = True

    def report(self, since: int, watched_runs: int) -> Report:
        """What is known of this run after the step `since`."""
        course, state, position = self.course, self.state(), self.position
        frames = tuple(self._frames(since, position))
        return Report(
            state=state,
            position=position,
            tip=max(0, course.tip),
            made=course.made,
            frames=frames,
            seconds=tuple(course.history.seconds(frame.step) for frame in frames),
            changes=tuple(course.changes),
            error=course.error if state == "failed" else None,
            steps_per_second=self._steps_per_second(state),
            watched_runs=watched_runs,
            last_step=course.last_step,
            pending=self.landing or state in ("preparing", "playing", "catching up"),
        )

    def _frames(self, since: int, position: int) -> list[Frame]:
        frames = self.course.history.since(since, position)
        here = None if self.following else self.here
        if here is not None and here.step > since and (not frames or frames[-1].step < here.step):
            frames.append(here)
        return frames

    def _steps_per_second(self, state: State) -> float:
        if state not in ("playing", "catching up") or self.until is not None:
            return 0.0
        behind = self.playing and not self.following
        return self.replay_pace() if behind else self.course.pace.now()

    def give_up(self) -> None:
        """What it waited for will not come."""
        self.catching, self.landing, self.until = False, False, None

    def _land(self, frame: Frame | None) -> None:
        self.landing = False
        if frame is not None and frame.step == self.place + 1:
            self.place, self.here = frame.step, frame
            if self.until is not None:
                self.until += 1
                self.course.pictures.by_hand = max(self.course.pictures.by_hand, self.until)
