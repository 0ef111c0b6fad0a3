"""Many articles summarised in every way: whether the middle of a text beats its first sentences."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.clicks import once
from explorer.app.drawn import Drawing, drawn
from explorer.app.following import Following, restart
from explorer.app.links import safe_markdown
from explorer.app.live import SIMILAR, interval
from explorer.app.process import engine
from explorer.app.starting import ready_run
from explorer.app.summary_reading import MEASURES
from explorer.app.summary_setting import PAGE, SummaryView
from explorer.applications.summary.comparison import NAMES, WAYS, OverlapExperiment
from explorer.applications.summary.comparison import interval as range_of
from explorer.figures.summary_overlaps import Said, many_texts_notice, summary_overlaps
from explorer.frame import Frame
from explorer.runs.report import Report, UnknownRun

TEST = f"{PAGE}.many"
TABLES = {"words": 1, "pairs": 2}


def many_view(now: SummaryView) -> None:
    """Draw the button, and under it what was found so far."""
    st.subheader("Over many articles", anchor=False)
    experiment = OverlapExperiment(method=now.method, threshold=now.threshold, damping=now.damping)
    st.caption(
        f"One text proves little. The same for {experiment.articles} Wikipedia articles, of each the first {experiment.sentences} sentences after the first "
        "paragraph: mean overlap, with an interval of 95 % over the articles (bootstrap). MiniLM has to read them all, which takes about a minute."
    )
    run = ready_run(TEST, experiment)
    report = run.report()
    _buttons(run, report)
    every = interval(report)
    st.fragment(_draw, run_every=every)(run, (report.state, every))


def _buttons(run: Following, report: Report) -> None:
    playing, begun = report.state in ("playing", "preparing", "catching up"), report.position > 0
    with st.container(horizontal=True, key="summary_many_bar"):
        st.button(
            "Pause" if playing else "Go on" if begun else "Summarise them all", key=f"{TEST}:play", disabled=report.state in ("finished", "failed"),
            icon=":material/pause:" if playing else ":material/play_arrow:", on_click=once(_toggle), args=(run, playing), width=220,
        )  # fmt: skip
        st.button(
            "Cancel",
            key=f"{TEST}:cancel",
            icon=":material/close:",
            disabled=not (begun or playing),
            on_click=once(restart),
            args=(TEST,),
        )


def _toggle(run: Following, playing: bool) -> None:
    run.command("pause" if playing else "play")


def _draw(run: Following, drawn_with: tuple[str, float]) -> None:
    with engine().attention():
        try:
            report = run.report()
        except UnknownRun:
            st.rerun(scope="app")
        state, every = drawn_with
        if report.state != state or not every / SIMILAR < interval(report) < every * SIMILAR:
            st.rerun(scope="app")
        if report.error:
            st.error(safe_markdown(report.error), icon=":material/error:")
        if report.state in ("preparing", "playing", "catching up"):
            st.progress(report.position / run.base.steps, f"{report.position} of {run.base.steps} articles")
        frames = [frame for frame in report.frames if frame.arrays]
        if not frames:
            if report.state == "ready":
                st.info(
                    "Press “Summarise them all”, and the comparison grows here article by article.",
                    icon=":material/library_books:",
                )
            return
        for column, (name, n) in zip(st.columns(2, gap="large"), TABLES.items(), strict=True):
            with column:
                drawn(
                    PAGE,
                    f"many_{name}",
                    (run.name, frames[-1].step),
                    lambda name=name, n=n: _table(frames[-1], name, n),
                    f"many-{name}",
                )


def _table(frame: Frame, name: str, n: int) -> Drawing:
    table = frame.arrays[name]
    rows = [_said(way, values[np.isfinite(values)]) for way, values in zip(WAYS, table.T, strict=True)]
    figure = summary_overlaps.spec(rows, current_theme(), name=MEASURES[n])
    return figure, [many_texts_notice(table, [NAMES[way] for way in WAYS], WAYS.index("lead"))]


def _said(way: str, values: np.ndarray) -> Said:
    """The mean over the articles that a way ranks, with its interval; NaN where there are none."""
    mean, ends = (float(values.mean()), range_of(values)) if len(values) else (np.nan, (np.nan, np.nan))
    return Said(NAMES[way], way, mean, *ends)
