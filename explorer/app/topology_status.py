"""One quiet line: where the run stands, how well it answers, and how fast it goes."""

from __future__ import annotations

import streamlit as st

from explorer.app.status import STATES
from explorer.app.topology_scores import SCORES, told
from explorer.app.topology_state import View
from explorer.app.topology_tasks import PAGE
from explorer.figures.canvas import number


def status_line(view: View, twin: View | None = None) -> None:
    """State, step, loss against guessing, scores and speed: of the moment looked at, or of now."""
    report, baseline = view.report, view.task.baseline
    frame = view.shown if view.looks_back else report.frames[-1]
    parts = [f"**{STATES[report.state]}**", f"step {frame.step if view.looks_back else report.position:,}"]
    if "loss" in frame.metrics:
        parts.append(f"training loss {number(frame.metrics['loss'])} ({baseline.name}: {number(baseline.loss)})")
    parts += [
        ("one way " if twin else "") + told(view, metric, view.shown.metrics[metric])
        for metric in SCORES
        if metric in view.shown.metrics
    ]
    if twin is not None:
        parts += [
            "both ways " + told(twin, metric, twin.shown.metrics[metric])
            for metric in SCORES
            if metric in twin.shown.metrics
        ]
    if report.steps_per_second:
        parts.append(f"{report.steps_per_second:,.0f} steps/s")
    if report.state == "catching up":
        parts.append(f"at {report.made:,} of {report.position:,}")
    if report.watched_runs > 1:
        parts.append(f"{report.watched_runs} runs share this server")
    with st.container(key=f"status_line_{PAGE}"):
        st.markdown("  ·  ".join(parts))
