"""One time step backward: what arrives, what the step does to it, what is handed on."""

from __future__ import annotations

import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.components.live_plot import live_plot
from explorer.app.notes import note
from explorer.app.spot import Spot
from explorer.app.stepping import PAGE
from explorer.app.sum_views import ORDER
from explorer.figures.arithmetic import arrival_lines, cell_lines, gate_title, handed_lines, passage_lines
from explorer.figures.ledger import Line, decade_of, ledger, raised, range_of, short
from explorer.figures.nonlinearity import nonlinearity
from explorer.figures.product import product
from explorer.figures.step_notices import arrival_notice, handed_notice, passage_notice
from explorer.sequence.arithmetic import UnitStep, unit_step
from explorer.sequence.return_arithmetic import Passage, UnitReturn, unit_return

EQUATIONS = {
    "rnn": r"\delta_t = \frac{\partial L}{\partial h_t} \cdot %s",
    "lstm": r"\delta_f = \frac{\partial L}{\partial c_t} \, c_{t-1} \, \sigma' \qquad \delta_i = \frac{\partial L}{\partial c_t} \, \tilde c_t \, \sigma'"
    r" \qquad \delta_c = \frac{\partial L}{\partial c_t} \, i_t \, \tanh' \qquad \delta_o = \frac{\partial L}{\partial h_t} \, \tanh(c_t) \, \sigma'",
    "gru": r"\delta_h = \frac{\partial L}{\partial h_t} \, (1 - z_t) \, \tanh' \qquad \delta_z = \frac{\partial L}{\partial h_t} \, (h_{t-1} - \tilde h_t) \, \sigma'"
    r" \qquad \delta_r = \delta_h \, (U_h h_{t-1} + b') \, \sigma'",
}

ARRIVES = {
    "through": r"\small \frac{\partial L}{\partial h_t} = U^\top \delta_{t+1} + \frac{\partial L_t}{\partial h_t}",
    "carried": r"\small \frac{\partial L}{\partial h_t} = U^\top \delta_{t+1} + z_{t+1} \frac{\partial L}{\partial h_{t+1}}"
    r" + \frac{\partial L_t}{\partial h_t}",
    "memory": r"\small \frac{\partial L}{\partial c_t} = f_{t+1} \frac{\partial L}{\partial c_{t+1}}"
    r" + o_t \, (1 - \tanh^2 c_t) \, \frac{\partial L}{\partial h_t}",
}
HANDED = {
    "rnn": r"\small \frac{\partial L}{\partial h_{t-1}} = U^\top \delta_t",
    "lstm": r"\small \begin{aligned} \frac{\partial L}{\partial h_{t-1}} &= \sum_{k \in f, i, c, o} U_k^\top \delta_k \\"
    r" \frac{\partial L}{\partial c_{t-1}} &= f_t \, \frac{\partial L}{\partial c_t} \end{aligned}",
    "gru": r"\small \frac{\partial L}{\partial h_{t-1}} = U_r^\top \delta_r + U_z^\top \delta_z + U_h^\top (r_t \, \delta_h)"
    r" + z_t \, \frac{\partial L}{\partial h_t}",
}


def backward_view(spot: Spot) -> None:
    """All parts of the way back, in the order in which the gradient goes."""
    back = unit_return(spot.seen.trace, spot.t, spot.unit, spot.layer, spot.direction)
    step = unit_step(spot.seen.trace.unrolled[spot.layer][spot.direction], spot.t, spot.unit)
    first = spot.t == (len(spot.seen.words) - 1 if spot.direction else 0)
    above = "the loss at this step" if spot.layer == spot.seen.layers - 1 else f"layer {spot.layer + 2} above"
    st.subheader(f"What arrives at unit {spot.now.unit}", anchor=False)
    note("steps_arrival", arrival_notice(back, above))
    _arrival(spot, back, above)
    st.subheader("What the step does to it", anchor=False)
    note("steps_passage", passage_notice(back))
    _passages(spot, step, back)
    st.subheader("What is handed on", anchor=False)
    note("steps_handed", handed_notice(back, first))
    _handed(spot, back, first)


def _arrival(spot: Spot, back: UnitReturn, above: str) -> None:
    bars, decade = _measure(arrival_lines(back, spot.cell, above))
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.caption(f"A gradient says how the loss changes when a number changes a little.{_unit(decade)}")
        _ledger(arrival_lines(back, spot.cell, above, decade), bars, decade, "arrival", "What arrives at the state")
    with right:
        st.latex(ARRIVES["carried" if spot.cell == "gru" else "through"])
        if back.cell is not None:
            st.latex(ARRIVES["memory"])
            lines = cell_lines(back.cell)
            _ledger(lines, *_measure(lines), "memory_back", "What arrives at the memory")


def _handed(spot: Spot, back: UnitReturn, first: bool) -> None:
    bars, decade = _measure(handed_lines(back, spot.cell, first))
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.caption(
            f"Every gate has a δ for each of its units; the unit's column of the weights gathers them.{_unit(decade)}"
        )
        _ledger(handed_lines(back, spot.cell, first, decade), bars, decade, "handed", "What is handed on")
    with right:
        st.latex(HANDED[spot.cell])
        if back.cell is not None:
            st.caption("No weights and no slope stand in the memory's way: only the forget gate decides what passes.")


def _measure(lines: list[Line]) -> tuple[tuple[float, float], int]:
    """Range of the bars of a ledger, and the power of ten in which it is written."""
    bars = range_of([lines])
    return bars, decade_of(bars)


def _unit(decade: int) -> str:
    return f" Numbers in units of {raised(decade)}." if decade else ""


def _ledger(lines: list[Line], bars: tuple[float, float], decade: int, name: str, alt: str) -> None:
    figure = ledger.spec(lines, current_theme(), bars, backward=True, decade=decade, labels=150)
    live_plot(figure, key=f"{PAGE}:{name}", alt=alt, name=name)


def _passages(spot: Spot, step: UnitStep, back: UnitReturn) -> None:
    equation = EQUATIONS[spot.cell]
    if spot.cell == "rnn":
        relu = spot.seen.network.experiment.activation == "relu"
        equation = equation % (r"\mathrm{ReLU}'(a_t)" if relu else r"(1 - h_t^2)")
    st.latex(r"\small " + equation)
    columns = st.columns(max(len(back.passages), 2), gap="medium")
    for column, gate in zip(columns, ORDER[spot.cell], strict=False):
        with column:
            st.markdown(f"**{gate_title(gate).capitalize()}**")
            passage = back.passages[gate]
            live_plot(product.spec(passage_lines(passage, spot.cell), current_theme()), key=f"{PAGE}:product:{gate}",
                      alt=f"delta is {short(passage.delta)}", name=f"delta-{gate}")  # fmt: skip
        with column if len(back.passages) > 1 else columns[1]:
            _tangent(step, passage)


def _tangent(step: UnitStep, passage: Passage) -> None:
    neuron = step.neurons[passage.gate]
    figure = nonlinearity.spec(neuron.function, neuron.total, current_theme(), slope=passage.slope)
    live_plot(
        figure, key=f"{PAGE}:slope:{passage.gate}", alt=f"slope {short(passage.slope)}", name=f"slope-{passage.gate}"
    )
