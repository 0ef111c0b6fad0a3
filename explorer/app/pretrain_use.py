"""Put to use: the network of one moment on a small labelled task, beside networks that had no such start."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import streamlit as st
from pydantic import ValidationError

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.clicks import once
from explorer.app.controls import field_beside
from explorer.app.drawn import Drawing, drawn
from explorer.app.following import ACTIVE, Following, follow, restart
from explorer.app.links import safe_markdown
from explorer.app.moments import frame_at
from explorer.app.own_data import own_reviews
from explorer.app.pretrain_setting import PAGE, PretrainView
from explorer.applications.transfer import METHOD_TITLES, METHODS, TransferExperiment
from explorer.applications.transfer.experiment import TASKS
from explorer.experiment import explain
from explorer.figures.pretrain_transfer import Line, gain_notice, transfer_curves, transfer_notice
from explorer.frame import Frame
from explorer.runs.report import Report, TooManyRuns, UnknownRun
from explorer.text.spreadsheets import write_csv

USE = f"{PAGE}.use"
"""Where the state of the measurement is kept."""
STORY = (
    "Labels are dear, text is free. The network of the moment shown has read text without labels; now it gets a few **labelled** examples. "
    "**Frozen**: it stays as it is, and only a linear readout of its states is learned. **Fine-tuned**: all of it learns on. "
    "**From scratch**: the same network, untrained. **GloVe**: word vectors learned by others from six billion words, as the beginning of "
    "a network of this size, or simply averaged. All get the same examples."
)


def use_controls(now: PretrainView, run: Following) -> None:
    """Draw what the network is put to use on, and the button that begins the measurement."""
    with st.container(key="aside_use"):
        st.markdown(STORY)
        for column, draw in zip(st.columns([10, 7, 4, 4], gap="medium", vertical_alignment="bottom"), _asked(now, run), strict=True):
            with column:
                draw()
        if now.labelled == "own":
            st.session_state[f"{USE}:reviews"] = own_reviews(f"{USE}.own", st.session_state.get(f"{USE}:reviews", ()))
        problem = st.session_state.pop(f"{USE}:problem", None)
        if problem:
            st.error(safe_markdown(problem), icon=":material/block:")


def _asked(now: PretrainView, run: Following) -> list[Callable[[], None]]:
    """What each column draws."""
    fields = {"labelled": {"buttons": 2}, "examples": {}, "draws": {}}
    return [*(partial(field_beside, PAGE, name, **more) for name, more in fields.items()), partial(_buttons, now, run)]


def _buttons(now: PretrainView, run: Following) -> None:
    report = use_report()
    missing = now.labelled == "own" and not st.session_state.get(f"{USE}:reviews")
    if report is not None and report.state in ACTIVE:
        st.button("Cancel", key=f"{USE}:cancel", icon=":material/stop:", width="stretch", on_click=once(_cancel), help="End here and keep what was measured.")
    else:
        st.button("Measure", key=f"{USE}:begin", icon=":material/science:", type="primary", width="stretch", on_click=once(_begin), args=(now, run), disabled=missing)


def _begin(now: PretrainView, run: Following) -> None:
    """Start the measurement with the network of the moment shown."""
    try:
        frames = [frame for frame in run.report().frames if frame.weights]
        if not frames:
            raise ValueError("There is no network yet: wait until the untrained one appears.")
        frame = frame_at(frames, st.session_state.get(f"{PAGE}:moment"))
        experiment = transfer_of(now, run, frame)
        restart(USE)
        held = follow(USE, experiment)
    except ValidationError as error:
        st.session_state[f"{USE}:problem"] = " ".join(explain(error))
    except (ValueError, TooManyRuns, UnknownRun) as error:
        st.session_state[f"{USE}:problem"] = str(error)
    else:
        held.command("play")
        st.session_state[f"{USE}:about"] = (frame.step, run.name)


def transfer_of(now: PretrainView, run: Following, frame: Frame) -> TransferExperiment:
    """The measurement that the page's settings describe, of the network of one frame."""
    return TransferExperiment(
        task=now.labelled, most=now.examples, repeats=now.draws, seed=now.seed, pretrained=run.base.model_dump_json(), weights=frame.weights,
        reviews=st.session_state.get(f"{USE}:reviews", ()) if now.labelled == "own" else (),
    )  # fmt: skip


def _cancel() -> None:
    held: Following | None = st.session_state.get(f"{USE}:run")
    if held is not None:
        held.command("stop")


def use_report() -> Report | None:
    """What the engine says of the measurement; None where there is none, or no more."""
    held: Following | None = st.session_state.get(f"{USE}:run")
    try:
        return None if held is None else held.report()
    except UnknownRun:
        restart(USE)
        return None


def use_view() -> None:
    """Draw how far the measurement is, and what came out."""
    report = use_report()
    if report is None:
        _nothing_yet()
        return
    if report.error:
        st.error(safe_markdown(report.error), icon=":material/error:")
    frames = [frame for frame in report.frames if frame.arrays]
    if not frames:
        st.progress(0.0, "Reading the labelled texts and the word vectors ...")
        return
    _status(report, frames[-1])
    held = st.session_state[f"{USE}:run"]
    version = (held.name, frames[-1].step, report.state, presentation.is_on())
    drawn(PAGE, "transfer", version, lambda: _curves(held.base, frames[-1]), "what-pre-training-buys")
    with st.container(key="aside_use_table"):
        st.download_button(
            "Numbers as CSV", data=lambda: table_of(frames[-1]), file_name="what-pre-training-buys.csv", mime="text/csv", icon=":material/download:",
            type="tertiary", on_click="ignore", key=f"{USE}:table",
        )  # fmt: skip


def _nothing_yet() -> None:
    with st.container(height=400, border=False, vertical_alignment="center", horizontal_alignment="center"):
        st.markdown("Nothing is measured yet.")
        st.caption("Press **Measure** above: a curve for each way to begin will grow here, while the pre-training may go on or rest.")


def _status(report: Report, frame: Frame) -> None:
    held: Following[TransferExperiment] = st.session_state[f"{USE}:run"]
    step, name = st.session_state.get(f"{USE}:about", (0, ""))
    base = held.base.base()
    done = frame.metrics["done"]
    about = f"{TASKS[held.base.task]} With the {base.objective.upper()} of {base.units} at step {step:,}"
    current = st.session_state.get(f"{PAGE}:run")
    if current is not None and current.name != name:
        about += ", from a run before this one"
    if report.state in ACTIVE:
        method = METHOD_TITLES[METHODS[int(frame.metrics["method"])]]
        st.progress(min(done, 1.0), f"{about}: {100 * done:.0f} %, now “{method}”")
    else:
        st.caption(about + (", measured to the end." if done >= 1 else f", ended after {100 * done:.0f} % of the work."))
    if step == 0:
        st.info("At step 0 nothing has been learned yet: press Play, and measure again later.", icon=":material/hourglass_empty:")


def _curves(experiment: TransferExperiment, frame: Frame) -> Drawing:
    lines, examples = lines_of(frame), frame.arrays["examples"]
    figure = transfer_curves.spec(lines, [int(one) for one in examples], frame.metrics["majority"], current_theme())
    tested = int(frame.metrics["tested"])
    gain = gain_notice(examples, *(frame.arrays[name] for name in ("gain", "gain_low", "gain_high")))
    return figure, [transfer_notice(lines, tested), gain]


def lines_of(frame: Frame) -> list[Line]:
    """A line for each way, as far as it is measured."""
    arrays = frame.arrays
    return [
        Line(key, METHOD_TITLES[key], np.asarray(arrays["examples"]), *(arrays[name][row] for name in ("accuracy", "low", "high")))
        for row, key in enumerate(METHODS)
    ]


def table_of(frame: Frame) -> bytes:
    """Every draw of every way as a line of a CSV file; empty cells are not measured yet."""
    arrays = frame.arrays
    draws = arrays["runs"].shape[-1]
    header = ["way to begin", "labelled examples", "accuracy", "low", "high", *(f"draw {i + 1}" for i in range(draws))]
    rows = [
        [METHOD_TITLES[key], int(arrays["examples"][i]), *(_cell(arrays[name][row, i]) for name in ("accuracy", "low", "high")), *map(_cell, arrays["runs"][row, i])]
        for row, key in enumerate(METHODS) for i in range(len(arrays["examples"]))
    ]  # fmt: skip
    return write_csv(header, rows)


def _cell(value: float) -> float | str:
    return "" if np.isnan(value) else round(float(value), 4)
