"""One time step backward: what arrives, what the step does to it, what is handed on."""

from __future__ import annotations

import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.components.live_plot import live_plot
from explorer.app.notes import note
from explorer.app.step_views import ORDER, Spot
from explorer.app.stepping import PAGE
from explorer.figures.arithmetic import arrival_lines, cell_lines, gate_title, handed_lines, passage_lines
from explorer.figures.ledger import Line, bound_of, decade_of, ledger, signed
from explorer.figures.nonlinearity import nonlinearity
from explorer.figures.product import product
from explorer.figures.step_notices import arrival_notice, handed_notice, passage_notice
from explorer.sequence.arithmetic import UnitStep, unit_step
from explorer.sequence.return_arithmetic import Passage, UnitReturn, unit_return

EQUATIONS = {
    "rnn": r"\delta_t = \frac{\partial L}{\partial h_t} \cdot %s, \qquad \frac{\partial L}{\partial h_{t-1}} = U^\top \delta_t",
    "lstm": r"\delta_f = \frac{\partial L}{\partial c_t} \, c_{t-1} \, \sigma' \qquad \delta_i = \frac{\partial L}{\partial c_t} \, \tilde c_t \, \sigma'"
    r" \qquad \delta_c = \frac{\partial L}{\partial c_t} \, i_t \, \tanh' \qquad \delta_o = \frac{\partial L}{\partial h_t} \, \tanh(c_t) \, \sigma'",
    "gru": r"\delta_h = \frac{\partial L}{\partial h_t} \, (1 - z_t) \, \tanh' \qquad \delta_z = \frac{\partial L}{\partial h_t} \, (h_{t-1} - \tilde h_t) \, \sigma'"
    r" \qquad \delta_r = \delta_h \, (U_h h_{t-1} + b') \, \sigma'",
}


def backward_view(spot: Spot) -> None:
    """All parts of the way back."""
    back = unit_return(spot.seen.trace, spot.t, spot.unit, spot.layer, spot.direction)
    step = unit_step(spot.seen.trace.unrolled[spot.layer][spot.direction], spot.t, spot.unit)
    first = spot.t == (len(spot.seen.words) - 1 if spot.direction else 0)
    above = "the loss at this step" if spot.layer == spot.seen.layers - 1 else f"layer {spot.layer + 2} above"
    arrival = arrival_lines(back, spot.cell, above)
    handed = handed_lines(back.handed, spot.cell, first)
    memory = cell_lines(back.cell, first) if back.cell is not None else []
    decade = decade_of(bound_of([arrival, handed, memory]))
    _ends(spot, back, arrival, handed, decade, above, first)
    st.subheader("What the step does to it", anchor=False)
    note("steps_passage", passage_notice(back))
    _passages(spot, step, back, decade)
    if memory:
        _memory(memory, decade)


def _ends(
    spot: Spot, back: UnitReturn, arrival: list[Line], handed: list[Line], decade: int, above: str, first: bool
) -> None:
    bound = bound_of([arrival, handed])
    left, right = st.columns(2, gap="large")
    unit = f" (all numbers × 10^{decade})".replace("-", "−") if decade else ""
    with left:
        st.subheader(f"What arrives at unit {spot.now.unit}", anchor=False)
        note("steps_arrival", arrival_notice(back, above))
        st.caption(f"The gradient: how the loss changes when this number changes{unit}.")
        _ledger(arrival, bound, decade, "arrival", "What arrives")
    with right:
        st.subheader("What is handed on", anchor=False)
        note("steps_handed", handed_notice(back, first))
        st.caption(f"To the state before, through the transposed weights{unit}.")
        _ledger(handed, bound, decade, "handed", "What is handed on")


def _ledger(lines: list[Line], bound: float, decade: int, name: str, alt: str) -> None:
    figure = ledger(lines, current_theme(), bound, backward=True, decade=decade)
    live_plot(figure, key=f"{PAGE}:{name}", alt=alt, name=name)


def _passages(spot: Spot, step: UnitStep, back: UnitReturn, decade: int) -> None:
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
            live_plot(product(passage_lines(passage, spot.cell), current_theme(), decade), key=f"{PAGE}:product:{gate}",
                      alt=f"delta is {signed(passage.delta, decade)}", name=f"delta-{gate}")  # fmt: skip
        with column if len(back.passages) > 1 else columns[1]:
            _tangent(step, passage)


def _tangent(step: UnitStep, passage: Passage) -> None:
    neuron = step.neurons[passage.gate]
    figure = nonlinearity(neuron.function, neuron.total, current_theme(), slope=passage.slope)
    live_plot(
        figure, key=f"{PAGE}:slope:{passage.gate}", alt=f"slope {passage.slope:.3f}", name=f"slope-{passage.gate}"
    )


def _memory(lines: list[Line], decade: int) -> None:
    st.subheader("The straight way through the memory", anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        st.latex(
            r"\begin{aligned}\frac{\partial L}{\partial c_t} &= \underbrace{f_{t+1} \frac{\partial L}{\partial c_{t+1}}}_{\text{from the next step}}"
            r" + \underbrace{o_t \, (1 - \tanh^2 c_t) \, \frac{\partial L}{\partial h_t}}_{\text{through } h_t} \\"
            r"\frac{\partial L}{\partial c_{t-1}} &= f_t \, \frac{\partial L}{\partial c_t}\end{aligned}"
        )
        st.caption("No weights and no slope stand in this way: only the forget gate decides what passes.")
    with right:
        _ledger(lines, bound_of([lines]), decade, "memory_back", "The way through the memory")
