"""A cell reads a batch, and is linearised along it: leaner than `explorer.sequence.recurrence`, with the same numbers.

State, input and a 1 for the biases stand side by side, so that one product makes all sums of a step (the GRU's candidate needs
its two sums apart). A sigmoid is taken as 0.5 + 0.5 tanh(a / 2), so that one call serves all gates; halving a float64 is exact.
"""

from __future__ import annotations

import numpy as np

from explorer.sequence.laboratory.draws import beginning_of, draw_slices, inputs_of, weights_of
from explorer.sequence.laboratory.names import CellName
from explorer.sequence.laboratory.probe import Probe
from explorer.sequence.laboratory.tangent import Tangent, gru_tangent, lstm_tangent, rnn_tangent
from explorer.sequence.pace import Pace, Slices, run_through
from explorer.sequence.recurrence import Array, Weights
from explorer.sequence.unrolling import MULTIPLICATIONS

STEP = 30.0
"""Microseconds of one small step, forward or backward."""


def read(probe: Probe, cell: CellName) -> Tangent:
    """What a probed cell does with its inputs, linearised."""
    return run_through(read_slices(probe, cell, Pace()))


def read_slices(probe: Probe, cell: CellName, pace: Pace) -> Slices[Tangent]:
    """`read`, yielding None after every ~15 ms of work."""
    yield None
    yield from draw_slices(probe, cell)
    weights, inputs, start = weights_of(probe, cell), inputs_of(probe), beginning_of(probe, cell)
    return (yield from _read(weights, inputs, start, cell, probe.activation, pace))


def read_inputs(weights: Weights, inputs: Array, start: Array, cell: CellName, activation: str = "tanh") -> Tangent:
    """What a cell does with inputs (T, n, C), beginning at h_0 (n, H) and c_0 = 0."""
    return run_through(_read(weights, inputs, start, cell, activation, Pace()))


def _read(
    weights: Weights, inputs: Array, start: Array, cell: CellName, activation: str, pace: Pace
) -> Slices[Tangent]:
    if cell == "rnn":
        return (yield from _read_rnn(weights, inputs, start, activation, pace))
    reader = _read_lstm if cell == "lstm" else _read_gru
    return (yield from reader(weights, inputs, start, pace))


def step_cost(rows: int, columns: int, samples: int) -> float:
    """Microseconds of one step of so many samples through weights of that size."""
    return STEP + samples * rows * columns / MULTIPLICATIONS + 0.01 * samples * rows


def _read_rnn(weights: Weights, inputs: Array, h: Array, activation: str, pace: Pace) -> Slices[Tangent]:
    seen, matrix = _beside(inputs, weights, np.ones(1))
    hidden = seen[1:, :, : weights.units]
    seen[0, :, : weights.units] = h
    cost = step_cost(*weights.recurrent.shape, len(h))
    for now, h in zip(seen, hidden, strict=False):
        if pace.due(cost):
            yield None
        a = now @ matrix
        h[:] = np.tanh(a) if activation == "tanh" else np.maximum(a, 0.0) if activation == "relu" else a
    hidden = np.ascontiguousarray(hidden)
    return rnn_tangent(weights.recurrent, hidden, _slopes(hidden, activation))


def _slopes(hidden: Array, activation: str) -> Array:
    if activation == "tanh":
        return 1.0 - hidden * hidden
    return (hidden > 0.0).astype(float) if activation == "relu" else np.ones_like(hidden)


def _read_lstm(weights: Weights, inputs: Array, h: Array, pace: Pace) -> Slices[Tangent]:
    units, (steps, samples) = weights.units, inputs.shape[:2]
    seen, matrix = _beside(inputs, weights, np.repeat([0.5, 0.5, 1.0, 0.5], units))
    hidden = seen[1:, :, :units]
    seen[0, :, :units] = h
    gates = np.empty((steps, samples, 4, units))
    cell = np.zeros((steps + 1, samples, units))
    cost = step_cost(*weights.recurrent.shape, samples)
    for t, gate in enumerate(gates):
        if pace.due(cost):
            yield None
        flat = gate.reshape(samples, -1)
        np.tanh(np.matmul(seen[t], matrix, out=flat), out=flat)
        for one in (gate[:, :2], gate[:, 3]):
            one *= 0.5
            one += 0.5
        c = np.add(gate[:, 1] * cell[t], gate[:, 0] * gate[:, 2], out=cell[t + 1])
        np.multiply(gate[:, 3], np.tanh(c), out=hidden[t])
    hidden = np.ascontiguousarray(hidden)
    return (yield from lstm_tangent(weights.recurrent, hidden, cell[1:], cell[:-1], gates, pace))


def _read_gru(weights: Weights, inputs: Array, h: Array, pace: Pace) -> Slices[Tangent]:
    units, (steps, samples) = weights.units, inputs.shape[:2]
    scale = np.repeat([0.5, 0.5, 1.0], units)
    here = inputs @ (weights.input.T * scale) + weights.input_bias * scale
    matrix, bias = weights.recurrent.T * scale, weights.recurrent_bias * scale
    gates, past = np.empty((steps, samples, 3, units)), np.empty((steps, samples, units))
    hidden = np.empty((steps + 1, samples, units))
    hidden[0] = h
    cost = step_cost(*weights.recurrent.shape, samples)
    for t, a in enumerate(here):
        if pace.due(cost):
            yield None
        sums, gate = hidden[t] @ matrix, gates[t]
        sums += bias
        past[t] = sums[:, 2 * units :]
        a[:, : 2 * units] += sums[:, : 2 * units]
        both = gate[:, :2]
        both[:] = np.tanh(a[:, : 2 * units]).reshape(both.shape)
        both *= 0.5
        both += 0.5
        n = np.tanh(a[:, 2 * units :] + gate[:, 0] * past[t], out=gate[:, 2])
        np.add(n, gate[:, 1] * (hidden[t] - n), out=hidden[t + 1])
    return (yield from gru_tangent(weights.recurrent, hidden[1:], hidden[:-1], gates, past, pace))


def _beside(inputs: Array, weights: Weights, scale: Array) -> tuple[Array, Array]:
    """Room for (h_{t-1}, x_t, 1) side by side, (T + 1, n, H + C + 1), and the matrix that makes all sums of it at once."""
    steps, samples, channels = inputs.shape
    seen = np.ones((steps + 1, samples, weights.units + channels + 1))
    seen[:-1, :, weights.units : -1] = inputs
    bias = weights.input_bias + weights.recurrent_bias
    return seen, np.concatenate([weights.recurrent.T, weights.input.T, bias[None]]) * scale
