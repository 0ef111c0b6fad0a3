"""The live part of the page: everything that changes while a network learns, drawn in place a few times a second."""

from __future__ import annotations

import streamlit as st

from explorer.app import presentation
from explorer.app.clicks import is_tick
from explorer.app.components.scrubber import scrubber
from explorer.app.following import Following
from explorer.app.links import safe_markdown
from explorer.app.live import EVERY, SIMILAR, interval
from explorer.app.pretrain_asking import gaps_view
from explorer.app.pretrain_inside import attention_view, inside_view
from explorer.app.pretrain_pieces import pieces_view
from explorer.app.pretrain_reading import curves_view, reading_view
from explorer.app.pretrain_scene import Scene, scene_of
from explorer.app.pretrain_setting import PAGE, PretrainView
from explorer.app.pretrain_status import quiet_line, status_line
from explorer.app.pretrain_use import use_report, use_view
from explorer.app.pretrain_writing import is_writing, writing_view
from explorer.app.process import engine
from explorer.runs.report import Report, UnknownRun
from explorer.sequence.pretraining import PretrainingExperiment


def training_view(now: PretrainView, run: Following[PretrainingExperiment], typed: str, report: Report) -> None:
    """Draw the run, again and again while something is under way.

    Parameters
    ----------
    now : PretrainView
        What is looked at.
    typed : str
        The text that the network is shown; empty for held-out text.
    report : Report
        The state of affairs that the rest of the page was drawn with.
    """
    every = _every(now, report)
    st.fragment(_draw, run_every=every)(now, run, typed, (report.state, every))


def _every(now: PretrainView, report: Report) -> float:
    """Seconds until the page is drawn again: soon, too, while a text is being written or something is measured."""
    if now.chapter == "learns" and is_writing():
        return EVERY
    measured = use_report() if now.chapter == "use" else None
    return interval(report) if measured is None else min(interval(report), interval(measured))


def _draw(now: PretrainView, run: Following, typed: str, drawn_with: tuple[str, float]) -> None:
    with engine().attention():
        try:
            report = run.report()
        except UnknownRun:
            st.rerun(scope="app")
        state, every = drawn_with
        if report.state != state:
            st.rerun(scope="app")
        if report.error:
            st.error(safe_markdown(report.error), icon=":material/error:")
        scene = scene_of(now, run, report, typed)
        if scene is None:
            _nothing_yet(report)
        else:
            _show(scene)
        if not every / SIMILAR < _every(now, report) < every * SIMILAR:
            st.rerun(scope="app")


def _show(scene: Scene) -> None:
    status_line(scene)
    {"learns": _learns, "inside": _inside, "pieces": pieces_view, "use": _used}[scene.now.chapter](scene)
    if not presentation.is_on():
        quiet_line(scene)


def _learns(scene: Scene) -> None:
    reading_view(scene)
    _scrub(scene)
    if presentation.is_on():
        return
    curves_view(scene)
    (gaps_view if scene.masked else writing_view)(scene)


def _inside(scene: Scene) -> None:
    attention_view(scene)
    _scrub(scene)
    if not presentation.is_on():
        inside_view(scene)


def _used(scene: Scene) -> None:
    use_view()
    _scrub(scene)


def _nothing_yet(report: Report) -> None:
    with st.container(height=420, border=False, vertical_alignment="center", horizontal_alignment="center"):
        if report.state == "preparing":
            st.markdown("Reading the text ...")
            st.caption("The first time this takes a few seconds. Then the untrained network appears here.")
        elif report.state != "failed":
            st.markdown("Building the network ...")


def _scrub(scene: Scene) -> None:
    moment = st.session_state.get(f"{PAGE}:moment")
    stops = [frame.step for frame in scene.pictures]
    shown = None if moment is None else scene.shown.step
    chosen = scrubber(scene.report.position, scene.last_step, stops, shown, key=f"{PAGE}:scrubber")
    if chosen != shown:
        st.session_state[f"{PAGE}:moment"] = chosen
        st.rerun(scope="fragment" if is_tick() else "app")  # a wish can come with a run of the whole page
