"""`Moment`: all that belongs to one moment of a training, and `Ranges`: axes that stay where they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

FLOOR = -12
"""Decade below which gradients are not told from zero in the pictures."""


@dataclass(frozen=True, eq=False)
class Moment:
    """One example as the network of one moment sees it.

    Attributes
    ----------
    steps : sequence of str
        The label of each of the T time steps: a word, a character, a number.
    arrays : Mapping[str, numpy.ndarray]
        Arrays of a `Frame`; see `explorer.sequence.training`. L layers, D directions, T steps, U units.
    cell : str
        "rnn", "lstm" or "gru".
    activation : str
        "tanh" or "relu": whether hidden states have fixed bounds.
    expected : sequence of str
        What is right at each step; "" where nothing is scored.
    labels : sequence of str or None
        The output classes; None when numbers are predicted.
    start : Mapping[str, numpy.ndarray] or None
        Arrays of the untrained network, for comparison.
    inputs : numpy.ndarray or None
        (T, C), when the network reads numbers.
    target : numpy.ndarray or None
        (T,), when it predicts numbers; NaN where nothing is scored. Without it, `expected` is read as numbers.
    answer : str
        Which loss the gradients belong to, such as "the loss at the last word".
    """

    steps: Sequence[str]
    arrays: Mapping[str, np.ndarray]
    cell: str = "lstm"
    activation: str = "tanh"
    expected: Sequence[str] = ()
    labels: Sequence[str] | None = None
    start: Mapping[str, np.ndarray] | None = None
    inputs: np.ndarray | None = None
    target: np.ndarray | None = None
    answer: str = "the loss"

    @property
    def length(self) -> int:
        """T, the number of time steps."""
        return len(self.steps)

    @property
    def answers_once(self) -> bool:
        """Whether only the last step is scored."""
        scored = [i for i, right in enumerate(self.expected) if right]
        return self.length > 1 and scored == [self.length - 1]

    def targets(self) -> np.ndarray:
        """(T,) numbers that are to be predicted, NaN where nothing is scored."""
        if self.target is not None:
            return np.asarray(self.target, dtype=float)
        return np.array([_number(text) for text in self.expected] or [np.nan] * self.length)


def _number(text: str) -> float:
    try:
        return float(text.replace("−", "-").replace(",", ""))
    except ValueError:
        return np.nan


@dataclass(frozen=True)
class Ranges:
    """Axis ranges over a whole history, so that nothing jumps from one frame to the next.

    `hidden` and `cell` are symmetrical bounds, `decades` powers of ten below and above every gradient norm.
    """

    hidden: float = 1.0
    cell: float = 1.0
    decades: tuple[int, int] | None = None
    outputs: tuple[float, float] | None = None

    def widened(self, arrays: Mapping[str, np.ndarray]) -> Ranges:
        """These ranges, wide enough for the arrays of one more frame too. Never narrower."""
        return replace(
            self,
            hidden=max(self.hidden, round_up(_largest(arrays.get("hidden")))),
            cell=max(self.cell, round_up(_largest(arrays.get("cell")))),
            decades=_decades(self.decades, [arrays[name] for name in GRADIENTS if name in arrays]),
            outputs=_bounds(self.outputs, arrays.get("outputs")),
        )

    @property
    def shown_decades(self) -> tuple[int, int]:
        """The gradient axis in powers of ten, at least two decades long."""
        low, high = self.decades or (-4, 0)
        return (min(low, high - 2), high)


GRADIENTS = ("grad_hidden", "grad_cell", "grad_naive")


def ranges(history: Sequence[Mapping[str, np.ndarray]]) -> Ranges:
    """Ranges for all frames of a history at once; see `Ranges.widened` to add one."""
    wide = Ranges()
    for arrays in history:
        wide = wide.widened(arrays)
    return wide


ROUND = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12)


def round_up(value: float) -> float:
    """The next of `ROUND` times a power of ten: a bound that changes rarely."""
    if not value > 0 or not np.isfinite(value):
        return 0.0
    decade = 10.0 ** np.floor(np.log10(value))
    return float(next(decade * step for step in ROUND if decade * step >= value * (1 - 1e-6)))


def _largest(values: np.ndarray | None) -> float:
    if values is None:
        return 0.0
    finite = np.abs(values[np.isfinite(values)])
    return float(finite.max()) if finite.size else 0.0


def _decades(known: tuple[int, int] | None, norms: list[np.ndarray]) -> tuple[int, int] | None:
    values = np.concatenate([np.ravel(norm) for norm in norms]) if norms else np.empty(0)
    values = values[np.isfinite(values) & (values > 10.0**FLOOR)]
    if not values.size:
        return known
    low, high = int(np.floor(np.log10(values.min()))), int(np.ceil(np.log10(values.max())))
    return (low, high) if known is None else (min(low, known[0]), max(high, known[1]))


def _bounds(known: tuple[float, float] | None, values: np.ndarray | None) -> tuple[float, float] | None:
    values = np.empty(0) if values is None else values[np.isfinite(values)]
    if not values.size:
        return known
    low, high = float(values.min()), float(values.max())
    return (low, high) if known is None else (min(low, known[0]), max(high, known[1]))
