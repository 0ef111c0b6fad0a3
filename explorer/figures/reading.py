"""`Reading`: one example as a network reads it, and `Place`: the step, layer and unit that are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

MOST_COLUMNS = 12
"""Longer sequences show the steps around the chosen one."""
CODE = 1000
"""A place is named by step * CODE + unit; unit 0 is the whole column."""


@dataclass(frozen=True, eq=False)
class Reading:
    """One example as one direction of a network reads it.

    Attributes
    ----------
    words : sequence of str
        What is read at each of the T steps.
    states, gradients : Array
        h_t and the total dL/dh_t, (layers, T, units).
    answers : sequence of (str, str)
        What it expects after each step, and how surely; empty strings where nothing is said.
    expected : sequence of str
        What is right; "" where nothing is scored.
    added : Array
        Norm of what the loss adds at each step to the top layer's state, (T,).
    bound : float
        Of the states' colours.
    reverse : bool
        Whether it reads from the right.
    """

    words: Sequence[str]
    states: np.ndarray
    gradients: np.ndarray
    answers: Sequence[tuple[str, str]]
    expected: Sequence[str]
    added: np.ndarray
    bound: float = 1.0
    reverse: bool = False

    @property
    def length(self) -> int:
        """T."""
        return len(self.words)


@dataclass(frozen=True, slots=True)
class Place:
    """What is chosen: step, layer and unit, counted from 0."""

    step: int
    layer: int
    unit: int


def place(code: float) -> tuple[int, int | None]:
    """Step and unit (None: only the column) of a click, counted from 0."""
    step, unit = divmod(int(code), CODE)
    return step - 1, unit - 1 if unit else None


def window(length: int, step: int) -> range:
    """The steps that are drawn."""
    start = min(max(step - MOST_COLUMNS // 2, 0), max(length - MOST_COLUMNS, 0))
    return range(start, min(start + MOST_COLUMNS, length))
