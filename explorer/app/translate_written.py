"""Numbers and dates: a network that writes its answer learns live, and its search is drawn as a tree."""

from __future__ import annotations

import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.clicks import is_tick
from explorer.app.components.scrubber import scrubber
from explorer.app.controls import field_beside
from explorer.app.drawn import Drawing, drawn
from explorer.app.following import Following
from explorer.app.keeping import file_controls
from explorer.app.links import safe_markdown
from explorer.app.live import SIMILAR, interval
from explorer.app.process import engine
from explorer.app.starting import ready_run
from explorer.app.status import STATES
from explorer.app.translate_answers import looks_and_answers
from explorer.app.translate_asking import Answered, View, answered, choose_question, view_of
from explorer.app.translate_controls import KEEPING
from explorer.app.translate_curves import curves_view, line_of
from explorer.app.translate_search import comparison_view
from explorer.app.translate_setting import PAGE, TranslateView
from explorer.app.translate_story import written_story, written_terms
from explorer.app.transport import transport
from explorer.app.views import PRESENTED_WIDTH, WIDTH
from explorer.figures.beam_notices import beam_notice
from explorer.figures.beam_tree import beam_tree
from explorer.figures.canvas import number
from explorer.figures.naming import share_of
from explorer.runs.report import Report, UnknownRun


def written_view(now: TranslateView) -> None:
    """Draw the whole view."""
    run = ready_run(PAGE, now.training())
    file_controls(PAGE, run, KEEPING)
    report = run.report()
    written_story(now)
    view = view_of(now, run, report)
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute", key="bar"):
        transport(PAGE, run, report)
        with st.container(key="aside_width", width=230):
            field_beside(PAGE, "width")
    choose_question(now, None if view is None else view.task)
    every = interval(report)
    st.fragment(_draw, run_every=every)(now, run, (report.state, every))
    if not presentation.is_on():
        comparison_view(now, run)
        written_terms(now)


def _draw(now: TranslateView, run: Following, drawn_with: tuple[str, float]) -> None:
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
        view = view_of(now, run, report)
        if view is None:
            _nothing_yet(report)
        else:
            _show(view)


def _nothing_yet(report: Report) -> None:
    with st.container(height=420, border=False, vertical_alignment="center", horizontal_alignment="center"):
        if report.state == "preparing":
            st.markdown("Reading the data ...")
            st.caption(
                "The first time this takes a few seconds. Then the answers of the untrained network appear here; Play lets it learn."
            )
        elif report.state != "failed":
            st.markdown("Building the network ...")


def _show(view: View) -> None:
    _status(view)
    found = answered(view)
    if found is not None:
        _tree(view, found)
    _scrub(view)
    if presentation.is_on():
        return
    if found is not None:
        looks_and_answers(view, found)
    curves_view(view)


def _status(view: View) -> None:
    report, metrics = view.report, view.shown.metrics
    frame = view.shown if view.looks_back else report.frames[-1]
    parts = [
        f"**{STATES[report.state]}**",
        f"step {frame.step if view.looks_back else report.position:,} of {view.last_step:,}",
    ]
    if "loss" in frame.metrics:
        parts.append(
            f"training loss {number(frame.metrics['loss'])} ({view.task.baseline.name}: {number(view.task.baseline.loss)})"
        )
    exact = line_of(view, "exact")
    if exact.values.size:
        parts.append(
            f"{share_of(float(exact.values[-1]))} of held-out answers exact, ceiling {share_of(view.task.ceiling)}"
        )
    elif "symbols" in metrics:
        parts.append(f"{share_of(metrics['symbols'])} of letters right")
    if report.steps_per_second:
        parts.append(f"{report.steps_per_second:,.0f} steps/s")
    if report.watched_runs > 1:
        parts.append(f"{report.watched_runs} runs share this server")
    with st.container(key=f"status_line_{PAGE}"):
        st.markdown("  ·  ".join(parts))


def _tree(view: View, found: Answered) -> None:
    with st.container(key="translate_question"):
        right = f" :gray[and right is] {safe_markdown(found.right)}" if found.right else ""
        st.markdown(f":gray[It reads] **{safe_markdown(''.join(found.read))}**{right}")
    version = (view.run.name, found.step, found.read, found.right, view.now.width, presentation.is_on())
    drawn(PAGE, "tree", version, lambda: _draw_tree(found), f"beam-{view.now.view}-step-{found.step}")


def _draw_tree(found: Answered) -> Drawing:
    figure = beam_tree.spec(
        found.tree,
        current_theme(),
        right=found.right,
        compact=presentation.is_on(),
        width=PRESENTED_WIDTH if presentation.is_on() else WIDTH,
    )
    return figure, [beam_notice(found.tree, found.right)]


def _scrub(view: View) -> None:
    moment = st.session_state.get(f"{PAGE}:moment")
    stops = [frame.step for frame in view.pictures if frame.weights]
    shown = None if moment is None else view.shown.step
    chosen = scrubber(view.report.position, view.last_step, stops, shown, key=f"{PAGE}:scrubber")
    if chosen != shown:
        st.session_state[f"{PAGE}:moment"] = chosen
        st.rerun(scope="fragment" if is_tick() else "app")  # a wish can come with a run of the whole page
