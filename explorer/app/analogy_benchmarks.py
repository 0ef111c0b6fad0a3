"""The view "Benchmarks": 19,544 analogies section by section, live, and two sets of human judgements."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from explorer.app.analogy_misses import misses_view, results_csv
from explorer.app.analogy_state import PAGE, Asking, field
from explorer.app.appearance import current_theme
from explorer.app.clicks import once
from explorer.app.drawn import Drawing, drawn
from explorer.app.following import ACTIVE, Following, restart
from explorer.app.links import safe_markdown
from explorer.app.live import SIMILAR, interval
from explorer.app.process import engine
from explorer.app.shelf import source_names, vectors_named
from explorer.app.starting import ready_run
from explorer.embedding import EvaluationExperiment, Vectors
from explorer.embedding.evaluation import report_of
from explorer.embedding.similarity import TITLES, Benchmark
from explorer.figures.judgement_scatter import judgement_notice, judgement_scatter
from explorer.figures.section_scores import Tested, compared_notice, score_notice, section_scores
from explorer.runs.report import Report, UnknownRun

BESIDE = f"{PAGE}:beside"
NOBODY = "nothing"


@dataclass(frozen=True)
class Running:
    """A test under way: the vectors' name, the page's hold on the run, and whether own words are barred."""

    name: str
    run: Following
    exclude: bool

    def tested(self, report: Report) -> Tested:
        """What the frames say so far."""
        return Tested(self.name, report_of(report.frames, self.run.base, self.exclude))


def test_view(now: Asking, vectors: Vectors) -> None:
    """Draw the analogy test and its controls, then the two sets of judgements."""
    st.subheader("Analogies", anchor=False)
    other = _choices(now, vectors)
    tests = [_running(PAGE, vectors, now)]
    if other is not None:
        tests.append(_running(BESIDE, other, now))
    else:
        restart(BESIDE)
    reports = [test.run.report() for test in tests]
    _buttons(tests, reports)
    every = min(interval(report) for report in reports)
    states = tuple(report.state for report in reports)
    left, right = st.columns([0.62, 0.38], gap="large")
    with left:
        st.fragment(_draw, run_every=every)(tests, (states, every))
    with right:
        misses_view(now, tests[0].tested(reports[0]), vectors)
    st.subheader("Similarity, as people judge it", anchor=False)
    judgements_view([vectors] if other is None else [vectors, other])


test_view.__test__ = False  # not one of pytest's


def _choices(now: Asking, vectors: Vectors) -> Vectors | None:
    """What is asked how; the vectors to compare with, if any."""
    names = [name for name in source_names() if vectors_named(name) is not None and vectors_named(name) != vectors]
    with st.container(key="analogy_choices", horizontal=True, vertical_alignment="bottom", gap="medium"):
        with st.container(width=240):
            field("method", now)
        with st.container(width=230):
            field("restrict", now)
        if names:
            with st.container(width=230):
                chosen = st.selectbox("Compare with", [NOBODY, *names], key=f"{PAGE}:against")
        field("exclude", now)
    return vectors_named(chosen) if names and chosen != NOBODY else None


def _running(page: str, vectors: Vectors, now: Asking) -> Running:
    experiment = EvaluationExperiment(given=vectors, method=now.method, restrict=now.restrict)
    return Running(vectors.name or "These vectors", ready_run(page, experiment), now.exclude)


def _buttons(tests: list[Running], reports: list[Report]) -> None:
    """Run, pause, go on, begin again."""
    playing = any(report.state in ("playing", "catching up") for report in reports)
    begun = any(report.position for report in reports)
    finished = all(report.state == "finished" for report in reports)
    with st.container(key="transport_analogy", horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Pause" if playing else "Go on" if begun and not finished else "Run the test", key=f"{PAGE}:run_test", type="primary",
            icon=":material/pause:" if playing else ":material/play_arrow:", shortcut="Space", width=160, disabled=finished,
            on_click=once(_toggle), args=(tests, playing),
        )  # fmt: skip
        st.button("Cancel", key=f"{PAGE}:cancel", icon=":material/close:", disabled=not begun, on_click=once(_cancel), args=(tests,),
                  help="Forget the results and begin again.")  # fmt: skip
        tested = tests[0].tested(reports[0])
        st.download_button(
            "Results", data=lambda: results_csv(tests, reports), file_name="analogies.csv", mime="text/csv", on_click="ignore",
            icon=":material/download:", disabled=not tested.report.sections, key=f"{PAGE}:csv",
        )  # fmt: skip


def _toggle(tests: list[Running], playing: bool) -> None:
    for test in tests:
        test.run.command("pause" if playing else "play")


def _cancel(tests: list[Running]) -> None:
    for test in tests:
        test.run.command("reset")


def _draw(tests: list[Running], drawn_with: tuple[tuple[str, ...], float]) -> None:
    with engine().attention():
        try:
            reports = [test.run.report() for test in tests]
        except UnknownRun:
            st.rerun(scope="app")
        states, every = drawn_with
        soonest = min(interval(report) for report in reports)
        if tuple(report.state for report in reports) != states or not every / SIMILAR < soonest < every * SIMILAR:
            st.rerun(scope="app")
        for report in reports:
            if report.error:
                st.error(safe_markdown(report.error), icon=":material/error:")
        found = [test.tested(report) for test, report in zip(tests, reports, strict=True)]
        version = tuple((one.name, one.report.exclude, one.report.done, len(one.report.sections)) for one in found)
        names = tuple(test.run.name for test in tests)
        drawn(PAGE, "sections", (version, names), lambda: _sections(found), "analogies-by-section")
        if any(report.state in ACTIVE for report in reports):
            st.caption(f"{100 * min(one.report.done for one in found):.0f} % done")


def _sections(found: list[Tested]) -> Drawing:
    said = score_notice(found[0]) if len(found) == 1 else compared_notice(found)
    if not found[0].report.sections:
        said = "Press Run the test: all questions are asked against the whole vocabulary, section by section."
    return section_scores.spec(found, current_theme()), [said]


def judgements_view(sets: list[Vectors]) -> None:
    """Both sets of judgements, for one set of vectors or two."""
    for column, name in zip(st.columns(2, gap="large"), TITLES, strict=True):
        with column:
            drawn(PAGE, name, tuple(sets), lambda name=name: _judged(sets, name), name)


def _judged(sets: list[Vectors], name: str) -> Drawing:
    looked = [Benchmark.on(name, vectors.words) for vectors in sets]
    first, cosines = looked[0], looked[0].cosines(sets[0].matrix)
    said = [judgement_notice(first.score(sets[0].matrix), first.pairs, first.human, cosines)]
    for vectors, benchmark in zip(sets[1:], looked[1:], strict=True):
        score = benchmark.score(vectors.matrix)
        said.append(f"{vectors.name}: {score.correlation:.3f} ({score.low:.3f} to {score.high:.3f}), on {score.pairs:,} pairs.")
    return judgement_scatter.spec(first.pairs, first.human, cosines, current_theme()), said
