"""Work in slices: a generator that yields None on the way and returns its result."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

T = TypeVar("T")
Slices = Generator[None, None, T]


def run_through(slices: Slices[T]) -> T:
    """The result of sliced work, without a pause."""
    while True:
        try:
            next(slices)
        except StopIteration as end:
            return end.value
