"""One time step forward: the drawing, the sums, the memory, what is expected."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.components.live_plot import live_plot
from explorer.app.notes import note
from explorer.app.spot import Spot, what_x_is
from explorer.app.stepping import PAGE, go
from explorer.app.sum_views import leading, memory_view, sums_view
from explorer.figures.arithmetic import answer_lines
from explorer.figures.ledger import ledger, range_of, signed
from explorer.figures.naming import at_step
from explorer.figures.network_drawing import network_drawing
from explorer.figures.probabilities import probabilities
from explorer.figures.reading import Place, place
from explorer.figures.step_notices import answer_notice, memory_notice, reading_notice
from explorer.sequence.arithmetic import answer, unit_step

WEIGHTS = (
    "*x* are {x}. The unit multiplies each of them by a weight *W*, each number it remembers by a weight *U*, "
    "and adds everything up."
)


def drawing_view(spot: Spot) -> None:
    """The unrolled network; a click chooses the step, and on a strip the unit."""
    reading = spot.seen.reading(spot.direction)
    at = Place(spot.t, spot.layer, spot.unit)
    backward = spot.now.way == "backward"
    alt = f"The unrolled network at step {spot.now.step} of {reading.length}."
    figure = network_drawing.spec(reading, at, current_theme(), backward=backward)
    clicked = live_plot(figure, key=f"{PAGE}:drawing", alt=alt, name=f"step-{spot.now.step}", select=True)
    if clicked is not None and clicked.ids:
        step, unit = place(float(clicked.ids[0]))
        if 0 <= step < reading.length:
            go(step=step + 1, **({} if unit is None else {"unit": unit + 1}))
            st.rerun()


def forward_view(spot: Spot) -> None:
    """All parts of the way forward."""
    step = unit_step(spot.seen.trace.unrolled[spot.layer][spot.direction], spot.t, spot.unit)
    told = step.neurons.get("candidate") or step.neurons["state"]
    st.subheader(f"What unit {spot.now.unit} adds up", anchor=False)
    note("steps_sums", reading_notice(spot.word, spot.source, spot.unit, step, told, at_step(spot.seen.words, spot.t)))
    st.caption(WEIGHTS.format(x=what_x_is(spot)))
    sums_view(spot, step)
    if spot.cell != "rnn":
        st.subheader("What it keeps, and what it takes in", anchor=False)
        note("steps_memory", memory_notice(step, spot.cell))
        memory_view(spot, step)
    st.subheader("What the network expects now", anchor=False)
    answer_view(spot)


def answer_view(spot: Spot) -> None:
    """The likeliest answers, and which units speak for the first of them."""
    seen, t = spot.seen, spot.t
    if not np.isfinite(seen.outputs[t]).all():
        last = len(seen.words)
        note("steps_answer", f"Nothing yet: this network answers once, after step {last}. It is at step {t + 1}.")
        return
    shares = seen.probabilities(t)
    best = 0 if shares is None else int(shares.argmax())
    found = answer(seen.weight, seen.bias, seen.read[t], best)
    lines = answer_lines(found, seen.units, numbers=shares is None)
    if shares is None:
        said = f"It answers {signed(found.total)}" + (f"; right is {seen.expected[t]}." if seen.expected[t] else ".")
        note("steps_answer", said)
    else:
        label = seen.task.labels[best]
        note("steps_answer", answer_notice(label, float(shares[best]), found, seen.units, seen.expected[t]))
    left, right = st.columns(2, gap="large")
    with left:
        if shares is None:
            st.latex(rf"y = V h_t + b = {leading(found.total)}")
        else:
            st.latex(r"\small p(w) = \frac{e^{s_w}}{\sum_v e^{s_v}}, \qquad s = V h_t + b")
            order = np.argsort(-shares, kind="stable")[:5]
            words = [seen.task.labels[k] for k in order]
            figure = probabilities.spec(words, shares[order], seen.expected[t], current_theme())
            live_plot(figure, key=f"{PAGE}:chances", alt="The likeliest answers", name="expects")
    with right:
        st.caption(
            "The score of the first answer, unit by unit: weight × state"
            if shares is not None
            else "Unit by unit: weight × state"
        )
        live_plot(ledger.spec(lines, current_theme(), range_of([lines])), key=f"{PAGE}:answer", alt="Units behind the first answer",
                  name="score")  # fmt: skip
