"""Greedy against beam on held-out questions: the network of the moment shown, asked again and again."""

from __future__ import annotations

import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.clicks import once
from explorer.app.drawn import Drawing, drawn
from explorer.app.following import Following, restart
from explorer.app.live import SIMILAR, interval
from explorer.app.process import engine
from explorer.app.starting import ready_run
from explorer.app.translate_asking import view_of
from explorer.app.translate_setting import PAGE, TranslateView
from explorer.figures.beam_notices import search_notice
from explorer.figures.translate_shares import Counted, translate_shares
from explorer.runs.report import Report, UnknownRun
from explorer.sequence.encoder_decoder.searching import SearchExperiment

TEST = f"{PAGE}.search"
QUESTIONS = 100


def comparison_view(now: TranslateView, run: Following) -> None:
    """Draw the button, and under it what the newest comparison found."""
    st.subheader("Is the search worth it?", anchor=False)
    st.caption(
        f"The network of the moment shown answers {QUESTIONS} held-out questions twice: taking the likeliest letter each time, and with a search "
        f"of width {now.width}."
    )
    view = view_of(now, run, run.report())
    asked: SearchExperiment | None = st.session_state.get(f"{TEST}:asked")
    if asked is not None and asked.given != run.base:
        asked = st.session_state[f"{TEST}:asked"] = None
        restart(TEST)
    test = None if asked is None else ready_run(TEST, asked)
    report = None if test is None else test.report()
    _buttons(now, run, view is not None, report)
    if test is None:
        st.info(
            "Press “Ask them all”, and the share of right answers appears here, with its interval.",
            icon=":material/quiz:",
        )
        return
    every = interval(report)
    st.fragment(_draw, run_every=every)(test, (report.state, every))


def _buttons(now: TranslateView, run: Following, begun: bool, report: Report | None) -> None:
    active = report is not None and report.state in ("preparing", "playing", "catching up")
    with st.container(horizontal=True, key="translate_search_bar"):
        st.button(
            "Ask them all", key=f"{TEST}:ask", icon=":material/quiz:", disabled=not begun or active or now.width < 2,
            on_click=once(_ask), args=(now, run), help="Uses the network of the moment that is shown above; with 1 answer followed there is nothing to compare.",
        )  # fmt: skip
        st.button("Cancel", key=f"{TEST}:cancel", icon=":material/close:", disabled=not active, on_click=once(_cancel))


def _ask(now: TranslateView, run: Following) -> None:
    """Ask the network that is shown now: it has learned on since the button was drawn."""
    try:
        view = view_of(now, run, run.report())
    except UnknownRun:
        view = None
    if view is None:
        return  # the page finds that out by itself
    restart(TEST)
    asked = SearchExperiment(given=run.base, weights=view.shown.weights, width=now.width, questions=QUESTIONS)
    st.session_state[f"{TEST}:asked"] = asked
    st.session_state[f"{TEST}:step"] = view.shown.step
    ready_run(TEST, asked).command("play")


def _cancel() -> None:
    restart(TEST)
    st.session_state[f"{TEST}:asked"] = None


def _draw(test: Following, drawn_with: tuple[str, float]) -> None:
    with engine().attention():
        try:
            report = test.report()
        except UnknownRun:
            st.rerun(scope="app")
        state, every = drawn_with
        if report.state != state or not every / SIMILAR < interval(report) < every * SIMILAR:
            st.rerun(scope="app")
        if report.position < test.base.steps:
            st.progress(report.position / test.base.steps, f"{report.position} of {test.base.steps} questions")
        if report.frames and report.frames[-1].step:
            frame = report.frames[-1]
            drawn(
                PAGE,
                "worth",
                (test.name, frame.step),
                lambda: _bars(test.base, frame.metrics, frame.step),
                "greedy-and-beam",
            )


def _bars(base: SearchExperiment, counts: dict[str, float], asked: int) -> Drawing:
    rows = [
        Counted("greedy", int(counts["greedy"]), asked),
        Counted(f"beam of {base.width}", int(counts["beam"]), asked),
    ]
    step = st.session_state.get(f"{TEST}:step", 0)
    said = f"As of step {step:,}. {search_notice(counts, asked, base.width)}"
    return translate_shares.spec(rows, current_theme(), name="answered exactly"), [said]
