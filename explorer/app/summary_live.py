"""The live part of the page "Summary": the lanes, the summaries to read, and what they share with the first paragraph."""

from __future__ import annotations

import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.following import Following
from explorer.app.keepsake import remembered
from explorer.app.links import safe_markdown
from explorer.app.live import SIMILAR, interval
from explorer.app.process import engine
from explorer.app.starting import ready_run
from explorer.app.summary_reading import MEASURES, Summaries, document_of, overlaps, summaries
from explorer.app.summary_setting import PAGE, SummaryView, choose_sentence
from explorer.app.summary_texts import sentence_view, texts_view
from explorer.applications.summary.document import Document
from explorer.figures.summary_lanes import lanes_notice, summary_lanes
from explorer.figures.summary_overlaps import one_text_notice, summary_overlaps
from explorer.frame import Frame
from explorer.runs.report import Report, UnknownRun


def summary_view(now: SummaryView) -> None:
    """Draw the text and its summaries, again and again until MiniLM has read it."""
    document = document_of(now)
    if document is None:
        return
    run = ready_run(PAGE, now.comparison())
    if run.report().state == "ready":
        run.command("play")  # nothing is trained: a few seconds of reading
    report = run.report()
    every = interval(report)
    st.fragment(_draw, run_every=every)(now, document, run, (report.state, every))


def _draw(now: SummaryView, document: Document, run: Following, drawn_with: tuple[str, float]) -> None:
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
        _progress(report, document)
        frames = [frame for frame in report.frames if frame.arrays]
        if frames:
            _show(now, document, run, frames[-1])


def _progress(report: Report, document: Document) -> None:
    if report.state == "preparing":
        st.progress(0.0, "Reading the articles and the language model: a few seconds, the first time")
    elif report.state in ("playing", "catching up") and report.frames:
        read = report.frames[-1].metrics["read"]
        st.progress(
            read, f"MiniLM has read {round(read * len(document.sentences)):,} of {len(document.sentences):,} sentences"
        )


def _show(now: SummaryView, document: Document, run: Following, frame: Frame) -> None:
    key = (run.name, len(frame.arrays), now.method, now.threshold, now.damping, now.sentences)
    found = remembered(f"{PAGE}:summaries", key, lambda: summaries(document, frame, now), most=2)
    looked = now.sentence - 1 if 0 < now.sentence <= len(document.sentences) else None
    clicked = drawn(
        PAGE, "lanes", (key, looked, presentation.is_on()), lambda: _lanes(found, looked, now.threshold), "summary", select=True
    )
    if clicked is not None and clicked.kind == "click" and isinstance(clicked.x, int | float):
        serial = st.session_state.get(f"{PAGE}:clicked")
        if serial != clicked.serial:
            st.session_state[f"{PAGE}:clicked"] = clicked.serial
            choose_sentence(round(clicked.x))
            st.rerun(scope="app")
    if presentation.is_on():
        return
    sentence_view(found, looked)
    texts_view(found)
    if document.reference_words:
        _against_the_first_paragraph(found, key)


def _lanes(found: Summaries, looked: int | None, threshold: float) -> Drawing:
    sentences = found.document.sentences
    figure = summary_lanes.spec(
        found.lanes, [one.text for one in sentences], [one.paragraph for one in sentences], current_theme(), lead=found.lead, chosen=looked,
        compact=presentation.is_on(),
    )  # fmt: skip
    return figure, [lanes_notice(found.lanes, found.lead, [len(one.words) for one in sentences], threshold)]


def _against_the_first_paragraph(found: Summaries, key: tuple) -> None:
    st.subheader("Against the first paragraph", anchor=False)
    st.caption(
        f"The first paragraph was left out, and here it is the summary that a human wrote. Every summary goes on, sentence by sentence, until it has as "
        f"many words ({len(found.document.reference_words):,}), and is cut there. Overlap: the harmonic mean of the share of the paragraph's words that it "
        "has and of its own words that the paragraph has, as in ROUGE (Lin 2004), without stemming. Shaded: 95 of 100 random orders of sentences."
    )
    if found.document.reference_left:
        counted = len(found.document.reference_words)
        st.info(
            f"The first paragraph is long: its first {counted:,} words are compared, {found.document.reference_left:,} more are not.",
            icon=":material/content_cut:",
        )
    with st.expander("The first paragraph", icon=":material/article:"):
        st.markdown(safe_markdown(found.document.reference[:5000]))
    for column, (n, name) in zip(st.columns(2, gap="large"), MEASURES.items(), strict=True):
        with column:
            drawn(PAGE, f"overlap{n}", key, lambda n=n, name=name: _overlap(found, n, name), f"overlap-{n}")


def _overlap(found: Summaries, n: int, name: str) -> Drawing:
    rows, chance = overlaps(found, n)
    said = one_text_notice(rows, chance, f"{name[0].upper()}{name[1:]}")
    return summary_overlaps.spec(rows, current_theme(), name=name, chance=chance), [said]
