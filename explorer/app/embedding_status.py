"""The quiet lines: where the training stands, and what it works on."""

from __future__ import annotations

import streamlit as st

from explorer.app.embedding_meters import JUDGED
from explorer.app.embedding_view import View
from explorer.app.status import STATES
from explorer.embedding.experiment import BY_FACTORS, STEPS_PER_EPOCH
from explorer.figures.canvas import number
from explorer.figures.naming import hundredths
from explorer.runs.report import Report


def status_line(page: str, view: View, second: Report | None = None) -> None:
    """Epoch, step, loss and speed: of the moment looked at, or of now."""
    report, base = view.report, view.run.base
    frame = view.shown if view.looks_back else report.frames[-1]
    step = frame.step if view.looks_back else report.position
    state = {**STATES, "preparing": "reading the text"}[report.state]
    parts = [f"**{state}**"]
    if base.algorithm in BY_FACTORS:
        parts.append(f"iteration {step:,} of {view.last_step:,}")
    else:
        parts += [f"epoch {step / STEPS_PER_EPOCH:.1f} of {base.epochs}", f"step {step:,}"]
    metric, name, _ = JUDGED[base.algorithm]
    if metric in frame.metrics:
        parts.append(f"{name} {number(frame.metrics[metric])}")
    if "collapse" in view.shown.metrics:
        parts.append(f"mean cosine {hundredths(view.shown.metrics['collapse'])}")
    if report.steps_per_second:
        parts.append(f"{report.steps_per_second:,.1f} steps/s")
    if report.state == "catching up":
        parts.append(f"at {report.made:,} of {report.position:,}")
    if second is not None:
        parts.append(f"beside it: {STATES[second.state]}, step {second.position:,} of {second.last_step or 0:,}")
    if report.watched_runs > 1 + (second is not None):
        parts.append(f"{report.watched_runs} runs share this server")
    with st.container(key=f"status_line_{page}"):
        st.markdown("  ·  ".join(parts))


def quiet_line(page: str, view: View) -> None:
    """The size of what is learned from, and of what is learned."""
    vocabulary, n = view.vocabulary, view.shown.arrays["input"].shape[1]
    parts = [
        f"{len(vocabulary.words):,} words, {int(vocabulary.counts.sum()):,} occurrences",
        f"{n} numbers for each word",
    ]
    if "learning_rate" in view.shown.metrics:
        parts.append(f"learning rate {number(view.shown.metrics['learning_rate'])}")
    kept = len(view.pictures)
    parts.append(f"{kept:,} moments kept" if kept > 1 else "1 moment kept")
    with st.container(key=f"status_line_quiet_{page}"):
        st.caption("  ·  ".join(parts))
