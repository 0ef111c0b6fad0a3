"""The numbers of one unit at one time step on the way back: what arrives, what the step does to it, what goes on.

The counterpart of `explorer.sequence.arithmetic`. `delta` is the derivative of the loss with respect to the sum that
a non-linearity sees; what is handed on to h_{t-1} is W_hh^T delta, and for the GRU also z * dL/dh_t.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.sequence.arithmetic import WeightedSum, weighted_sum
from explorer.sequence.recurrence import GRU, LSTM, Array, BackwardStep, Step

if TYPE_CHECKING:
    from explorer.sequence.tracing import Trace
    from explorer.sequence.unrolling import Unrolled


@dataclass(frozen=True, slots=True)
class Handed:
    """What one step hands to one unit of the state before it.

    Attributes
    ----------
    through_weights : WeightedSum
        The unit's column of W_hh times all deltas of the step.
    carried : float or None
        What passes without weights: the GRU's z * dL/dh_t.
    total : float
    """

    through_weights: WeightedSum
    carried: float | None
    total: float


@dataclass(frozen=True, slots=True)
class Passage:
    """How the gradient gets through one gate: a product.

    Attributes
    ----------
    gate : str
    begins : str
        What it starts from: "h", "c", or for the GRU's reset gate "candidate", the delta of the new content.
    arriving : float
        That gradient.
    factors : tuple of (str, float)
        What it is multiplied by, each with its symbol: "f", "o", "c_before", "tanh_c", ...
    slope : float
        Slope of the gate's non-linearity where it stood.
    delta : float
        Arriving times all factors times the slope.
    """

    gate: str
    begins: str
    arriving: float
    factors: tuple[tuple[str, float], ...]
    slope: float
    delta: float


@dataclass(frozen=True, slots=True)
class CellReturn:
    """The way back through an LSTM's memory: dL/dc_t, and what f_t lets pass straight to c_{t-1}."""

    from_next: float
    through_h: float
    total: float
    forget: float
    handed: float


@dataclass(frozen=True, slots=True)
class UnitReturn:
    """One unit at one time step, backward.

    Attributes
    ----------
    from_next : Handed or None
        What the step that was read after this one hands back; None at the last.
    from_above : float
        What the loss at this step (the layer above, for lower layers) adds.
    total : float
        dL/dh_t of the unit.
    passages : dict of str to Passage
        By gate; "state" for the plain RNN.
    cell : CellReturn or None
        LSTM only.
    handed : Handed
        What goes on to h_{t-1}.
    norms : dict of str to float
        Of the whole vectors: "next", "above", "total", "delta", "handed", and "cell", "cell_handed".
    """

    from_next: Handed | None
    from_above: float
    total: float
    passages: dict[str, Passage]
    cell: CellReturn | None
    handed: Handed
    norms: dict[str, float]


def unit_return(trace: Trace, t: int, unit: int, layer: int = -1, direction: int = 0, sample: int = 0) -> UnitReturn:
    """What reaches one unit at step `t` on the way back, and what becomes of it."""
    one = trace.unrolled[layer][direction]
    back, step = one.backward_steps[t], one.steps[t]
    later = _after(one, t)
    above = from_above(trace, t, layer, direction)[sample]
    cell = None
    if isinstance(one.cell, LSTM):
        cell = _cell_return(step, back, later, sample, unit)
    return UnitReturn(
        from_next=None if later is None else _handed(one, later, sample, unit),
        from_above=float(above[unit]),
        total=float(back.h[sample, unit]),
        passages={p.gate: p for p in _passages(one, step, back, sample, unit)},
        cell=cell,
        handed=_handed(one, back, sample, unit),
        norms=_norms(back, later, above, sample),
    )


def from_above(trace: Trace, t: int, layer: int, direction: int) -> Array:
    """What enters each state from above at step `t`, (batch, units): from the readout, or from the next layer."""
    layers = trace.unrolled
    depth = range(len(layers))[layer]
    if depth == len(layers) - 1:
        return trace.naive_grad_hidden[direction, t]
    below = sum(one.backward_steps[t].x for one in layers[depth + 1])
    return np.split(below, len(layers[depth]), axis=-1)[direction]


def _after(one: Unrolled, t: int) -> BackwardStep | None:
    """The step that was read after step `t`."""
    after = t - 1 if one.reverse else t + 1
    return one.backward_steps[after] if 0 <= after < len(one.backward_steps) else None


def _handed(one: Unrolled, back: BackwardStep, sample: int, unit: int) -> Handed:
    gates = one.cell.gate_names or ("state",)
    through = weighted_sum(one.cell.weights.recurrent[:, unit], back.from_state[sample], gates)
    carried = None if back.carried is None else float(back.carried[sample, unit])
    return Handed(through, carried, through.total + (carried or 0.0))


def _cell_return(step: Step, back: BackwardStep, later: BackwardStep | None, sample: int, unit: int) -> CellReturn:
    at = (sample, unit)
    from_next = 0.0 if later is None else float(later.c_before[at])
    through_h = float(back.h[at] * step.gates["output"][at] * (1.0 - np.tanh(step.c[at]) ** 2))
    return CellReturn(
        from_next, through_h, float(back.c[at]), float(step.gates["forget"][at]), float(back.c_before[at])
    )


def _passages(one: Unrolled, step: Step, back: BackwardStep, sample: int, unit: int) -> list[Passage]:
    at = (sample, unit)
    slopes = {name: float(slope[at]) for name, slope in back.slopes.items()}
    h, gate = float(back.h[at]), {name: float(value[at]) for name, value in step.gates.items()}
    if isinstance(one.cell, LSTM):
        c = float(back.c[at])
        ways = [
            ("input", "c", c, (("g", gate["candidate"]),)),
            ("forget", "c", c, (("c_before", float(step.c_before[at])),)),
            ("candidate", "c", c, (("i", gate["input"]),)),
            ("output", "h", h, (("tanh_c", float(np.tanh(step.c[at]))),)),
        ]
    elif isinstance(one.cell, GRU):
        past = float(step.from_state[sample, 2 * one.cell.weights.units + unit])
        candidate = h * (1.0 - gate["update"]) * slopes["candidate"]
        ways = [
            ("reset", "candidate", candidate, (("past", past),)),
            ("update", "h", h, (("kept", float(step.h_before[at]) - gate["candidate"]),)),
            ("candidate", "h", h, (("1-z", 1.0 - gate["update"]),)),
        ]
    else:
        ways = [("state", "h", h, ())]
    units, found = one.cell.weights.units, []
    for k, (name, begins, arriving, factors) in enumerate(ways):
        delta = float(back.from_input[sample, k * units + unit])
        found.append(Passage(name, begins, arriving, factors, slopes[name], delta))
    return found


def _norms(back: BackwardStep, later: BackwardStep | None, above: Array, sample: int) -> dict[str, float]:
    vectors = {
        "above": above,
        "total": back.h[sample],
        "delta": back.from_input[sample],
        "handed": back.h_before[sample],
    }
    vectors["next"] = np.zeros(1) if later is None else later.h_before[sample]
    if back.c is not None:
        vectors |= {"cell": back.c[sample], "cell_handed": back.c_before[sample]}
    return {name: float(np.linalg.norm(vector)) for name, vector in vectors.items()}
