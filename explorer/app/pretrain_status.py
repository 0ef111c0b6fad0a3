"""The quiet lines: where the run stands, and how the training itself is doing."""

from __future__ import annotations

import math

import streamlit as st

from explorer.app.keepsake import remembered
from explorer.app.pretrain_reading import by_frequency
from explorer.app.pretrain_scene import Scene
from explorer.app.pretrain_setting import PAGE
from explorer.app.status import STATES
from explorer.figures.canvas import number


def status_line(scene: Scene) -> None:
    """State, step, bits against frequencies alone, and speed: of the moment looked at, or of now."""
    report = scene.report
    step = scene.shown.step if scene.looks_back else report.position
    parts = [f"**{STATES[report.state]}**", f"step {step:,} of {scene.last_step:,}", *_scores(scene)]
    if report.steps_per_second:
        parts.append(f"{report.steps_per_second:,.1f} steps/s")
    if report.state == "catching up":
        parts.append(f"at {report.made:,} of {report.position:,}")
    if report.watched_runs > 1:
        parts.append(f"{report.watched_runs} runs share this server")
    with st.container(key=f"status_line_{PAGE}"):
        st.markdown("  ·  ".join(parts))


def _scores(scene: Scene) -> list[str]:
    metrics, base = scene.shown.metrics, number(by_frequency(scene))
    parts = []
    if not scene.masked and "bits_per_character" in metrics:
        parts.append(f"held out {number(metrics['bits_per_character'])} bits per character (frequencies alone: {base})")
    if scene.masked and "held_out" in metrics:
        parts.append(f"held out {number(metrics['held_out'] / math.log(2))} bits per hidden piece (frequencies alone: {base})")
    if "accuracy" in metrics:
        parts.append(f"first guess right for {100 * metrics['accuracy']:.0f} %")
    return parts


def quiet_line(scene: Scene) -> None:
    """Numbers for those who want to know how the training itself is doing."""
    metrics, base = scene.shown.metrics, scene.run.base
    parts = [f"{parameter_count(scene):,} parameters", f"{base.batch * base.context:,} pieces read in each step"]
    if "gradient_norm" in metrics:
        parts.append(f"gradient norm {number(metrics['gradient_norm'])}")
    if "learning_rate" in metrics:
        parts.append(f"learning rate now {number(metrics['learning_rate'])}")
    with st.container(key=f"status_line_quiet_{PAGE}"):
        st.caption("  ·  ".join(parts))


def parameter_count(scene: Scene) -> int:
    """How many numbers the network learns; counted once for each run."""
    from explorer.sequence.pretraining.model import parameters

    return remembered(f"{PAGE}:parameters", scene.run.name, lambda: parameters(scene.run.base, len(scene.pieces)), 4)
