"""The live part of the page: everything that changes while a network trains, drawn in place a few times a second."""

from __future__ import annotations

import streamlit as st

from explorer.app import presentation
from explorer.app.architecture_attention import attention_view
from explorer.app.architecture_order import order_view
from explorer.app.architecture_pictures import pictures_view
from explorer.app.architecture_scene import Scene, scene_of
from explorer.app.architecture_setting import PAGE, ArchitectureView
from explorer.app.architecture_story import three_questions
from explorer.app.architecture_views import curves_row, reach_view
from explorer.app.clicks import is_tick
from explorer.app.components.scrubber import scrubber
from explorer.app.embedding_pair import Pair
from explorer.app.example import Example
from explorer.app.links import safe_markdown
from explorer.app.live import SIMILAR, interval
from explorer.app.process import engine
from explorer.app.status import quiet_line, status_line
from explorer.runs.report import Report, UnknownRun

TWIN = f"{PAGE}.twin"
"""Where the state of the network beside a CNN is kept."""


def training_view(now: ArchitectureView, pair: Pair, example: Example, report: Report) -> None:
    """Draw the run, again and again while something is under way.

    Parameters
    ----------
    now : ArchitectureView
        What is looked at.
    pair : Pair
        The page's hold on its run and, beside a CNN, on its twin.
    example : Example
        What the networks are shown.
    report : Report
        The state of affairs that the rest of the page was drawn with.
    """
    every = interval(report)
    st.fragment(_draw, run_every=every)(now, pair, example, (report.state, every))


def _draw(now: ArchitectureView, pair: Pair, example: Example, drawn_with: tuple[str, float]) -> None:
    with engine().attention():
        try:
            first, second, joint = pair.reports()
        except UnknownRun:
            st.rerun(scope="app")
        state, every = drawn_with
        if joint.state != state or not every / SIMILAR < interval(joint) < every * SIMILAR:
            st.rerun(scope="app")
        for one in (first, second):
            if one is not None and one.error:
                st.error(safe_markdown(one.error), icon=":material/error:")
        scene = scene_of(PAGE, now, pair.first, first, example)
        if scene is None:
            _nothing_yet(joint)
            return
        twin = None if second is None else scene_of(TWIN, now, pair.second, second, example)
        _show(scene, twin, first, second)


def _show(scene: Scene, twin: Scene | None, report: Report, second: Report | None) -> None:
    status_line(PAGE, scene.view)
    reach_view(scene)
    _scrub(scene)
    if presentation.is_on():
        return
    three_questions(scene)
    attention_view(scene)
    pictures_view(scene, twin)
    curves_row(scene, second)
    order_view(scene, report)
    quiet_line(PAGE, scene.view)


def _nothing_yet(report: Report) -> None:
    with st.container(height=420, border=False, vertical_alignment="center", horizontal_alignment="center"):
        if report.state == "preparing":
            st.markdown("Reading the data ...")
            st.caption("The first time this takes a few seconds. Then the untrained network appears here.")
        elif report.state != "failed":
            st.markdown("Building the network ...")


def _scrub(scene: Scene) -> None:
    view, moment = scene.view, st.session_state.get(f"{PAGE}:moment")
    shown = None if moment is None else view.shown.step
    stops = [frame.step for frame in view.pictures]
    chosen = scrubber(view.report.position, view.last_step, stops, shown, key=f"{PAGE}:scrubber")
    if chosen != shown:
        st.session_state[f"{PAGE}:moment"] = chosen
        st.rerun(scope="fragment" if is_tick() else "app")  # a wish can come with a run of the whole page
