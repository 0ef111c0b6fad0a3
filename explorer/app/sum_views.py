"""The sums of one unit at one step, gate by gate, and what an LSTM or a GRU makes of them."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.components.live_plot import live_plot
from explorer.app.spot import Spot
from explorer.app.stepping import PAGE
from explorer.figures.arithmetic import gate_title, memory_lines, neuron_lines
from explorer.figures.ledger import Line, ledger, range_of, signed
from explorer.figures.nonlinearity import nonlinearity
from explorer.figures.palette import symbol
from explorer.sequence.arithmetic import Neuron, UnitStep

ORDER = {"rnn": ("state",), "lstm": ("forget", "input", "candidate", "output"), "gru": ("reset", "update", "candidate")}
"""Gates in the order in which the cell uses them."""
EQUATIONS = {
    "rnn": {"state": (r"h_t = \mathrm{%s}(a)", r"a = W x_t + U h_{t-1} + b")},
    "lstm": {
        "forget": (r"f_t = \sigma(a)", r"a = W_f x_t + U_f h_{t-1} + b_f"),
        "input": (r"i_t = \sigma(a)", r"a = W_i x_t + U_i h_{t-1} + b_i"),
        "candidate": (r"\tilde c_t = \tanh(a)", r"a = W_c x_t + U_c h_{t-1} + b_c"),
        "output": (r"o_t = \sigma(a)", r"a = W_o x_t + U_o h_{t-1} + b_o"),
    },
    "gru": {
        "reset": (r"r_t = \sigma(a)", r"a = W_r x_t + U_r h_{t-1} + b_r"),
        "update": (r"z_t = \sigma(a)", r"a = W_z x_t + U_z h_{t-1} + b_z"),
        "candidate": (r"\tilde h_t = \tanh(a)", r"a = W_h x_t + b + r_t \, (U_h h_{t-1} + b')"),
    },
}
MEANINGS = {
    "state": "The whole step of a plain RNN: add up, then squash.",
    "forget": "How much of the memory is kept: 0 nothing, 1 all.",
    "input": "How much of the new content is let in.",
    "candidate": "The new content, what could be written.",
    "output": "How much of the memory is shown as the state.",
    "reset": "How much of the old state is looked at.",
    "update": "How much of the old state is kept: 1 keeps all.",
}


def sums_view(spot: Spot, step: UnitStep) -> None:
    """One column for each gate: the equation, the sum, the curve."""
    ledgers = {gate: neuron_lines(step.neurons[gate]) for gate in ORDER[spot.cell]}
    bars = range_of(ledgers.values())
    if spot.cell == "rnn":
        left, right = st.columns([3, 2], gap="large")
        with left:
            _ledger(spot, step.neurons["state"], ledgers["state"], bars, 110)
        with right:
            _heading(spot, "state")
            _curve(step.neurons["state"], height=220)
        return
    for column, (gate, lines) in zip(st.columns(len(ledgers), gap="medium"), ledgers.items(), strict=True):
        with column:
            _heading(spot, gate)
            _ledger(spot, step.neurons[gate], lines, bars, 94)
            _curve(step.neurons[gate])


def _ledger(spot: Spot, neuron: Neuron, lines: list[Line], bars: tuple[float, float], labels: float) -> None:
    alt = f"{gate_title(neuron.gate)} of unit {spot.now.unit}: the sum is {signed(neuron.total)}"
    figure = ledger.spec(lines, current_theme(), bars, labels=labels)
    live_plot(figure, key=f"{PAGE}:sum:{neuron.gate}", alt=alt, name=f"sum-{neuron.gate}")


def _heading(spot: Spot, gate: str) -> None:
    out, total = EQUATIONS[spot.cell][gate]
    with st.container(gap=None, key=f"gate_heading_{gate}"):
        st.markdown(f"**{gate_title(gate).capitalize()}**")
        st.caption(MEANINGS[gate])
    st.latex(
        rf"\footnotesize \begin{{gathered}} {out % _function(spot) if gate == 'state' else out} \\ {total} \end{{gathered}}"
    )


def _function(spot: Spot) -> str:
    return {"tanh": "tanh", "relu": "ReLU"}[spot.seen.network.experiment.activation]


def _curve(neuron: Neuron, height: float = 118) -> None:
    figure = nonlinearity.spec(neuron.function, neuron.total, current_theme(), height=height)
    alt = f"{neuron.function} of {signed(neuron.total)} is {signed(neuron.value)}"
    live_plot(figure, key=f"{PAGE}:curve:{neuron.gate}", alt=alt, name=f"curve-{neuron.gate}")


def memory_view(spot: Spot, step: UnitStep) -> None:
    """The combination, with the numbers put in, as an equation and as bars."""
    value = {gate: neuron.value for gate, neuron in step.neurons.items()}
    left, right = st.columns([3, 2], gap="large")
    if spot.cell == "lstm":
        kept, new = value["forget"] * step.c_before, value["input"] * value["candidate"]
        labels = (
            f"{symbol('f', 't')} {symbol('c', 't−1')}",
            f"{symbol('i', 't')} {symbol('c̃', 't')}",
            symbol("c", "t"),
        )
        lines = memory_lines(kept, new, step.c, labels, ("kept", "added"))
        equations = _lstm_equations(step, value)
    else:
        z = value["update"]
        kept, new = z * step.h_before, (1.0 - z) * value["candidate"]
        labels = (
            f"{symbol('z', 't')} {symbol('h', 't−1')}",
            f"(1−{symbol('z', 't')}) {symbol('h̃', 't')}",
            symbol("h", "t"),
        )
        lines = memory_lines(kept, new, step.h, labels, ("kept", "added"))
        equations = _gru_equations(step, value)
    with left:
        st.latex(equations)
    with right:
        live_plot(ledger.spec(lines, current_theme(), range_of([lines])), key=f"{PAGE}:memory", alt="What is kept and what is added",
                  name="memory")  # fmt: skip
        if spot.cell == "lstm":
            curve = nonlinearity.spec("tanh", step.c, current_theme(), argument="c")
            live_plot(curve, key=f"{PAGE}:squash", alt=f"tanh of the memory {signed(step.c)}", name="tanh-c")


def _lstm_equations(step: UnitStep, value: dict[str, float]) -> str:
    f, i, g, o = (value[name] for name in ("forget", "input", "candidate", "output"))
    return _aligned(
        ("c_t", r"f_t \, c_{t-1} + i_t \, \tilde c_t"),
        ("", rf"{_n(f)} \cdot {_n(step.c_before)} + {_n(i)} \cdot {_n(g)}"),
        ("", rf"{leading(f * step.c_before)} {_plus(i * g)} = \mathbf{{{leading(step.c)}}}"),
        ("h_t", r"o_t \, \tanh(c_t)"),
        ("", rf"{_n(o)} \cdot \tanh({leading(step.c)}) = {_n(o)} \cdot {_n(float(np.tanh(step.c)))}"),
        ("", rf"\mathbf{{{leading(step.h)}}}"),
    )


def _gru_equations(step: UnitStep, value: dict[str, float]) -> str:
    z, n = value["update"], value["candidate"]
    return _aligned(
        ("h_t", r"z_t \, h_{t-1} + (1 - z_t) \, \tilde h_t"),
        ("", rf"{_n(z)} \cdot {_n(step.h_before)} + {_n(1 - z)} \cdot {_n(n)}"),
        ("", rf"{leading(z * step.h_before)} {_plus((1 - z) * n)}"),
        ("", rf"\mathbf{{{leading(step.h)}}}"),
    )


def _aligned(*rows: tuple[str, str]) -> str:
    return r"\begin{aligned}" + r"\\".join(f"{left} &= {right}" for left, right in rows) + r"\end{aligned}"


def leading(value: float) -> str:
    """A number at the beginning of an expression."""
    text = f"{value:.3f}"
    return text if float(text) else "0.000"


def _n(value: float) -> str:
    """A number within an expression; negative ones in brackets."""
    text = leading(value)
    return f"({text})" if text.startswith("-") else text


def _plus(value: float) -> str:
    return f"{'-' if value < 0 else '+'} {abs(value):.3f}"
