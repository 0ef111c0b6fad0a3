"""Which network the page "Step by step" looks into: the visitor's own, or a small one trained on the spot."""

from __future__ import annotations

import math
import time

import streamlit as st

from explorer.app.clicks import once
from explorer.app.following import Following
from explorer.app.links import safe_markdown
from explorer.app.looking import Network
from explorer.app.moments import frame_at
from explorer.app.process import engine
from explorer.app.stepping import PAGE
from explorer.app.visit import visit
from explorer.runs.report import Report, TooManyRuns, UnknownRun
from explorer.sequence import SequenceExperiment

UNITS, RATE, BATCH, STEPS = 12, 0.02, 64, 2000
SLOWER = 2.5
"""How much longer than the bare training it takes while a page is watching, on a modest machine."""
TITLES = {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}
EVERY, REDRAW = 0.4, 2.5
"""Seconds between two looks at a training: at how far it is, and at the network itself."""


def preset(cell: str) -> SequenceExperiment:
    """A network small enough to see every unit, on the classroom phrases."""
    return SequenceExperiment(task="rose", cell=cell, hidden=UNITS, steps=STEPS, learning_rate=RATE, batch=BATCH)


def network(choice: str) -> Network | None:
    """The chosen network as it is now; None when there is none of the visitor's own."""
    return own_network() if choice == "mine" else _preset_network(choice)


def first_choice() -> str:
    """Where the page begins: at the visitor's own network, once it has learned something."""
    if f"{PAGE}:now" in st.session_state:
        return "lstm"
    own = own_network()
    return "mine" if own is not None and own.step > 0 else "lstm"


def own_network() -> Network | None:
    """The network of the page Train live at the moment that is shown there; it is kept until it is asked for anew."""
    kept: Network | None = st.session_state.get(f"{PAGE}:mine")
    run: Following | None = st.session_state.get("train:run")
    if kept is not None and (run is None or kept.key[1] == run.name):
        return kept
    return take_newest() or kept


def take_newest() -> Network | None:
    """Look at the page Train live again."""
    run: Following | None = st.session_state.get("train:run")
    if run is None:
        return None
    try:
        report = run.report()
    except UnknownRun:
        return None
    weighted = [frame for frame in report.frames if frame.weights]
    if not weighted:
        return None
    frame = frame_at(weighted, st.session_state.get("train:moment"))
    found = Network(run.now, frame.weights, frame.step, "your network", ("mine", run.name, frame.step))
    st.session_state[f"{PAGE}:mine"] = found
    return found


def _preset_network(cell: str) -> Network:
    trained: dict[str, Network] = st.session_state.setdefault(f"{PAGE}:trained", {})
    if cell in trained:
        return trained[cell]
    frame = None
    report = _report(cell)
    if report is not None:
        weighted = [one for one in report.frames if one.weights]
        frame = weighted[-1] if weighted else None
    if frame is None:
        return Network(preset(cell), None, 0, f"the {TITLES[cell]}", (cell, 0))
    found = Network(preset(cell), frame.weights, frame.step, f"the {TITLES[cell]}", (cell, frame.step))
    if report is not None and report.state == "finished":
        trained[cell] = found
        _let_go()
    return found


def _training() -> tuple[str, str] | None:
    """Cell and name of the run in training."""
    return st.session_state.get(f"{PAGE}:run")


def _report(cell: str) -> Report | None:
    held = _training()
    if held is None or held[0] != cell:
        return None
    try:
        return engine().frames_since(held[1], visit())
    except UnknownRun:
        st.session_state.pop(f"{PAGE}:run")
        return None


def _let_go() -> None:
    held = st.session_state.pop(f"{PAGE}:run", None)
    if held is not None:
        engine().drop(held[1], visit())


def _train(cell: str) -> None:
    _let_go()
    try:
        name = engine().start(preset(cell), visit())
        engine().command(name, visit(), "play")
    except TooManyRuns as error:
        st.session_state[f"{PAGE}:problem"] = str(error)
        return
    st.session_state[f"{PAGE}:run"] = (cell, name)


def training_controls(cell: str, shown: Network) -> None:
    """The button that trains the untrained network, or how far that is."""
    problem = st.session_state.pop(f"{PAGE}:problem", None)
    if problem:
        st.error(safe_markdown(problem), icon=":material/groups:")
    report = _report(cell)
    if report is not None and report.error:
        st.error(safe_markdown(report.error), icon=":material/error:")
        _let_go()
    elif report is None and shown.step < STEPS:
        with st.container(key="steps_train", horizontal=True, vertical_alignment="center"):
            st.button(
                f"Train this network (about {seconds(cell)} s)", key=f"{PAGE}:train", type="primary",
                icon=":material/model_training:", on_click=once(_train), args=(cell,),
            )  # fmt: skip
            st.caption("It is untrained: its weights are random numbers, and what it expects means nothing yet.")
    elif report is not None:
        st.session_state[f"{PAGE}:drawn"] = time.monotonic()
        st.fragment(_progress, run_every=EVERY)(cell)


def _progress(cell: str) -> None:
    """How far the training is; now and then, and at its end, the whole page is drawn anew."""
    report = _report(cell)
    old = time.monotonic() - st.session_state[f"{PAGE}:drawn"] > REDRAW
    if report is None or old or report.state in ("finished", "failed"):
        st.rerun(scope="app")
    loss = report.frames[-1].metrics.get("loss") if report.frames else None
    said = f"Training: step {report.position:,} of {STEPS:,}" + (f", loss {loss:.2f}" if loss is not None else "")
    st.progress(min(report.position / STEPS, 1.0), said)


def seconds(cell: str) -> int:
    """How long the training takes, about."""
    from explorer.sequence.cost import milliseconds

    return max(1, math.ceil(STEPS * milliseconds(preset(cell)) / 1000 * SLOWER))
