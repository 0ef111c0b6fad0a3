"""What is inside a network while it reads: every state, every gate, and the total gradient at every time step.

`retain_grad` on the output of a fused recurrent module shows only what enters each output from above. The total
dL/dh_t also has what comes back through the recurrence; here it is computed one layer and one time step at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from explorer.sequence.decay import decay_per_step
from explorer.sequence.model import SequenceModel
from explorer.sequence.pace import Pace, Slices, run_through
from explorer.sequence.recurrence import Array
from explorer.sequence.tasks import Batch
from explorer.sequence.unrolling import MULTIPLICATIONS, Unrolled, cells_of, float64, stacked_layers

Loss = Callable[[Tensor, Batch], Tensor]


@dataclass(frozen=True, eq=False)
class Trace:
    """States, gates and gradients, all float64, shaped (layers, directions, time, batch, units).

    Time runs in the input's order for both directions; padded steps hold zeros.

    Attributes
    ----------
    hidden, cell : Array
        h_t and, for an LSTM, c_t (otherwise None).
    gates : dict of str to Array
        LSTM: input, forget, candidate, output. GRU: reset, update, candidate. RNN: none.
    grad_hidden, grad_cell : Array
        The total dL/dh_t and dL/dc_t, through the recurrence and through the layers above.
    naive_grad_hidden : Array
        (directions, time, batch, units): what ``retain_grad()`` on the fused output of the top layer would give.
    outputs : Array
        (batch, time, O) or (batch, O), logits or regressed numbers.
    loss : float
    lengths : Array
        int64 (batch,).
    unrolled : tuple
        The steps themselves, `Unrolled` by layer and direction, with all intermediate terms.
    """

    hidden: Array
    cell: Array | None
    gates: dict[str, Array]
    grad_hidden: Array
    grad_cell: Array | None
    naive_grad_hidden: Array
    outputs: Array
    loss: float
    lengths: Array
    unrolled: tuple[tuple[Unrolled, ...], ...] = field(repr=False)

    def gradient_norms(self, of: Literal["hidden", "cell", "both", "naive"] = "hidden") -> Array:
        """Mean over samples of the norm of each sample's gradient.

        The norm of the mean gradient would be far smaller: samples cancel.

        Parameters
        ----------
        of : str
            dL/dh_t, dL/dc_t, both as one vector, or the naive gradient.

        Returns
        -------
        Array
            (layers, directions, time); for "naive" (1, directions, time), the top layer.
        """
        if of in ("cell", "both") and self.grad_cell is None:
            raise ValueError("Only an LSTM has a cell state.")
        gradient = {
            "hidden": lambda: self.grad_hidden,
            "cell": lambda: self.grad_cell,
            "both": lambda: np.concatenate([self.grad_hidden, self.grad_cell], axis=-1),
            "naive": lambda: self.naive_grad_hidden[None],
        }[of]()
        return np.linalg.norm(gradient, axis=-1).mean(axis=-1)

    def decay_per_step(self, of: Literal["hidden", "cell", "both"] = "hidden") -> float:
        """Factor by which the gradient of the top layer changes per step back; see `explorer.sequence.decay`."""
        return decay_per_step(self.gradient_norms(of)[-1, 0])

    def weight_gradient(self, layer: int = 0, direction: int = 0) -> Array:
        """dL/dW_hh, (gates * units, units): the sum of what all time steps contribute."""
        one = self.unrolled[layer][direction]
        pairs = zip(one.steps, one.backward_steps, strict=True)
        return sum(back.from_state.T @ step.h_before for step, back in pairs)


def trace(model: SequenceModel, batch: Batch, loss: Loss | None = None) -> Trace:
    """Run a batch through a model and back, one layer and one time step at a time.

    Parameters
    ----------
    model : SequenceModel
        Is not changed, nor are its gradients; dropout is off whatever its mode.
    batch : Batch
        A few samples suffice.
    loss : callable, optional
        ``loss(outputs, batch)``, a scalar; the task's own when left out.
    """
    return run_through(trace_slices(model, batch, loss))


def trace_slices(
    model: SequenceModel, batch: Batch, loss: Loss | None = None, pace: Pace | None = None
) -> Slices[Trace]:
    """`trace`, yielding None after every ~15 ms of work."""
    pace = pace or Pace()
    layers = yield from _forward(model, batch, pace)
    top = np.concatenate([one.stacked("h") for one in layers[-1]], axis=-1).swapaxes(0, 1)
    outputs, value, arriving = yield from _through_the_readout(model, batch, top, loss or model.loss, pace)
    naive = np.stack(np.split(arriving.swapaxes(0, 1), len(layers[-1]), axis=-1))
    yield from _backward(layers, naive, pace)
    lstm, gates = model.cell == "lstm", layers[0][0].cell.gate_names
    return Trace(
        hidden=stacked_layers(layers, lambda one: one.stacked("h")),
        cell=stacked_layers(layers, lambda one: one.stacked("c")) if lstm else None,
        gates={name: stacked_layers(layers, lambda one, name=name: one.stacked_gate(name)) for name in gates},
        grad_hidden=stacked_layers(layers, lambda one: one.stacked_gradient("h")),
        grad_cell=stacked_layers(layers, lambda one: one.stacked_gradient("c")) if lstm else None,
        naive_grad_hidden=naive,
        outputs=outputs,
        loss=value,
        lengths=batch.lengths.numpy(),
        unrolled=layers,
    )


def _forward(model: SequenceModel, batch: Batch, pace: Pace) -> Slices[tuple[tuple[Unrolled, ...], ...]]:
    with torch.no_grad():
        below = float64(model.embed(batch.inputs)).swapaxes(0, 1)
    present = np.arange(below.shape[0])[:, None] < batch.lengths.numpy()
    layers = []
    for module in model.recurrent:
        layer = tuple(Unrolled(cell, bool(k), present) for k, cell in enumerate(cells_of(module)))
        for one in layer:
            yield from one.forward(below, pace)
        below = np.concatenate([one.stacked("h") for one in layer], axis=-1)
        layers.append(layer)
    return tuple(layers)


def _through_the_readout(
    model: SequenceModel, batch: Batch, top: Array, loss: Loss, pace: Pace
) -> Slices[tuple[Array, float, Array]]:
    """Outputs, loss, and the gradient that enters each state of the top layer from above, like `top` (n, T, D * units)."""
    cost = top.shape[0] * top.shape[1] * model.readout.weight.numel() / MULTIPLICATIONS
    states = torch.from_numpy(np.ascontiguousarray(top)).requires_grad_()
    weight, bias = model.readout.weight.detach().double(), model.readout.bias.detach().double()
    if pace.due(cost):
        yield None
    with torch.enable_grad():
        outputs = functional.linear(model.read(states, batch.lengths), weight, bias)
    if pace.due(cost):
        yield None
    with torch.enable_grad():
        value = loss(outputs, batch)
    if pace.due(2 * cost):
        yield None
    (arriving,) = torch.autograd.grad(value, states)
    return outputs.detach().numpy(), value.item(), arriving.numpy()


def _backward(layers: tuple[tuple[Unrolled, ...], ...], arriving: Array, pace: Pace) -> Slices[None]:
    """From the top layer down; `arriving` is (directions, T, n, units)."""
    for depth, layer in reversed(list(enumerate(layers))):
        for one, part in zip(layer, arriving, strict=True):
            yield from one.backward(part, pace)
        if depth:
            # What a layer reads are the states of all directions below it, side by side.
            below = sum(one.stacked_gradient("x") for one in layer)
            arriving = np.stack(np.split(below, len(layer), axis=-1))
