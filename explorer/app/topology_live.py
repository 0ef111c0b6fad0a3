"""The live part of the page: everything that changes while a network trains, drawn in place a few times a second."""

from __future__ import annotations

import streamlit as st

from explorer.app import presentation
from explorer.app.clicks import is_tick
from explorer.app.components.scrubber import scrubber
from explorer.app.ensemble import Ensemble, together
from explorer.app.example import Example
from explorer.app.links import safe_markdown
from explorer.app.live import SIMILAR, interval
from explorer.app.process import engine
from explorer.app.topology_answers import answers_view
from explorer.app.topology_curves import curves_view
from explorer.app.topology_graphs import graph_view
from explorer.app.topology_runs import BOTH_WAYS, ONE_WAY
from explorer.app.topology_setting import Topology
from explorer.app.topology_state import View, view_of
from explorer.app.topology_status import status_line
from explorer.app.topology_story import story_below
from explorer.app.topology_tasks import PAGE
from explorer.runs.report import Report, UnknownRun


def training_view(now: Topology, runs: Ensemble, example: Example, side: str, report: Report) -> None:
    """Draw the runs again and again while something is under way.

    Parameters
    ----------
    side : str
        Which of two networks the graph shows.
    report : Report
        The state of affairs that the rest of the page was drawn with.
    """
    every = interval(report)
    st.fragment(_draw, run_every=every)(now, runs, example, side, (report.state, every))


def _draw(now: Topology, runs: Ensemble, example: Example, side: str, drawn_with: tuple[str, float]) -> None:
    with engine().attention():
        try:
            reports = runs.reports()
        except UnknownRun:
            st.rerun(scope="app")
        joint, (state, every) = together(list(reports.values())), drawn_with
        if joint.state != state or not every / SIMILAR < interval(joint) < every * SIMILAR:
            st.rerun(scope="app")
        for one in reports.values():
            if one.error:
                st.error(safe_markdown(one.error), icon=":material/error:")
        views = {key: view_of(now, runs.members[key], one, example) for key, one in reports.items()}
        if any(view is None for view in views.values()):
            _nothing_yet(joint)
        else:
            _show(views[ONE_WAY], views.get(BOTH_WAYS), side)


def _show(view: View, twin: View | None, side: str) -> None:
    shown = twin if twin is not None and side == BOTH_WAYS else view
    status_line(shown, {ONE_WAY: view, BOTH_WAYS: twin} if twin is not None else {})
    graph_view(shown)
    _scrub(view)
    if presentation.is_on():
        return
    story_below(view.now, view.task, both_ways=shown is twin)
    answers_view(shown)
    curves_view(view, twin)


def choose_side() -> str:
    """Draw the choice which of two networks the graph shows."""
    with st.container(key="aside_side", width="content"):
        return st.segmented_control(
            "The graph shows the network that reads", (ONE_WAY, BOTH_WAYS), default=BOTH_WAYS, required=True, key=f"{PAGE}:side",
            label_visibility="collapsed", help="Which of the two networks the graph shows.",
        )  # fmt: skip


def side_shown() -> str:
    """What `choose_side` says, also before it is drawn."""
    return st.session_state.get(f"{PAGE}:side") or BOTH_WAYS


def _nothing_yet(report: Report) -> None:
    with st.container(height=420, border=False, vertical_alignment="center", horizontal_alignment="center"):
        if report.state == "preparing":
            st.markdown("Reading the data ...")
            st.caption("The first time this takes a few seconds. Then the untrained network appears here.")
        elif report.state != "failed":
            st.markdown("Building the network ...")


def _scrub(view: View) -> None:
    moment = st.session_state.get(f"{PAGE}:moment")
    stops = [frame.step for frame in view.pictures]
    shown = None if moment is None else view.shown.step
    chosen = scrubber(view.report.position, view.last_step, stops, shown, key=f"{PAGE}:scrubber")
    if chosen != shown:
        st.session_state[f"{PAGE}:moment"] = chosen
        st.rerun(scope="fragment" if is_tick() else "app")  # a wish can come with a run of the whole page
