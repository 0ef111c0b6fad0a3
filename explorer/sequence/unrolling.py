"""One direction of one layer, unrolled over time: all its steps forward, then all its steps backward."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import torch
from torch import Tensor, nn

from explorer.sequence.pace import Pace, Slices
from explorer.sequence.recurrence import GRU, LSTM, RNN, Array, BackwardStep, Cell, Step, Weights

STEP_COST = {"RNN": 20.0, "LSTM": 60.0, "GRU": 60.0}
"""Microseconds of one small step, forward or backward."""
MULTIPLICATIONS = 3_000.0
"""Multiply-adds in float64 per microsecond."""


def cells_of(module: nn.RNNBase, dtype: torch.dtype = torch.float64) -> list[Cell]:
    """The written-out cells of a single-layer recurrent module, one per direction."""
    return [_cell(module, suffix, dtype) for suffix in (("", "_reverse") if module.bidirectional else ("",))]


def _cell(module: nn.RNNBase, suffix: str, dtype: torch.dtype) -> Cell:
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    weights = Weights(*(getattr(module, name + suffix).detach().to(dtype).numpy() for name in names))
    if isinstance(module, nn.RNN):
        return RNN(weights, module.nonlinearity)
    return LSTM(weights) if isinstance(module, nn.LSTM) else GRU(weights)


def float64(tensor: Tensor) -> Array:
    """A copy outside torch."""
    return tensor.detach().double().numpy()


class Unrolled:
    """One direction of one layer.

    Parameters
    ----------
    cell : Cell
        With its weights.
    reverse : bool
        Whether it reads from the right.
    present : Array
        bool (T, n): the real steps. Elsewhere the states are 0, so that a reader from the right begins
        with an empty memory at the last real step.

    Attributes
    ----------
    steps, backward_steps : list
        In the input's order, whichever the direction.
    """

    def __init__(self, cell: Cell, reverse: bool, present: Array) -> None:
        self.cell = cell
        self.reverse = reverse
        self.present = None if present.all() else present[:, :, None].astype(float)
        self.steps: list[Step] = [None] * len(present)
        self.backward_steps: list[BackwardStep] = [None] * len(present)
        n, gates = present.shape[1], cell.weights.recurrent.shape[0]
        products = n * gates * (cell.weights.units + cell.weights.input.shape[1])
        self.step_cost = STEP_COST[type(cell).__name__] + products / MULTIPLICATIONS

    def forward(self, inputs: Array, pace: Pace, h: Array | None = None, c: Array | None = None) -> Slices[None]:
        """Read inputs (T, n, width), beginning in the state h and c (n, units), or with an empty memory."""
        empty = np.zeros((inputs.shape[1], self.cell.weights.units))
        h, c = empty if h is None else h, empty if c is None else c
        for t in self._order():
            if pace.due(self.step_cost):
                yield None
            step = self.cell.forward(inputs[t], h, c)
            self._blank(step, t)
            self.steps[t], h, c = step, step.h, step.c

    def backward(self, arriving: Array, pace: Pace) -> Slices[None]:
        """Send back what arrives at each state from above, (T, n, units); the cell adds what comes from later."""
        h = c = np.zeros(arriving.shape[1:])
        for t in reversed(self._order()):
            if pace.due(2 * self.step_cost):
                yield None
            h = arriving[t] + h
            if self.present is not None:  # what reaches the empty memory before the first real step ends there
                h, c = h * self.present[t], None if c is None else c * self.present[t]
            back = self.cell.backward(self.steps[t], h, c)
            self.backward_steps[t], h, c = back, back.h_before, back.c_before

    def stacked(self, name: str) -> Array:
        """A forward quantity ("h", "c") over time, (T, n, units)."""
        return np.stack([getattr(step, name) for step in self.steps])

    def stacked_gate(self, name: str) -> Array:
        """A gate over time, (T, n, units)."""
        return np.stack([step.gates[name] for step in self.steps])

    def stacked_gradient(self, name: str) -> Array:
        """A backward quantity ("h", "c", "x", "from_state") over time, (T, n, ...)."""
        return np.stack([getattr(back, name) for back in self.backward_steps])

    def _order(self) -> range:
        steps = range(len(self.steps))
        return steps[::-1] if self.reverse else steps

    def _blank(self, step: Step, t: int) -> None:
        """Padded steps hold zeros."""
        if self.present is None:
            return
        step.h = step.h * self.present[t]
        step.c = None if step.c is None else step.c * self.present[t]
        step.gates = {name: gate * self.present[t] for name, gate in step.gates.items()}


def stacked_layers(layers: Iterable[Iterable[Unrolled]], part: Callable[[Unrolled], Array]) -> Array:
    """One quantity of all layers and directions: (layers, directions, T, n, ...)."""
    return np.stack([np.stack([part(one) for one in directions]) for directions in layers])
