"""What the sweeps of a race have in common: a button that starts one, how far it is, a button that cancels it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from explorer.app.clicks import once
from explorer.app.following import ACTIVE, Following, follow, restart
from explorer.app.links import safe_markdown
from explorer.app.live import KEPT_ALIVE
from explorer.app.process import engine
from explorer.experiment import Experiment
from explorer.frame import Frame
from explorer.runs.report import Report, TooManyRuns, UnknownRun

EVERY = 0.6
"""Seconds between two drawings of a sweep under way."""
ALMOST = 5.0
"""Seconds of computing before which nothing is said about how long it will take."""


@dataclass(frozen=True)
class Sweep:
    """One kind of sweep on a page.

    Attributes
    ----------
    name : str
        Of its state.
    wanted : Experiment
        What the settings of now ask for.
    label : str
        Of the button that starts it.
    promise : str
        What will appear, while there is nothing yet.
    draw : callable
        ``(experiment, frame, report)``: shows what is known.
    again : bool
        Whether the same settings give something else another time.
    """

    name: str
    wanted: Experiment
    label: str
    promise: str
    draw: Callable[[Any, Frame, Report], None]
    again: bool = False


def sweep_view(page: str, sweep: Sweep) -> None:
    """Draw the buttons, and what is known of the sweep that was started last."""
    key = f"{page}.{sweep.name}"
    run, problem = _held(key)
    report = run.report() if run else None
    active = report is not None and (report.pending or report.state in ACTIVE)
    with st.container(key=f"sweep_{sweep.name}", horizontal=True, vertical_alignment="center", gap="small"):
        if active:
            st.button("Cancel", key=f"{key}:cancel", icon=":material/stop:", on_click=once(_cancel), args=(run,))
        else:
            known = run is not None and run.base == sweep.wanted and report.position >= (report.last_step or 0)
            label = f"{sweep.label} again" if known and sweep.again else sweep.label
            st.button(
                label, key=f"{key}:start", icon=":material/play_arrow:", on_click=once(_start), args=(key, sweep.wanted),
                disabled=known and not sweep.again,
            )  # fmt: skip
        if run is not None and run.base != sweep.wanted:
            st.caption("Shown is a sweep with other settings than those at the left.")
    if problem:
        st.error(safe_markdown(problem), icon=":material/groups:")
    if run is None:
        st.caption(sweep.promise)
        return
    st.fragment(_draw, run_every=EVERY if active else KEPT_ALIVE)(key, run, sweep, active)


def _held(key: str) -> tuple[Following | None, str]:
    """The run that was asked for, playing from its start, and why there is none."""
    wanted: Experiment | None = st.session_state.get(f"{key}:wanted")
    if wanted is None:
        return None, ""
    before = st.session_state.get(f"{key}:run")
    try:
        run = follow(key, wanted)
    except TooManyRuns as error:
        st.session_state.pop(f"{key}:wanted")
        return None, str(error)
    st.session_state.pop(f"{key}:lost", None)
    if run is not before:
        run.command("play")
    return run, ""


def _start(key: str, wanted: Experiment) -> None:
    restart(key)
    st.session_state[f"{key}:wanted"] = wanted


def _cancel(run: Following) -> None:
    run.command("stop")


def _draw(key: str, run: Following, sweep: Sweep, was_active: bool) -> None:
    with engine().attention():
        try:
            report = run.report()
        except UnknownRun:
            st.rerun(scope="app")
        if was_active and not (report.pending or report.state in ACTIVE):
            st.rerun(scope="app")
        if report.error:
            st.error(safe_markdown(report.error), icon=":material/error:")
        if not report.frames:
            st.caption("Reading the data ...")
            return
        _progress(key, report)
        sweep.draw(run.base, report.frames[-1], report)


def _progress(key: str, report: Report) -> None:
    made, last = report.position, report.last_step or 1
    with st.container(key=f"status_line_{key.replace('.', '_')}"):
        if report.state == "finished":
            said = "done" if made >= last else f"cancelled at {100 * made / last:.0f} %"
            st.caption(
                f"**{said}**"
                + (f", {report.seconds[-1]:,.0f} s of computing" if math.isfinite(report.seconds[-1]) else "")
            )
        else:
            st.progress(min(made / last, 1.0), f"{100 * made / last:.0f} %{_left(report, made, last)}")


def _left(report: Report, made: int, last: int) -> str:
    spent = report.seconds[-1]
    if not made or not math.isfinite(spent) or spent < ALMOST:
        return ""
    return f", about {spent * (last - made) / made:,.0f} s of computing to go"
