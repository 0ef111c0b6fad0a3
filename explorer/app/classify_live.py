"""The live part of the page: the curves as they grow, and all that can be asked of what has learned so far."""

from __future__ import annotations

import math

import streamlit as st

from explorer.app import presentation
from explorer.app.classify_asking import asking_view
from explorer.app.classify_errors import errors_view
from explorer.app.classify_scene import Scene, scene_of
from explorer.app.classify_setting import PAGE, ClassificationView
from explorer.app.classify_telling import telling_view
from explorer.app.classify_views import curves_view
from explorer.app.following import ACTIVE, Following
from explorer.app.links import safe_markdown
from explorer.app.live import SIMILAR, interval
from explorer.app.process import engine
from explorer.app.status import STATES
from explorer.applications.classification import METHOD_TITLES, ClassificationExperiment
from explorer.figures.classify_looks import per_cent
from explorer.runs.report import Report, UnknownRun

READING = 3.0
"""Seconds of computing before anything is said about how long it will take."""


def classify_view(now: ClassificationView, run: Following[ClassificationExperiment], report: Report) -> None:
    """Draw the run, again and again while something is under way."""
    every = interval(report)
    st.fragment(_draw, run_every=every)(now, run, (report.state, every))


def _draw(
    now: ClassificationView, run: Following[ClassificationExperiment], drawn_with: tuple[str, float]
) -> None:
    with engine().attention():
        try:
            report = run.report()
        except UnknownRun:
            st.rerun(scope="app")
        state, every = drawn_with
        if report.state != state or not every / SIMILAR < interval(report) < every * SIMILAR:
            st.rerun(scope="app")
        if report.error:
            _problem(report.error, run.base)
        scene = scene_of(now, run, report)
        if scene is None:
            _nothing_yet(report)
            return
        _show(scene)


def _problem(error: str, base: ClassificationExperiment) -> None:
    """Why there is nothing to see; that there is no file yet is no fault."""
    if base.texts == "own" and not base.reviews:
        st.info("Open a .csv file at the left, with the columns **text** and **label**. Then the empty picture appears here, and **Play** fills it.", icon=":material/upload_file:")
        return
    st.error(safe_markdown(error), icon=":material/error:")


def _show(scene: Scene) -> None:
    _status(scene)
    curves_view(scene)
    if presentation.is_on() or scene.size < 0:
        return
    errors_view(scene)
    asking_view(scene)
    telling_view(scene)


def _nothing_yet(report: Report) -> None:
    with st.container(height=420, border=False, vertical_alignment="center", horizontal_alignment="center"):
        if report.state != "failed":
            st.markdown("Reading the texts and loading what reads them ...")
            st.caption("The first time this takes a few seconds. Then the empty picture appears here.")


def _status(scene: Scene) -> None:
    report, metrics = scene.report, report_metrics(scene.report)
    parts = [f"**{ {**STATES, 'ready': 'nothing learned yet', 'playing': 'learning', 'catching up': 'computing the known points again'}[report.state]}**"]
    if report.state in ("playing", "paused") and metrics.get("size"):
        name = scene.run.base.names[int(metrics["method"])]
        parts.append(f"{METHOD_TITLES[name]} learns from {metrics['size']:,.0f} labelled texts")
    parts.append(f"{report.position / max(report.last_step or 1, 1):.0%} done{_left(report)}")
    parts.append(f"always the most frequent label: {per_cent(metrics['baseline'])}")
    if report.watched_runs > 1:
        parts.append(f"{report.watched_runs} runs share this server")
    with st.container(key=f"status_line_{PAGE}"):
        st.markdown("  ·  ".join(parts))
        if report.state in ACTIVE:
            st.progress(min(report.position / max(report.last_step or 1, 1), 1.0))


def report_metrics(report: Report) -> dict[str, float]:
    """The numbers of the newest frame."""
    return dict(report.frames[-1].metrics)


def _left(report: Report) -> str:
    spent = report.seconds[-1]
    if report.state != "playing" or not report.position or not math.isfinite(spent) or spent < READING:
        return ""
    return f", {spent * (report.last_step - report.position) / report.position:,.0f} s of computing to go at the pace so far"
