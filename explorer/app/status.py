"""The quiet lines: where the run stands, and how it is going."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st
from safetensors.numpy import load

from explorer.app.views import View
from explorer.figures.canvas import number

STATES = {
    "preparing": "reading the data",
    "ready": "untrained",
    "playing": "training",
    "paused": "paused",
    "catching up": "computing the known steps again",
    "finished": "finished",
    "failed": "stopped",
}


def status_line(page: str, view: View) -> None:
    """Step, loss against the baseline, score and speed: of the moment looked at, or of now."""
    report, baseline = view.report, view.task.baseline
    frame = view.shown if view.looks_back else report.frames[-1]
    parts = [f"**{STATES[report.state]}**", f"step {frame.step if view.looks_back else report.position:,}"]
    if "loss" in frame.metrics:
        parts.append(f"training loss {number(frame.metrics['loss'])} ({baseline.name}: {number(baseline.loss)})")
    if "score" in view.shown.metrics:
        score, guessed = (_score(view.task.metric, one) for one in (view.shown.metrics["score"], baseline.score))
        parts.append(f"{view.task.metric} {score} ({guessed}){_range(view.shown.metrics)}")
    if report.steps_per_second:
        parts.append(f"{report.steps_per_second:,.0f} steps/s")
    if report.state == "catching up":
        parts.append(f"at {report.made:,} of {report.position:,}")
    if report.watched_runs > 1:
        parts.append(f"{report.watched_runs} runs share this server")
    with st.container(key=f"status_line_{page}"):
        st.markdown("  ·  ".join(parts))


def quiet_line(page: str, view: View) -> None:
    """Numbers for those who want to know how the training itself is doing."""
    frames, metrics = view.report.frames, view.shown.metrics
    recent = [frame.metrics["clipped"] for frame in frames if 0 < frame.step <= view.shown.step][-100:]
    parts = []
    if "weight_norm" in metrics:
        parts.append(f"length of all weights {number(metrics['weight_norm'])}")
    if metrics.get("update_ratio"):
        parts.append(f"one update changes them by {100 * metrics['update_ratio']:.2g} %")
    if recent:
        parts.append(f"gradient clipped in {100 * float(np.mean(recent)):.0f} % of the last steps")
    if "gradient_norm" in metrics:
        parts.append(f"gradient norm {number(metrics['gradient_norm'])}")
    parts.append(f"{_parameters(page, view):,} parameters")
    with st.container(key=f"status_line_quiet_{page}"):
        st.caption("  ·  ".join(parts))


def _parameters(page: str, view: View) -> int:
    """How many weights the network has; counted once for each run."""
    kept = st.session_state.get(f"{page}:parameters")
    if kept is None or kept[0] != view.run.name:
        weights = view.pictures[0].weights
        kept = (view.run.name, sum(array.size for array in load(weights).values()) if weights else 0)
        st.session_state[f"{page}:parameters"] = kept
    return kept[1]


def _range(metrics: Mapping[str, float]) -> str:
    """Within which bounds a score that was counted on few answers lies, in 95 of 100 cases."""
    if "score_low" not in metrics:
        return ""
    low, high = (100 * metrics[name] for name in ("score_low", "score_high"))
    return f", 95 % range {low:.0f}–{high:.0f} %"


def _score(metric: str, value: float) -> str:
    return f"{100 * value:.0f} %" if metric == "accuracy" else number(value)
