"""One quiet line: where the run stands, how well it answers, and how fast it goes."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from explorer.app.status import STATES
from explorer.app.topology_scores import SCORES, told
from explorer.app.topology_state import View
from explorer.app.topology_tasks import PAGE
from explorer.figures.canvas import number


def status_line(view: View, twins: Mapping[str, View] | None = None) -> None:
    """State, step, loss against guessing, scores and speed: of the moment looked at, or of now.

    Parameters
    ----------
    view : View
        Of the network that the graph shows.
    twins : mapping of str to View, optional
        Two networks by name; each has made its own number of steps, for they share time and not updates.
    """
    report, baseline = view.report, view.task.baseline
    frame = view.shown if view.looks_back else report.frames[-1]
    parts = [f"**{STATES[report.state]}**", f"step {frame.step if view.looks_back else report.position:,}"]
    if "loss" in frame.metrics:
        parts.append(f"training loss {number(frame.metrics['loss'])} ({baseline.name}: {number(baseline.loss)})")
    parts += [
        part
        for name, one in (twins or {"": view}).items()
        for part in _scores(one, f"{name} ".lstrip(), f" at step {one.shown.step:,}" if twins else "")
    ]
    if report.steps_per_second:
        parts.append(f"{report.steps_per_second:,.0f} steps/s")
    if report.state == "catching up":
        parts.append(f"at {report.made:,} of {report.position:,}")
    if report.watched_runs > 1:
        parts.append(f"{report.watched_runs} runs share this server")
    with st.container(key=f"status_line_{PAGE}"):
        st.markdown("  ·  ".join(parts))


def _scores(view: View, before: str, after: str) -> list[str]:
    metrics = view.shown.metrics
    return [before + told(view, name, metrics[name]) + after for name in SCORES if name in metrics]
