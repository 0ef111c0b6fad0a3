"""The frames of a course that are kept: bounded in number and bytes, spread evenly, first and last always."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import takewhile

from explorer.frame import Frame

CURVE = 800
PICTURES, PICTURE_BYTES = 160, 24_000_000
CHECKPOINTS, CHECKPOINT_BYTES = 48, 8_000_000


class Thinning:
    """Decides which of many steps stay: at most one per stretch of `stride` steps, the first and the last.

    When there are too many, the stride doubles; so a step costs a constant on average, and at any time the
    stays are about evenly spread over all that came.
    """

    def __init__(self, number: int, size: int | None = None) -> None:
        self.number, self.limit = number, size
        self.stride = 1
        self.sizes: dict[int, int] = {}  # step -> bytes, in the order of the steps
        self.total = 0
        self._last = self._stretch = -1
        self._spare = False  # whether the last stays only for being the last

    def __contains__(self, step: int) -> bool:
        return step in self.sizes

    def add(self, step: int, size: int = 0) -> list[int]:
        """Take in a later step; returns the steps that have to go for it."""
        gone = [self._last] if self._spare and self._last in self.sizes else []
        self._forget(gone)
        self.sizes[step], self._last = size, step
        self.total += size
        self._place()
        while self._too_much() and len(self.sizes) > 2:
            self.stride *= 2
            gone += self._forget(self._crowded())
        return gone

    def remove(self, step: int) -> None:
        """Take out one step, if it is there."""
        self.total -= self.sizes.pop(step, 0)

    def _place(self) -> None:
        """Whether the last step has a stretch of its own."""
        stretch = self._last // self.stride
        self._spare, self._stretch = stretch == self._stretch, stretch

    def _too_much(self) -> bool:
        return len(self.sizes) > self.number or (self.limit is not None and self.total > self.limit)

    def _crowded(self) -> list[int]:
        """Steps that share a stretch with an earlier one; never the last."""
        crowded = []
        self._stretch = -1
        for step in self.sizes:
            stretch = step // self.stride
            if stretch == self._stretch:
                crowded.append(step)
            self._stretch = stretch
        self._spare = crowded[-1:] == [self._last]
        return crowded[:-1] if self._spare else crowded

    def _forget(self, steps: list[int]) -> list[int]:
        for step in steps:
            self.remove(step)
        return steps


@dataclass(frozen=True, slots=True)
class Budget:
    """How much of a course is kept."""

    curve: int = CURVE
    pictures: int = PICTURES
    picture_bytes: int = PICTURE_BYTES
    checkpoints: int = CHECKPOINTS
    checkpoint_bytes: int = CHECKPOINT_BYTES


class History:
    """Frames by step. Each of its three layers is thinned by itself: curves, pictures and checkpoints.

    A picture that has to go leaves its numbers to the curve, a checkpoint that has to go leaves its picture.
    """

    def __init__(self, frames: Iterable[Frame] = (), budget: Budget | None = None) -> None:
        self.budget = budget or Budget()
        self._curve = Thinning(self.budget.curve)
        self._pictures = Thinning(self.budget.pictures, self.budget.picture_bytes)
        self._checkpoints = Thinning(self.budget.checkpoints, self.budget.checkpoint_bytes)
        self._kept: dict[int, Frame] = {}  # in the order of the steps
        self._seconds: dict[int, float] = {}
        self.first: Frame | None = None
        self.last: Frame | None = None
        for frame in frames:
            self.append(frame)

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def tip(self) -> int:
        """The last step, -1 when there is none."""
        return -1 if self.last is None else self.last.step

    def append(self, frame: Frame, seconds: float = math.nan) -> None:
        """Take in the frame of a later step, and how many seconds had been computed when it was made.

        Raises
        ------
        ValueError
            When the step is not later.
        """
        if frame.step <= self.tip:
            raise ValueError(f"Step {frame.step} does not come after step {self.tip}.")
        self.first, self.last = self.first or frame, frame
        self._kept[frame.step], self._seconds[frame.step] = frame, seconds
        self._thin(frame)

    def since(self, step: int, upto: int) -> list[Frame]:
        """Kept frames after `step`, up to and with `upto`, in order."""
        if self.first is None or upto < self.first.step:
            return []
        if step < self.first.step and upto >= self.tip:
            return list(self._kept.values())
        found = list(takewhile(lambda frame: frame.step > step, reversed(self._kept.values())))
        return [frame for frame in reversed(found) if frame.step <= upto]

    def at(self, step: int) -> Frame | None:
        """The latest kept frame that is not after `step`."""
        return next((frame for frame in reversed(self._kept.values()) if frame.step <= step), None)

    def after(self, step: int) -> Frame | None:
        """The earliest kept frame after `step`."""
        found = self.since(step, self.tip)
        return found[0] if found else None

    def seconds(self, step: int) -> float:
        """Seconds of computing until a kept step was made; NaN where they were not measured."""
        return self._seconds.get(step, math.nan)

    @property
    def size(self) -> int:
        """Bytes of the pictures and checkpoints that are kept."""
        return self._pictures.total + self._checkpoints.total

    def upto(self, step: int) -> History:
        """A history of its own with the frames up to and with `step` (the same frames, not copies)."""
        history = History(budget=self.budget)
        for frame in self.since(-1, step):
            history.append(frame, self.seconds(frame.step))
        return history

    def _thin(self, frame: Frame) -> None:
        for step in self._curve.add(frame.step):
            if step not in self._pictures:
                self._drop(step)
        if frame.arrays or frame.weights is not None:
            for step in self._pictures.add(frame.step, picture_bytes(frame)):
                self._lose_picture(step)
        if frame.weights is not None:
            for step in self._checkpoints.add(frame.step, len(frame.weights)):
                self._kept[step] = replace(self._kept[step], weights=None)

    def _lose_picture(self, step: int) -> None:
        self._checkpoints.remove(step)
        if step in self._curve:
            self._kept[step] = light(self._kept[step])
        else:
            self._drop(step)

    def _drop(self, step: int) -> None:
        del self._kept[step], self._seconds[step]


def light(frame: Frame) -> Frame:
    """The numbers of a frame, without arrays and weights."""
    return Frame(frame.step, frame.metrics)


def picture_bytes(frame: Frame) -> int:
    """Bytes held by a frame's arrays."""
    return sum(array.nbytes for array in frame.arrays.values())
