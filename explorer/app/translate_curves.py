"""Loss and score of the network over its training."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.translate_asking import View
from explorer.app.translate_setting import PAGE
from explorer.figures.curves import curves
from explorer.figures.naming import share_of
from explorer.figures.notices import loss_notice
from explorer.figures.score_lines import ScoreLine, score_lines

CURVES = 190
"""Height of a chart in pixels."""


def curves_view(view: View) -> None:
    """Loss and score beside each other."""
    left, right = st.columns(2, gap="large")
    report = view.report
    version = (view.run.name, len(report.frames), report.position, report.changes, view.shown.step, view.looks_back)
    with left:
        drawn(PAGE, "loss", version, lambda: _losses(view), "loss")
    with right:
        drawn(PAGE, "score", version, lambda: _scores(view), "score")


def line_of(view: View, metric: str, name: str = "") -> ScoreLine:
    """A metric over the training, up to the moment that is shown."""
    found = [
        (frame.step, frame.metrics[metric])
        for frame in view.report.frames
        if metric in frame.metrics and frame.step <= view.shown.step
    ]
    steps, values = zip(*found, strict=True) if found else ((), ())
    return ScoreLine(
        name, view.run.base.cell if metric == "exact" else "", np.array(steps), np.array(values, dtype=float)
    )


def _losses(view: View) -> Drawing:
    frames, baseline, changes = view.report.frames, view.task.baseline, view.report.changes
    lines = {
        name: (
            np.array([f.step for f in frames if metric in f.metrics]),
            np.array([f.metrics[metric] for f in frames if metric in f.metrics]),
        )
        for name, metric in (("training", "loss"), ("held out", "held_out"))
    }
    lines = {name: line for name, line in lines.items() if len(line[0])}
    figure = curves.spec(
        lines, current_theme(), baseline=baseline.loss, baseline_name=baseline.name, changes=changes, height=CURVES,
        before={change.field: getattr(view.run.base, change.field) for change in changes},
        moment=view.shown.step if view.looks_back else None,
    )  # fmt: skip
    known = "held_out" in view.shown.metrics
    loss = view.shown.metrics["held_out" if known else "loss"]
    return figure, [
        loss_notice(
            loss, baseline.loss, baseline.name, "held-out loss" if known else "training loss", lines.get("held out")
        )
    ]


def _scores(view: View) -> Drawing:
    lines = [
        line
        for line in (line_of(view, "exact", "answered exactly"), line_of(view, "symbols", "letter by letter"))
        if line.values.size
    ]
    baseline = view.task.baseline
    figure = score_lines.spec(
        lines, current_theme(), name="right, held out", baseline=(baseline.name, baseline.score), end=view.last_step, share=True,
        moment=view.shown.step if view.looks_back else None, height=CURVES,
    )  # fmt: skip
    exact, ceiling = line_of(view, "exact"), view.task.ceiling
    said = (
        f"Left to itself (greedy), it answers {share_of(float(exact.values[-1]))} of the held-out questions exactly."
        if exact.values.size
        else ""
    )
    if ceiling < 1:
        said += f" No reader can answer more than {share_of(ceiling)}: 3/4/21 is in March or in April."
    return figure, [said.strip() or "Whole answers are counted after the first updates; press Play."]
