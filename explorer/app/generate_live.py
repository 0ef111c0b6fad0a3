"""The live part of the page: what the models write, what they chose from, and how they learn, drawn in place."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import streamlit as st

from explorer.app import presentation
from explorer.app.clicks import is_tick
from explorer.app.components.scrubber import scrubber
from explorer.app.ensemble import Ensemble, together
from explorer.app.following import ACTIVE, Following
from explorer.app.generate_runs import PEN, frames_shown, writing_of
from explorer.app.generate_scene import scripts_of
from explorer.app.generate_setting import PAGE, Generation
from explorer.app.generate_views import chances_view, curves_view, status_line, texts_view
from explorer.app.links import safe_markdown
from explorer.app.live import SIMILAR, interval
from explorer.app.process import engine
from explorer.frame import Frame
from explorer.runs.report import Report, UnknownRun
from explorer.sequence.generation.writing import WritingExperiment


def writing_view(now: Generation, runs: Ensemble, joint: Report) -> None:
    """Draw the texts, again and again while something is under way.

    Parameters
    ----------
    now : Generation
        What the page is set to.
    runs : Ensemble
        The page's hold on its trainings.
    joint : Report
        Their state of affairs that the rest of the page was drawn with.
    """
    # Begun here, not in the part that is drawn again and again: that would have to ask for the whole page once more.
    with suppress(UnknownRun):
        _pen(now, runs, runs.reports(), joint)
    every = interval(_with_pen(joint))
    st.fragment(_draw, run_every=every)(now, runs, (joint.state, every))


def _pen(
    now: Generation, runs: Ensemble, reports: Mapping[str, Report], joint: Report
) -> tuple[Mapping[str, Frame] | None, Following[WritingExperiment] | None]:
    """The models looked at, and their writing; None as long as there is none."""
    shown = frames_shown(reports)
    learning = joint.state in ACTIVE and st.session_state.get(f"{PAGE}:moment") is None
    return shown, None if shown is None else writing_of(now, runs, shown, learning)


def _with_pen(joint: Report) -> Report:
    """The trainings' report, or that of both while the writing is under way."""
    held = st.session_state.get(f"{PEN}:run")
    try:
        return joint if held is None else together([joint, held.report()])
    except UnknownRun:
        return joint


def _draw(now: Generation, runs: Ensemble, drawn_with: tuple[str, float]) -> None:
    with engine().attention():
        try:
            reports = runs.reports()
            joint = together(list(reports.values()))
            shown, pen = _pen(now, runs, reports, joint)
            written = None if pen is None else pen.report()
        except UnknownRun:
            st.session_state.pop(f"{PEN}:run", None)
            st.rerun(scope="app")
        state, every = drawn_with
        both = joint if written is None else together([joint, written])
        if joint.state != state or not every / SIMILAR < interval(both) < every * SIMILAR:
            st.rerun(scope="app")
        _say_what_failed(reports)
        if shown is None or pen is None or written is None:
            _nothing_yet(joint)
            return
        scripts = scripts_of(pen, written)
        status_line(reports, joint, written)
        texts_view(now, pen, scripts, shown)
        _scrub(runs, reports, joint, shown)
        chances_view(pen, scripts)
        if not presentation.is_on():
            curves_view(runs, reports, shown)


def _say_what_failed(reports: Mapping[str, Report]) -> None:
    for unit, report in reports.items():
        if report.error:
            st.error(f"{unit.capitalize()}: {safe_markdown(report.error)}", icon=":material/error:")


def _nothing_yet(report: Report) -> None:
    with st.container(height=420, border=False, vertical_alignment="center", horizontal_alignment="center"):
        if report.state == "preparing":
            st.markdown("Reading the text and learning its pieces ...")
            st.caption("The first time this takes some ten seconds. Then the untrained models write here: noise.")
        elif report.state != "failed":
            st.markdown("Building the models ...")


def _scrub(runs: Ensemble, reports: Mapping[str, Report], joint: Report, shown: Mapping[str, Frame]) -> None:
    moment = st.session_state.get(f"{PAGE}:moment")
    stops = sorted({frame.step for report in reports.values() for frame in report.frames if frame.weights})
    last = next(iter(runs.members.values())).base.steps
    now = None if moment is None else max(frame.step for frame in shown.values())
    chosen = scrubber(joint.position, last, stops, now, key=f"{PAGE}:scrubber")
    if chosen != now:
        st.session_state[f"{PAGE}:moment"] = chosen
        st.rerun(scope="fragment" if is_tick() else "app")  # a wish can come with a run of the whole page
