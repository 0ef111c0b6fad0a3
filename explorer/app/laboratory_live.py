"""What the laboratory's live views share: the part that draws itself again and again, the status line, the way back in time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import streamlit as st

from explorer.app.clicks import is_tick
from explorer.app.components.scrubber import scrubber
from explorer.app.controls import Values
from explorer.app.ensemble import Ensemble, together
from explorer.app.laboratory_moment import Shown, shown_runs
from explorer.app.laboratory_runs import CELLS
from explorer.app.links import safe_markdown
from explorer.app.live import SIMILAR, interval
from explorer.app.process import engine
from explorer.app.sequence_controls import NEEDED
from explorer.app.status import STATES
from explorer.figures.moment import round_up
from explorer.runs.report import Report, UnknownRun
from explorer.sequence.experiment import SequenceExperiment

if TYPE_CHECKING:
    from explorer.sequence.tasks import Task

GROUPS = {"task": "Task", "architecture": "Network", "training": "Training"}
LEFT_OUT = frozenset({"layers", "bidirectional", "dropout", "temperature", "vocabulary", "weight_decay"})
"""Fields that this page leaves as they are: they would not make the story clearer."""
EMPTY = 350
"""Pixels of the place where the pictures will appear."""

Draw = Callable[[Mapping[str, Shown], Report], None]
"""Draws all that changes, from each run at the moment shown and what is true of all of them."""


def shown_for_one(name: str, values: Values) -> bool:
    """Whether a field is drawn where one cell is chosen."""
    return _needed(name, values) and SequenceExperiment.applies(name, values["task"], values["cell"])


def shown_for_three(name: str, values: Values) -> bool:
    """Whether a field is drawn where all three cells train."""
    any_cell = any(SequenceExperiment.applies(name, values["task"], cell) for cell in CELLS)
    return name != "cell" and _needed(name, values) and any_cell


def _needed(name: str, values: Values) -> bool:
    needed = NEEDED.get(name)
    return name not in LEFT_OUT and not (needed and values[needed[0]] != needed[1])


def live_part(page: str, runs: Ensemble, names: Mapping[str, str], draw: Draw, tell: bool = True) -> None:
    """Draw the runs, again and again while something is under way.

    Parameters
    ----------
    names : mapping of str to str
        How each run is called.
    tell : bool
        Whether what a run raised is said above; a view may say it elsewhere.
    """
    joint = together(list(runs.reports().values()))
    every = interval(joint)
    st.fragment(_tick, run_every=every)(page, runs, names, draw, tell, (joint.state, every))


def _tick(page: str, runs: Ensemble, names: Mapping[str, str], draw: Draw, tell: bool, drawn_with: tuple) -> None:
    with engine().attention():
        try:
            reports = runs.reports()
        except UnknownRun:
            st.rerun(scope="app")
        joint = together(list(reports.values()))
        state, every = drawn_with
        if joint.state != state or not every / SIMILAR < interval(joint) < every * SIMILAR:
            st.rerun(scope="app")
        for key, report in reports.items():
            if report.error and tell:
                st.error(safe_markdown(f"{names[key]}: {report.error}"), icon=":material/error:")
        shown = shown_runs(page, reports)
        if shown is None:
            _nothing_yet(joint)
            return
        _status(page, reports, names)
        draw(shown, joint)


def _nothing_yet(joint: Report) -> None:
    with st.container(height=EMPTY, border=False, vertical_alignment="center", horizontal_alignment="center"):
        if joint.state != "failed":
            st.markdown("Building the networks ...")
            st.caption("They appear here untrained. Press Play, and watch what the loss sends back.")


def _status(page: str, reports: Mapping[str, Report], names: Mapping[str, str]) -> None:
    """Where each run stands, in one line."""
    joint = together(list(reports.values()))
    parts = [f"**{STATES[joint.state]}**"]
    for key, report in reports.items():
        pace = f" ({report.steps_per_second:,.0f} steps/s)" if report.steps_per_second else ""
        apart = " came apart" if report.state == "failed" else ""
        parts.append(f"{names[key]} step {report.position:,}{apart}{pace}")
    if joint.watched_runs > len(reports):
        parts.append(f"{joint.watched_runs} runs share this server")
    with st.container(key=f"status_line_{page.replace('.', '_')}"):
        st.markdown("  ·  ".join(parts))


def scrub(page: str, joint: Report, shown: Mapping[str, Shown], last: int) -> None:
    """The way back to an earlier moment of all runs at once."""
    moment = st.session_state.get(f"{page}:moment")
    stops = sorted({frame.step for one in shown.values() for frame in one.pictures})
    chosen = scrubber(joint.position, last, stops, moment, key=f"{page}:scrubber")
    if chosen != moment:
        st.session_state[f"{page}:moment"] = chosen
        st.rerun(scope="fragment" if is_tick() else "app")


def task_of(runs: Ensemble) -> Task:
    """What the runs learn."""
    from explorer.sequence.tasks import make_task

    return make_task(next(iter(runs.members.values())).base)


def end_of(joint: Report) -> float:
    """Where axes of training steps end: at a round number beyond what is known."""
    return min(max(round_up(1.02 * joint.position), 10.0), float(joint.last_step or joint.position or 10))
