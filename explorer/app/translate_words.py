"""Words across languages: two spaces of word vectors, one rotation, and an honest count of what it finds."""

from __future__ import annotations

import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.clicks import once
from explorer.app.controls import field_beside
from explorer.app.drawn import Drawing, drawn
from explorer.app.following import Following, restart
from explorer.app.links import safe_markdown
from explorer.app.live import SIMILAR, interval
from explorer.app.process import engine
from explorer.app.starting import ready_run
from explorer.app.translate_lookup import lookup_view
from explorer.app.translate_setting import PAGE, TranslateView
from explorer.app.translate_story import words_story, words_terms
from explorer.app.translate_vectors import Languages, languages_of
from explorer.app.views import PRESENTED_WIDTH, WIDTH
from explorer.applications.crosslingual.evaluation import Guess, precision
from explorer.applications.crosslingual.experiment import CrossingExperiment, guesses_of, shown_pairs
from explorer.figures.translate_planes import Crossing, distance_notice, translate_planes
from explorer.figures.translate_scores import hub_notice, translate_scores
from explorer.figures.translate_shares import Counted, shares_notice, translate_shares
from explorer.frame import Frame
from explorer.runs.report import Report, UnknownRun
from explorer.text.spreadsheets import write_csv

TEST = f"{PAGE}.words"
TITLES = {"nearest": "nearest", "csls": "CSLS"}
GROUPS = {"numbers": slice(0, 10), "others": slice(10, 20), "all": slice(0, 20)}
"""Rows of the shipped dictionary: ten numbers, then ten animals and fruits."""


def words_view(now: TranslateView) -> None:
    """Draw the whole view."""
    found = languages_of(now)
    words_story(now)
    if found is None:
        st.info(
            "Choose two files with word vectors in the sidebar, and a dictionary. Their words then appear here, each language by itself "
            "and one carried over to the other.", icon=":material/translate:",
        )  # fmt: skip
        return
    run = ready_run(TEST, found.experiment)
    if found.shipped and run.report().state == "ready":
        run.command("play")  # less than a second: nothing to wait for
    report = run.report()
    _bar(found, run, report)
    every = interval(report)
    st.fragment(_draw, run_every=every)(now, found, run, (report.state, every))
    if not presentation.is_on():
        words_terms()


def _bar(found: Languages, run: Following, report: Report) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="large", key="translate_words_bar"):
        if not found.shipped:
            playing = report.state in ("playing", "preparing", "catching up")
            begun = report.position > 0
            st.button(
                "Pause" if playing else "Go on" if begun else "Test the dictionary", key=f"{TEST}:play", type="primary", shortcut="Space",
                icon=":material/pause:" if playing else ":material/play_arrow:", disabled=report.state in ("finished", "failed"),
                on_click=once(_toggle), args=(run, playing), width=210,
            )  # fmt: skip
            st.button(
                "Cancel",
                key=f"{TEST}:cancel",
                icon=":material/close:",
                disabled=not (begun or playing),
                on_click=once(restart),
                args=(TEST,),
            )
        if found.shipped:
            with st.container(width=360):
                field_beside(PAGE, "group", label_visibility="collapsed")
        field_beside(PAGE, "left_out")
        field_beside(PAGE, "swap")


def _toggle(run: Following, playing: bool) -> None:
    run.command("pause" if playing else "play")


def _draw(now: TranslateView, found: Languages, run: Following, drawn_with: tuple[str, float]) -> None:
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
        if report.state in ("playing", "catching up") and not found.shipped:
            st.progress(report.position / run.base.steps, _progress(report.position, run.base.steps))
        frames = [frame for frame in report.frames if frame.arrays]
        if frames:
            _show(now, found, run, frames[-1])
        elif report.state == "ready":
            st.info(
                f"{len(found.experiment.pairs):,} pairs are ready. Press “Test the dictionary”, and the words appear here, then how many "
                "of them are found.", icon=":material/translate:",
            )  # fmt: skip


def _progress(position: int, steps: int) -> str:
    if position == 0:
        return "A rotation is fitted to all pairs"
    return f"{position - 1} of {steps - 1} groups of pairs were left out and looked for"


def _show(now: TranslateView, found: Languages, run: Following, frame: Frame) -> None:
    version = (run.name, frame.step, now.left_out, now.group, presentation.is_on())
    drawn(PAGE, "planes", version, lambda: _planes(now, found, frame), "two-languages")
    if presentation.is_on():
        return
    left, right = st.columns([1, 1], gap="large")
    guesses = guesses_of(frame, run.base)
    with left:
        st.subheader("Which word suits which", anchor=False)
        st.caption(
            f"Rows: {safe_markdown(found.names[0])}, columns: {safe_markdown(found.names[1])}, the first {len(shown_pairs(run.base.pairs))} pairs. "
            "Framed: what the dictionary says. The mark is the best of the row shown: a dot where it is right, a cross where not."
        )
        with st.container(width=220):
            field_beside(PAGE, "method", label_visibility="collapsed")
        drawn(
            PAGE,
            "scores",
            (run.name, frame.step, now.left_out, now.method),
            lambda: _scores(now, run.base, frame),
            "scores",
        )
    with right:
        st.subheader("How often the right word comes first", anchor=False)
        drawn(PAGE, "precision", (run.name, frame.step), lambda: _precision(run.base, frame, guesses), "precision")
        _misses(guesses, run.base, found)
    lookup_view(now, found, frame)


def _planes(now: TranslateView, found: Languages, frame: Frame) -> Drawing:
    whole, present = crossing_of(found, frame, now), presentation.is_on()
    some = whole.take(GROUPS[now.group]) if found.shipped else whole
    figure = translate_planes.spec(some, current_theme(), width=PRESENTED_WIDTH if present else WIDTH, compact=present)
    return figure, [distance_notice(whole, now.left_out)]


def crossing_of(found: Languages, frame: Frame, now: TranslateView) -> Crossing:
    """The pairs that are drawn, with the vectors of both words and where the rotation puts the first."""
    test, placed = found.experiment, frame.arrays["placed" if now.left_out else "placed_known"].astype(float)
    pairs = shown_pairs(test.pairs)
    source, target = (
        vectors.unit[vectors.numbers([pair[side] for pair in pairs])]
        for side, vectors in enumerate((test.given, test.target))
    )
    return Crossing(pairs, source, target, placed, found.names)


def _scores(now: TranslateView, test: CrossingExperiment, frame: Frame) -> Drawing:
    table = frame.arrays[now.method if now.left_out else f"{now.method}_known"]
    figure = translate_scores.spec(
        table, shown_pairs(test.pairs), current_theme(), name={"nearest": "cosine", "csls": "CSLS"}[now.method]
    )
    guesses = guesses_of(frame, test, known=not now.left_out)
    return figure, [hubs_of(guesses)]


def hubs_of(guesses: list[Guess]) -> str:
    """The words most often given as answers; a word with several translations is asked once."""
    each = {guess.source: guess.found for guess in guesses}.values()
    return hub_notice([found["nearest"] for found in each], [found["csls"] for found in each])


def _precision(test: CrossingExperiment, frame: Frame, guesses: list[Guess]) -> Drawing:
    known = guesses_of(frame, test, known=True)
    rows = []
    for found, how in ((guesses, "left out"), (known, "fitted to it")):
        counted = {title: precision(found, test.pairs, method) for method, title in TITLES.items()}
        rows += [
            Counted(f"{title}, {how}", one.right, one.asked, quiet=found is known) for title, one in counted.items()
        ]
    figure = translate_shares.spec(rows, current_theme(), name="precision at 1", chance=1 / len(test.target))
    return figure, [shares_notice(rows, len(test.target))]


def _misses(guesses: list[Guess], test: CrossingExperiment, found: Languages) -> None:
    right = set(test.pairs)
    missed = [
        guess
        for guess in guesses
        if (guess.source, guess.found["csls"]) not in right or (guess.source, guess.found["nearest"]) not in right
    ]
    if missed:
        with st.expander(f"{len(missed):,} pairs that at least one of the two misses", icon=":material/search_off:"):
            st.dataframe(
                {found.names[0]: [g.source for g in missed], "right": [g.right for g in missed],
                 "nearest": [g.found["nearest"] for g in missed], "CSLS": [g.found["csls"] for g in missed]}, hide_index=True, width="stretch",
            )  # fmt: skip
    st.download_button(
        "All answers (.csv)", data=lambda: answers_csv(guesses, found.names), file_name="words-across-languages.csv", mime="text/csv",
        on_click="ignore", key=f"{TEST}:csv", icon=":material/download:", type="tertiary", disabled=not guesses,
    )  # fmt: skip


def answers_csv(guesses: list[Guess], names: tuple[str, str]) -> bytes:
    """Every pair, and what was found for it when it was left out."""
    return write_csv(
        [*names, "nearest", "csls"], ([g.source, g.right, g.found["nearest"], g.found["csls"]] for g in guesses)
    )
