"""The three recurrent cells written out: one time step forward, one time step backward, with all that lies between.

Everything is float64 NumPy and works on a batch of n samples at once. A cell's weights stack its gates as
PyTorch does: LSTM input, forget, candidate, output; GRU reset, update, candidate. Each step first forms two sums,

    from_input = W_ih x_t + b_ih          from_state = W_hh h_{t-1} + b_hh

and the cells differ only in what they make of them. In backward steps the name of a quantity stands for the
derivative of the loss with respect to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

Array = np.ndarray


@dataclass(frozen=True, slots=True)
class Weights:
    """One direction of one layer.

    Attributes
    ----------
    input, recurrent : Array
        W_ih (gates * units, inputs) and W_hh (gates * units, units).
    input_bias, recurrent_bias : Array
        b_ih and b_hh, (gates * units,).
    """

    input: Array
    recurrent: Array
    input_bias: Array
    recurrent_bias: Array

    @property
    def units(self) -> int:
        """Numbers in the state."""
        return self.recurrent.shape[1]


@dataclass(slots=True)
class Step:
    """One time step forward, from x_t, h_{t-1}, c_{t-1} to h_t, c_t.

    Attributes
    ----------
    x, h_before, c_before : Array
        What came in: (n, inputs), (n, units), and (n, units) or None.
    from_input, from_state : Array
        The two sums, (n, gates * units).
    sums : dict of str to Array
        What each non-linearity was applied to, by gate, (n, units).
    gates : dict of str to Array
        What came out of it; empty for the plain RNN, whose only value is h_t itself.
    h, c : Array
        What goes out: (n, units), and (n, units) or None.
    """

    x: Array
    h_before: Array
    c_before: Array | None
    from_input: Array
    from_state: Array
    sums: dict[str, Array]
    gates: dict[str, Array]
    h: Array
    c: Array | None = None


@dataclass(slots=True)
class BackwardStep:
    """One time step backward, from dL/dh_t, dL/dc_t to dL/dx_t, dL/dh_{t-1}, dL/dc_{t-1}.

    Attributes
    ----------
    h, c : Array
        The total dL/dh_t and dL/dc_t: from the next step, from above, and for c_t also through h_t.
    slopes : dict of str to Array
        Derivative of each non-linearity where it stood, (n, units).
    from_input, from_state : Array
        dL/d of the two sums, (n, gates * units); they differ only for the GRU's candidate.
    through_weights : Array
        What reaches h_{t-1} through the transposed weights, (n, units).
    carried : Array or None
        What reaches h_{t-1} without passing through weights (GRU only).
    x, h_before, c_before : Array
        dL/dx_t, and what this step hands to h_{t-1} and c_{t-1}.
    """

    h: Array
    c: Array | None
    slopes: dict[str, Array]
    from_input: Array
    from_state: Array
    through_weights: Array
    carried: Array | None
    x: Array
    h_before: Array
    c_before: Array | None = None


class Cell(Protocol):
    """What RNN, LSTM and GRU have in common."""

    weights: Weights
    gate_names: tuple[str, ...]

    def forward(self, x: Array, h: Array, c: Array | None = None) -> Step: ...

    def backward(self, step: Step, h: Array, c: Array | None = None) -> BackwardStep: ...


class RNN:
    """Elman 1990:  h_t = f(W_ih x_t + b_ih + W_hh h_{t-1} + b_hh)  with f = tanh or ReLU."""

    gate_names = ()

    def __init__(self, weights: Weights, activation: str = "tanh") -> None:
        self.weights = weights
        self.activation = activation

    def forward(self, x: Array, h: Array, c: Array | None = None) -> Step:
        from_input, from_state = _sums(self.weights, x, h)
        a = from_input + from_state
        out = np.tanh(a) if self.activation == "tanh" else np.maximum(a, 0.0)
        return Step(x, h, None, from_input, from_state, {"state": a}, {}, out)

    def backward(self, step: Step, h: Array, c: Array | None = None) -> BackwardStep:
        """dL/da = dL/dh_t * f'(a),  then  dL/dh_{t-1} = W_hh^T dL/da."""
        slope = 1.0 - step.h**2 if self.activation == "tanh" else (step.h > 0.0).astype(float)
        a = h * slope
        back = a @ self.weights.recurrent
        return BackwardStep(h, None, {"state": slope}, a, a, back, None, a @ self.weights.input, back)


class LSTM:
    """Hochreiter & Schmidhuber 1997, with the forget gate of Gers, Schmidhuber & Cummins 2000.

    i, f, o = sigmoid(...)    g = tanh(...)    c_t = f * c_{t-1} + i * g    h_t = o * tanh(c_t)
    """

    gate_names = ("input", "forget", "candidate", "output")

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    def forward(self, x: Array, h: Array, c: Array) -> Step:
        from_input, from_state = _sums(self.weights, x, h)
        stacked = from_input + from_state
        sums = _by_gate(self.gate_names, stacked)
        gates = _by_gate(self.gate_names, sigmoid(stacked)) | {"candidate": np.tanh(sums["candidate"])}
        new = gates["forget"] * c + gates["input"] * gates["candidate"]
        return Step(x, h, c, from_input, from_state, sums, gates, gates["output"] * np.tanh(new), new)

    def backward(self, step: Step, h: Array, c: Array) -> BackwardStep:
        """From the total dL/dh_t and what c_{t+1} hands back to c_t.

        dL/dc_t gains o * (1 - tanh(c_t)^2) * dL/dh_t, the path through h_t; then dL/dc_{t-1} = f * dL/dc_t.
        """
        i, f, g, o = step.gates.values()
        squashed = np.tanh(step.c)
        c = c + h * o * (1.0 - squashed**2)
        slopes = {"input": i * (1.0 - i), "forget": f * (1.0 - f), "candidate": 1.0 - g**2, "output": o * (1.0 - o)}
        gates = (c * g, c * step.c_before, c * i, h * squashed)
        sums = np.concatenate([gate * slope for gate, slope in zip(gates, slopes.values(), strict=True)], axis=1)
        back = sums @ self.weights.recurrent
        return BackwardStep(h, c, slopes, sums, sums, back, None, sums @ self.weights.input, back, c * f)


class GRU:
    """Cho et al. 2014, as PyTorch has it: the reset gate acts on W_hn h_{t-1} + b_hn, after the product.

    r, z = sigmoid(...)    n = tanh(W_in x_t + b_in + r * (W_hn h_{t-1} + b_hn))    h_t = (1 - z) * n + z * h_{t-1}
    """

    gate_names = ("reset", "update", "candidate")

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    def forward(self, x: Array, h: Array, c: Array | None = None) -> Step:
        from_input, from_state = _sums(self.weights, x, h)
        here, past = _by_gate(self.gate_names, from_input), _by_gate(self.gate_names, from_state)
        sums = {name: here[name] + past[name] for name in ("reset", "update")}
        r, z = sigmoid(sums["reset"]), sigmoid(sums["update"])
        sums["candidate"] = here["candidate"] + r * past["candidate"]
        n = np.tanh(sums["candidate"])
        gates = {"reset": r, "update": z, "candidate": n}
        return Step(x, h, None, from_input, from_state, sums, gates, (1.0 - z) * n + z * h)

    def backward(self, step: Step, h: Array, c: Array | None = None) -> BackwardStep:
        """The share z * dL/dh_t goes straight to h_{t-1}; the rest passes the gates and the weights."""
        r, z, n = step.gates.values()
        hn = step.from_state[:, 2 * self.weights.units :]
        slopes = {"reset": r * (1.0 - r), "update": z * (1.0 - z), "candidate": 1.0 - n**2}
        candidate = h * (1.0 - z) * slopes["candidate"]
        reset, update = candidate * hn * slopes["reset"], h * (step.h_before - n) * slopes["update"]
        from_input = np.concatenate([reset, update, candidate], axis=1)
        from_state = np.concatenate([reset, update, candidate * r], axis=1)
        back, carried = from_state @ self.weights.recurrent, h * z
        x = from_input @ self.weights.input
        return BackwardStep(h, None, slopes, from_input, from_state, back, carried, x, back + carried)


def sigmoid(a: Array) -> Array:
    """1 / (1 + exp(-a)), written so that it cannot overflow."""
    return 0.5 + 0.5 * np.tanh(0.5 * a)


def _sums(weights: Weights, x: Array, h: Array) -> tuple[Array, Array]:
    return x @ weights.input.T + weights.input_bias, h @ weights.recurrent.T + weights.recurrent_bias


def _by_gate(names: tuple[str, ...], stacked: Array) -> dict[str, Array]:
    units = stacked.shape[1] // len(names)
    return {name: stacked[:, k * units : (k + 1) * units] for k, name in enumerate(names)}
