"""The view "Benchmarks": 19,544 analogies section by section, live, and two sets of human judgements."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from explorer.app.analogy_misses import misses_view, results_csv
from explorer.app.analogy_state import PAGE, RESTRICTIONS, Asking, field, source
from explorer.app.appearance import current_theme
from explorer.app.clicks import once
from explorer.app.drawn import Drawing, drawn
from explorer.app.following import Following, restart
from explorer.app.links import safe_markdown
from explorer.app.live import SIMILAR, interval
from explorer.app.process import engine
from explorer.app.shelf import source_names, vectors_named
from explorer.app.starting import ready_run
from explorer.app.visit import visit
from explorer.embedding import EvaluationExperiment, Vectors
from explorer.embedding.evaluation import report_of
from explorer.embedding.similarity import TITLES, Benchmark, SimilarityScore
from explorer.figures.judgement_scatter import compared_judgements, judgement_notice, judgement_scatter
from explorer.figures.score_notices import compared_notice, score_notice
from explorer.figures.section_scores import Tested, section_scores
from explorer.runs.report import Report, UnknownRun

QUESTIONS = (
    "Each question gives three words: athens is to greece as baghdad is to what? The answer is searched for among all words, and "
    "only the one expected counts (Mikolov, Chen, Corrado and Dean 2013)."
)
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
    with st.container(key="aside_analogy_benchmarks"):
        st.caption(QUESTIONS)
    sets = {source(): vectors, **_choices(now, vectors)}
    tests = [_running(page, name, one, now) for page, (name, one) in zip((PAGE, BESIDE), sets.items(), strict=False)]
    if len(tests) == 1:
        restart(BESIDE)
    reports = [test.run.report() for test in tests]
    _buttons(tests, reports)
    every = min(interval(report) for report in reports)
    states = tuple(report.state for report in reports)
    st.fragment(_draw, run_every=every)(tests, vectors, (states, every))
    st.subheader("Similarity, as people judge it", anchor=False)
    judgements_view(sets)


test_view.__test__ = False  # not one of pytest's


def _choices(now: Asking, vectors: Vectors) -> dict[str, Vectors]:
    """What is asked how; the vectors to compare with, if any, by their name."""
    found = {name: vectors_named(name) for name in source_names() if name != source()}
    names = [name for name, one in found.items() if one is not None and one != vectors]
    with st.container(key="aside_analogy_choices", horizontal=True, vertical_alignment="bottom", gap="medium"):
        with st.container(width=240):
            field("method", now)
        with st.container(width=230):
            field("restrict", now)
        if names:
            with st.container(width=230):
                chosen = st.selectbox("Compare with", [NOBODY, *names], key=f"{PAGE}:against")
        field("exclude", now)
    return {chosen: found[chosen]} if names and chosen != NOBODY else {}


def _running(page: str, name: str, vectors: Vectors, now: Asking) -> Running:
    experiment = EvaluationExperiment(given=vectors, method=now.method, restrict=RESTRICTIONS[now.restrict])
    return Running(name, ready_run(page, experiment), now.exclude)


def _buttons(tests: list[Running], reports: list[Report]) -> None:
    """Run, pause, go on, begin again."""
    playing = any(report.state in ("playing", "catching up") for report in reports)
    begun = any(report.position for report in reports)
    finished, owner = all(report.state == "finished" for report in reports), visit()
    with st.container(key="analogy_transport", horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Pause" if playing else "Go on" if begun and not finished else "Run the test", key=f"{PAGE}:run_test", type="primary",
            icon=":material/pause:" if playing else ":material/play_arrow:", shortcut="Space", width=200, disabled=finished,
            on_click=once(_toggle), args=(tests, playing),
        )  # fmt: skip
        st.button("Cancel", key=f"{PAGE}:cancel", icon=":material/close:", disabled=not (begun or playing), on_click=once(_cancel), args=(tests,),
                  help="Forget the results and begin again.")  # fmt: skip
        st.download_button(
            "Results", data=lambda: results_csv(_newest(tests, owner)), file_name="analogies.csv", mime="text/csv", on_click="ignore",
            icon=":material/download:", disabled=not (begun or playing), key=f"{PAGE}:csv",
        )  # fmt: skip


def _newest(tests: list[Running], owner: str) -> list[Tested]:
    """The state of affairs when somebody asks, outside of any script run and so without a look at the session."""
    return [test.tested(engine().frames_since(test.run.name, owner)) for test in tests]


def _toggle(tests: list[Running], playing: bool) -> None:
    for test in tests:
        test.run.command("pause" if playing else "play")


def _cancel(tests: list[Running]) -> None:
    for test in tests:
        test.run.command("reset")


def _draw(tests: list[Running], vectors: Vectors, drawn_with: tuple[tuple[str, ...], float]) -> None:
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
        left, right = st.columns([0.62, 0.38], gap="large")
        with left:
            version = tuple(
                (test.run.name, one.report.exclude, one.report.done) for test, one in zip(tests, found, strict=True)
            )
            drawn(PAGE, "sections", version, lambda: _sections(found), "analogies-by-section")
        with right:
            misses_view(found[0], vectors)


def _sections(found: list[Tested]) -> Drawing:
    said = score_notice(found[0]) if len(found) == 1 else compared_notice(found)
    if not found[0].report.sections:
        playing = found[0].report.done > 0
        said = (
            "The first section is being searched."
            if playing
            else "Press Run the test: section by section, the results appear here."
        )
    return section_scores.spec(found, current_theme()), [said]


def judgements_view(sets: dict[str, Vectors]) -> None:
    """Both sets of judgements, for one set of vectors or two."""
    version = tuple(sets.items())
    for column, name in zip(st.columns(2, gap="large"), TITLES, strict=True):
        with column:
            drawn(PAGE, name, version, lambda name=name: _judged(sets, name), name)


def _judged(sets: dict[str, Vectors], name: str) -> Drawing:
    (first, score), *others = [_scored(vectors, name) for vectors in sets.values()]
    cosines = first.cosines(next(iter(sets.values())).matrix)
    said = [judgement_notice(score, first.pairs, first.human, cosines)]
    said += [compared_judgements(other, one) for other, (_, one) in zip(list(sets)[1:], others, strict=True)]
    return judgement_scatter.spec(first.pairs, first.human, cosines, current_theme()), said


def _scored(vectors: Vectors, name: str) -> tuple[Benchmark, SimilarityScore]:
    benchmark = Benchmark.on(name, vectors.words)
    return benchmark, benchmark.score(vectors.matrix)
