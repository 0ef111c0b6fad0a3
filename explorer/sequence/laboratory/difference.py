"""Two inputs that differ in one early symbol: how far their states stay apart, and how much the loss still asks about it.

Forward and backward are two sides of one thing: for a small change of the input, the change of the loss is the same whichever
step it is read at, dL = <dL/dh_t, h'_t - h_t> (for an LSTM over h and c together).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.sequence.laboratory.draws import READING, beginning_of, inputs_of, weights_of
from explorer.sequence.laboratory.names import CellName
from explorer.sequence.laboratory.probe import INPUTS, Probe
from explorer.sequence.laboratory.profile import errors_of
from explorer.sequence.laboratory.reading import read_inputs
from explorer.sequence.laboratory.sending import norms, send_back
from explorer.sequence.model import SequenceModel
from explorer.sequence.recurrence import Array
from explorer.sequence.tasks import Batch
from explorer.sequence.tracing import Loss, trace


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """How two readings drift apart or together.

    Attributes
    ----------
    forward : Array
        |h_t - h'_t| by layer, (layers, T), mean over samples, of the direction that reads from the left; exactly 0 before the
        inputs part (of a bidirectional network, in its lowest layer).
    forward_cell : Array or None
        |c_t - c'_t|, likewise, for an LSTM.
    backward : Array
        |dL/dh_t| of the first of the two, (layers, T).
    parting : int
        The first step at which the inputs differ.
    survives : float
        Of the difference in the top layer's state when the inputs part, the share that is there at the end (above 1 when it
        grew).
    sentence : str
    """

    forward: Array
    forward_cell: Array | None
    backward: Array
    parting: int
    survives: float
    sentence: str


def difference(model: SequenceModel, one: Batch, other: Batch, loss: Loss | None = None) -> Difference:
    """Of a network that reads two batches, sample by sample; of different lengths, the steps that both have.

    Parameters
    ----------
    model : SequenceModel
    one, other : Batch
        As many sequences each, e.g. two sentences encoded by ``model.task.encode``.
    loss : callable, optional
        Whose gradient is sent back; the loss of the task's answer when left out.

    Raises
    ------
    ValueError
        When the two have not as many sequences, or read the same.
    """
    if len(one) != len(other):
        raise ValueError(f"There are {len(one)} sequences to compare with {len(other)}: give as many of each.")
    steps = min(one.inputs.shape[1], other.inputs.shape[1])
    parting = _parting(*(batch.inputs[:, :steps].numpy() for batch in (one, other)))
    seen, beside = (trace(model, batch, loss or model.task.answer_loss) for batch in (one, other))
    forward = _apart(seen.hidden, beside.hidden, steps)
    cell = None if seen.cell is None else _apart(seen.cell, beside.cell, steps)
    end = int(min(one.lengths.min(), other.lengths.min()))
    return _described(forward, cell, seen.gradient_norms("hidden")[:, 0, :steps], parting, end)


def probe_difference(probe: Probe, cell: CellName, step: int = 0, size: float = 1.0) -> Difference:
    """Of a probed cell that reads its inputs, and once more with other numbers at one step.

    Parameters
    ----------
    step : int
        Where the inputs differ.
    size : float
        Standard deviation of what is added there; small ones follow the gradient.

    Raises
    ------
    ValueError
        When the step is not one of the sequence's.
    """
    if not 0 <= step < probe.length:
        raise ValueError(f"There is no step {step + 1}: choose one from 1 to {probe.length}.")
    weights, inputs, start = weights_of(probe, cell), inputs_of(probe), beginning_of(probe, cell)
    changed = inputs.copy()
    changed[step] += size * np.random.default_rng([probe.seed, READING, 1]).normal(size=(probe.samples, INPUTS))
    one, other = (read_inputs(weights, some, start, cell, probe.activation) for some in (inputs, changed))
    forward = norms_apart(one.hidden, other.hidden)[None]
    apart = None if one.cell is None else norms_apart(one.cell, other.cell)[None]
    backward = norms(send_back(one, errors_of(probe), probe.cuts).hidden)[None]
    return _described(forward, apart, backward, step, probe.length)


def norms_apart(one: Array, other: Array) -> Array:
    """Mean over samples of the distance between states (..., n, units)."""
    return norms(one - other)


def _parting(one: Array, other: Array) -> int:
    differs = (one != other).reshape(*one.shape[:2], -1).any(axis=(0, 2))
    if not differs.any():
        raise ValueError("Both examples read the same: change one early symbol in one of them.")
    return int(np.argmax(differs))


def _apart(one: Array, other: Array, steps: int) -> Array:
    """(layers, directions, T, n, units) to (layers, T), of the direction that reads from the left."""
    return norms_apart(one[:, 0, :steps], other[:, 0, :steps])


def _described(forward: Array, cell: Array | None, backward: Array, parting: int, end: int) -> Difference:
    begun, left = forward[-1, parting], forward[-1, end - 1]
    survives = float(left / begun) if begun > 0 else float("nan")
    return Difference(forward, cell, backward, parting, survives, _sentence(survives, backward[-1], parting, end))


def _sentence(survives: float, backward: Array, parting: int, end: int) -> str:
    if np.isnan(survives):
        return "The difference never enters the state."
    last = backward[:end][np.flatnonzero(backward[:end])[-1:]]
    asked = (
        f"; the loss asks {backward[parting] / last[0]:.3g} times as much about the state there as at the end"
        if last.size
        else ""
    )
    return (
        f"Of the difference made at step {parting + 1}, ×{survives:.3g} is left {end - 1 - parting} steps later{asked}."
    )
