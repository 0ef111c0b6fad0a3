"""Stability on demand: the same training with other seeds, and how far the neighbours agree."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from explorer.app.appearance import current_theme
from explorer.app.clicks import once
from explorer.app.drawn import Drawing, drawn
from explorer.app.embedding_look import Look
from explorer.app.embedding_view import Vocabulary, vocabulary_of
from explorer.app.following import Following, follow, restart
from explorer.app.links import safe_markdown
from explorer.app.live import KEPT_ALIVE
from explorer.app.process import engine
from explorer.embedding.experiment import EmbeddingExperiment
from explorer.experiment import explain
from explorer.figures.overlap_histogram import overlap_histogram, overlap_notice
from explorer.frame import Frame
from explorer.runs.report import TooManyRuns, UnknownRun

SEEDS = 3
EVERY = 0.6
"""Seconds between two looks at the progress."""


def stability_view(page: str, run: Following[EmbeddingExperiment], look: Look, ready: bool) -> None:
    """Draw the button that measures, the progress while it is measured, and what came of it."""
    with st.container(key="aside_stability"):
        st.subheader("Would another seed have said the same?", anchor=False)
        asked = st.session_state.get(f"{page}.stability:of") == run.base
        measured = _measured(page, run.base) if asked else None
        if measured is None:
            restart(f"{page}.stability")
            st.caption(
                f"Trains {SEEDS} times from the beginning, each time with another seed, and compares the nearest words."
                + (" Changes made while this run trained are left out." if run.changes else "")
            )
            st.button(
                "Measure stability", icon=":material/repeat:", key=f"{page}:stability", on_click=once(_ask), args=(page, run.base),
                disabled=not ready,
            )  # fmt: skip
            return
        ended = measured.report().state in ("finished", "failed")
        st.fragment(_draw, run_every=KEPT_ALIVE if ended else EVERY)(page, run, measured, look, ended)


def _ask(page: str, base: EmbeddingExperiment) -> None:
    st.session_state[f"{page}.stability:of"] = base


def _forget(page: str) -> None:
    st.session_state.pop(f"{page}.stability:of", None)


def _measured(page: str, base: EmbeddingExperiment) -> Following | None:
    """The run that measures, playing; None where there is no room for it."""
    from explorer.embedding.stability import StabilityExperiment

    try:
        measured = follow(f"{page}.stability", StabilityExperiment(given=base, seeds=SEEDS))
    except (TooManyRuns, ValueError) as error:
        said = " ".join(explain(error)) if isinstance(error, ValidationError) else str(error)
        st.warning(safe_markdown(said), icon=":material/groups:")
        _forget(page)
        return None
    if measured.report().state in ("preparing", "ready", "paused"):
        measured.command("play")
    return measured


def _draw(page: str, run: Following[EmbeddingExperiment], measured: Following, look: Look, ended: bool) -> None:
    with engine().attention():
        try:
            report = measured.report()
        except UnknownRun:
            st.rerun(scope="app")
        if (report.state in ("finished", "failed")) != ended:
            st.rerun(scope="app")
        if report.error:
            st.error(safe_markdown(report.error), icon=":material/error:")
        elif not ended:
            done = report.frames[-1].metrics["done"] if report.frames else 0.0
            training = int(report.frames[-1].metrics["training"]) if report.frames else 1
            st.progress(done, f"Training {training} of {SEEDS}: {100 * done:.0f} %")
            st.button("Cancel", icon=":material/close:", key=f"{page}:stability_cancel", on_click=_forget, args=(page,))
        known = [frame for frame in report.frames if "overlap" in frame.arrays]
        if known:
            vocabulary = vocabulary_of(page, run)
            version = (measured.name, known[-1].step, look.watched)
            drawn(page, "stability", version, lambda: _picture(known[-1], vocabulary, look, run.base), "stability")


def _picture(frame: Frame, vocabulary: Vocabulary, look: Look, base: EmbeddingExperiment) -> Drawing:
    shares = frame.arrays["overlap"]
    rows = [vocabulary.index.get(word, len(shares)) for word in look.watched]
    marks = [(vocabulary.words[row], float(shares[row])) for row in rows if row < len(shares)]
    seeds = frame.step // base.steps
    return overlap_histogram.spec(shares, current_theme(), marks=marks), [
        overlap_notice(shares, vocabulary.words, seeds)
    ]
