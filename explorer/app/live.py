"""The live view of a run: everything that changes while it trains, drawn in place a few times a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from explorer.app import presentation
from explorer.app.clicks import is_tick
from explorer.app.components.scrubber import scrubber
from explorer.app.example import Example, Focus
from explorer.app.following import ACTIVE, Following
from explorer.app.links import safe_markdown
from explorer.app.moments import frame_at, moment_of, moment_with
from explorer.app.process import engine
from explorer.app.status import quiet_line, status_line
from explorer.app.views import View, curves_view, history_view, path_view, sample_view, unrolled_view
from explorer.figures.moment import Moment
from explorer.frame import Frame
from explorer.runs.report import Report, UnknownRun

if TYPE_CHECKING:
    from explorer.sequence.tasks import Task


def training_view(page: str, run: Following, focus: Focus, report: Report) -> None:
    """Draw the run, again and again while something is under way.

    Parameters
    ----------
    page : str
        Prefix of keys and state.
    run : Following
        The page's hold on its run.
    focus : Focus
        What the leading picture shows.
    report : Report
        The state of affairs that the rest of the page was drawn with.
    """
    every = interval(report)
    st.fragment(_draw, run_every=every)(page, run, focus, (report.state, every))


EVERY, SLOWEST = 0.31, 2.0
"""Seconds from one drawing to the next: with the server to oneself, and at most; an unwatched run pauses after three."""
EACH = EVERY / 4
"""Seconds that each training run adds, beyond four: all share one processor, drawing and training."""
KEPT_ALIVE = 60.0
"""Seconds between two signs of life of a page on which nothing moves: an unwatched run is dropped in the end."""
SIMILAR = 1.6
"""Intervals that differ by less than this factor are not worth drawing the whole page anew."""


def interval(report: Report) -> float:
    """Seconds until the run is drawn again; the more runs share this server, the more seldom each is drawn."""
    if not (report.pending or report.state in ACTIVE):
        return KEPT_ALIVE
    return min(max(EVERY, EACH * report.watched_runs), SLOWEST)


def _draw(page: str, run: Following, focus: Focus, drawn_with: tuple[str, float]) -> None:
    with engine().attention():
        try:
            report = run.report()
        except UnknownRun:
            st.rerun(scope="app")
        state, every = drawn_with
        if report.state != state or not every / SIMILAR < interval(report) < every * SIMILAR:
            st.rerun(scope="app")
        _show(page, run, focus, report)


def _show(page: str, run: Following, focus: Focus, report: Report) -> None:
    if report.error:
        st.error(safe_markdown(report.error), icon=":material/error:")
    pictures = [frame for frame in report.frames if frame.arrays]
    if not pictures:
        _nothing_yet(report)
        return
    view = _view(page, run, focus, report, pictures)
    status_line(page, view)
    if presentation.is_on():
        unrolled_view(page, view)
        curves_view(page, view)
        _scrub(page, view)
    else:
        curves_view(page, view)
        _scrub(page, view)
        unrolled_view(page, view)
    sample_view(page, view)
    if len(view.moment.steps) > 1:  # a single step has no path, and no way back
        left, right = st.columns(2, gap="large")
        with left:
            path_view(page, view)
        with right:
            history_view(page, view)
    quiet_line(page, view)


def _nothing_yet(report: Report) -> None:
    with st.container(height=420, border=False, vertical_alignment="center", horizontal_alignment="center"):
        if report.state == "preparing":
            st.markdown("Reading the data ...")
            st.caption("The first time this takes a few seconds. Then the untrained network appears here.")
        elif report.state != "failed":
            st.markdown("Building the network ...")


def _view(page: str, run: Following, focus: Focus, report: Report, pictures: list[Frame]) -> View:
    from explorer.sequence.tasks import make_task

    experiment, task, example = run.now, make_task(run.base), focus.example
    weighted = [frame for frame in pictures if frame.weights] if example.is_own else pictures
    shown = frame_at(weighted or pictures, st.session_state.get(f"{page}:moment"))
    start = pictures[0]
    if example.is_own and shown.weights and start.weights:
        moment = _own_moment(page, run, task, shown, start, example)
    else:
        moment = moment_of(experiment, task, shown, start)
    return View(run, report, task, tuple(pictures), shown, moment, focus)


def _own_moment(page: str, run: Following, task: Task, shown: Frame, start: Frame, example: Example) -> Moment:
    """The moment for an own example; traced anew only when the model or the example has changed."""
    key = (run.name, shown.step, example)
    kept = st.session_state.get(f"{page}:own_moment")
    if kept is None or kept[0] != key:
        kept = (key, moment_with(run.now, task, shown, start, example))
        st.session_state[f"{page}:own_moment"] = kept
    return kept[1]


def _scrub(page: str, view: View) -> None:
    moment = st.session_state.get(f"{page}:moment")
    stops = [frame.step for frame in view.pictures]
    shown = None if moment is None else view.shown.step
    chosen = scrubber(view.report.position, view.last_step, stops, shown, key=f"{page}:scrubber")
    if chosen != shown:
        st.session_state[f"{page}:moment"] = chosen
        st.rerun(scope="fragment" if is_tick() else "app")  # a wish can come with a run of the whole page
