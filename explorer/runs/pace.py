"""How fast a course goes."""

from __future__ import annotations

from collections import deque

WINDOW = 2.0
"""Seconds over which the pace is taken."""
APART = 0.05
"""Seconds between two samples."""


class Pace:
    """Steps per second over about the last two seconds in which the course was going."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, int]] = deque()
        self.latest = 0.0  # what was last measured, also when the course stands still now

    def begin(self, now: float, step: int) -> None:
        """Start anew after the course stood still, so that the standing does not count."""
        self._samples.clear()
        self._samples.append((now, step))

    def note(self, now: float, step: int) -> None:
        """The course is at `step`."""
        samples = self._samples
        if len(samples) >= 2 and now - samples[-2][0] < APART:
            samples.pop()
        samples.append((now, step))
        while len(samples) > 2 and samples[1][0] <= now - WINDOW:
            samples.popleft()
        self.latest = self.now() or self.latest

    def now(self) -> float:
        """Steps per second; 0 before anything was measured."""
        if len(self._samples) < 2:
            return 0.0
        (began, first), (ended, last) = self._samples[0], self._samples[-1]
        return (last - first) / (ended - began) if ended > began else 0.0
