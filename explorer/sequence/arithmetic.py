"""The numbers of one unit at one time step, ready to be read: what was multiplied, what was summed, what came out.

Everything is taken from the intermediate terms of a `Trace`, nothing is computed a second way, so that what is shown
is what happened. All of it is plain float64.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.sequence.recurrence import GRU, RNN, Array

if TYPE_CHECKING:
    from explorer.sequence.unrolling import Unrolled

LARGEST = 5
"""How many terms of a sum are told apart."""


@dataclass(frozen=True, slots=True)
class Term:
    """One product of a weighted sum: `weight` times `value`.

    `source` is the position (from 0) of what the value belongs to: an input, a unit; `gate` says of which gate,
    where a sum runs over several.
    """

    source: int
    weight: float
    value: float
    gate: str = ""

    @property
    def amount(self) -> float:
        """What the term adds to the sum."""
        return self.weight * self.value


@dataclass(frozen=True, slots=True)
class WeightedSum:
    """A sum of products, the largest first.

    Attributes
    ----------
    terms : tuple of Term
        The five that move the sum most, up or down.
    rest : float
        All others together.
    others : int
        How many those are.
    total : float
        Terms and rest.
    """

    terms: tuple[Term, ...]
    rest: float
    others: int
    total: float


@dataclass(frozen=True, slots=True)
class Neuron:
    """One unit of one gate (of the whole state for the plain RNN): a sum, and a non-linearity.

    Attributes
    ----------
    gate : str
        "input", "forget", ..., or "state".
    from_input, from_state : WeightedSum
        W_ih x_t and W_hh h_{t-1}, the row of this unit.
    input_bias, state_bias : float
        b_ih and b_hh.
    reset : float or None
        The GRU's new content only: what comes from the state, bias included, is multiplied by this gate.
    total : float
        The sum that the non-linearity sees.
    function : str
        "tanh", "sigmoid" or "relu".
    value : float
        What comes out.
    """

    gate: str
    from_input: WeightedSum
    from_state: WeightedSum
    input_bias: float
    state_bias: float
    reset: float | None
    total: float
    function: str
    value: float


@dataclass(frozen=True, slots=True)
class UnitStep:
    """One unit at one time step, forward.

    Attributes
    ----------
    neurons : dict of str to Neuron
        By gate, in the order of the weights.
    x : Array
        All that is read at this step, (inputs,).
    h_before, h : float
        The unit's state before and after.
    c_before, c : float or None
        The same of an LSTM's memory.
    """

    neurons: dict[str, Neuron]
    x: Array
    h_before: float
    h: float
    c_before: float | None
    c: float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """One output: its logit (or number) as a sum over the units that are read.

    Attributes
    ----------
    output : int
        Which one.
    from_state : WeightedSum
        Over the units of the top layer, those of the second direction after those of the first.
    bias, total : float
    """

    output: int
    from_state: WeightedSum
    bias: float
    total: float


def weighted_sum(weights: Array, values: Array, gates: Sequence[str] = ("",), largest: int = LARGEST) -> WeightedSum:
    """The sum of weights times values, (n,) each, with its largest terms.

    Parameters
    ----------
    gates : sequence of str
        Names of equal parts of the n values; the source of a term is counted within its part.
    """
    amounts = weights * values
    order = np.argsort(-np.abs(amounts), kind="stable")[:largest]
    units = len(values) // len(gates)
    terms = tuple(Term(int(k % units), float(weights[k]), float(values[k]), gates[k // units]) for k in order)
    total = float(weights @ values)
    return WeightedSum(terms, total - sum(term.amount for term in terms), len(values) - len(terms), total)


def unit_step(one: Unrolled, t: int, unit: int, sample: int = 0) -> UnitStep:
    """The arithmetic of one unit of one layer and direction at step `t`.

    Raises
    ------
    IndexError
        When there is no such step, unit or sample.
    """
    step, cell = one.steps[t], one.cell
    names = cell.gate_names or ("state",)
    neurons = {}
    for k, name in enumerate(names):
        row, weights = k * cell.weights.units + range(cell.weights.units)[unit], cell.weights
        out = step.gates[name] if step.gates else step.h
        neurons[name] = Neuron(
            gate=name,
            from_input=weighted_sum(weights.input[row], step.x[sample]),
            from_state=weighted_sum(weights.recurrent[row], step.h_before[sample]),
            input_bias=float(weights.input_bias[row]),
            state_bias=float(weights.recurrent_bias[row]),
            reset=float(step.gates["reset"][sample, unit]) if isinstance(cell, GRU) and name == "candidate" else None,
            total=float(step.sums[name][sample, unit]),
            function=_function(cell, name),
            value=float(out[sample, unit]),
        )
    return UnitStep(
        neurons, step.x[sample], float(step.h_before[sample, unit]), float(step.h[sample, unit]),
        _at(step.c_before, sample, unit), _at(step.c, sample, unit),
    )  # fmt: skip


def answer(weight: Array, bias: Array, state: Array, output: int) -> Answer:
    """How one output of the readout, weight (O, n) and bias (O,), comes from the state it reads, (n,)."""
    summed = weighted_sum(weight[output], state)
    return Answer(output, summed, float(bias[output]), summed.total + float(bias[output]))


def _function(cell: object, gate: str) -> str:
    if isinstance(cell, RNN):
        return cell.activation
    return "tanh" if gate == "candidate" else "sigmoid"


def _at(values: Array | None, sample: int, unit: int) -> float | None:
    return None if values is None else float(values[sample, unit])
