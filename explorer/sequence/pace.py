"""Cutting long work into slices: counted in estimated microseconds, never by the clock.

A slice that depended on the clock would still give the same numbers, but no test could hold it to a length.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

SLICE = 15_000.0
"""Estimated microseconds of work between two yields."""

T = TypeVar("T")
Slices = Generator[None, None, T]
"""Work that yields None on the way and returns its result."""


class Pace:
    """Adds up estimates and says when it is time to yield."""

    def __init__(self) -> None:
        self._spent = 0.0

    def due(self, microseconds: float) -> bool:
        """Whether to yield before the next piece of work, which is estimated to take so long."""
        self._spent += microseconds
        if self._spent <= SLICE:
            return False
        self._spent = microseconds
        return True


def run_through(slices: Slices[T]) -> T:
    """The result of sliced work, without a pause."""
    while True:
        try:
            next(slices)
        except StopIteration as end:
            return end.value
