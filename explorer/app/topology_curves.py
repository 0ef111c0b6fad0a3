"""Loss and score over the training, against what guessing gives; of two networks that learn the same beside one another."""

from __future__ import annotations

import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.topology_scores import HEIGHT, at, both, line_of, score_line, scores
from explorer.app.topology_state import View
from explorer.app.topology_tasks import PAGE
from explorer.figures.canvas import number
from explorer.figures.curves import curves
from explorer.figures.notices import loss_notice
from explorer.figures.score_lines import score_lines


def curves_view(view: View, twin: View | None) -> None:
    """Draw the curves of a run, or of two."""
    left, right = st.columns(2, gap="large")
    version = _version(view) + (_version(twin) if twin else ())
    with left:
        drawn(PAGE, "loss", version, lambda: _losses(view, twin), "loss")
    with right:
        drawn(PAGE, "score", version, lambda: scores(view, twin), "score")


def _version(view: View) -> tuple:
    report = view.report
    return (view.run.name, len(report.frames), report.position, report.changes, view.shown.step, view.looks_back)


def _losses(view: View, twin: View | None) -> Drawing:
    if twin is not None:
        return _held_out_of_both(view, twin)
    frames, baseline, changes = view.report.frames, view.task.baseline, view.report.changes
    lines = {"training": line_of(frames, "loss")}
    held_out = line_of(view.pictures, "held_out")
    if len(held_out[0]):
        lines["held out"] = held_out
    figure = curves.spec(
        lines, current_theme(), baseline=baseline.loss, baseline_name=baseline.name, changes=changes, height=HEIGHT,
        before={change.field: getattr(view.run.base, change.field) for change in changes},
        moment=view.shown.step if view.looks_back else None,
    )  # fmt: skip
    known = "held_out" in view.shown.metrics
    loss = view.shown.metrics["held_out" if known else "loss"]
    what = "held-out loss" if known else "training loss"
    return figure, [loss_notice(loss, baseline.loss, baseline.name, what, lines.get("held out"))]


def _held_out_of_both(view: View, twin: View) -> Drawing:
    lines = [score_line(one, "held_out", name) for one, name in both(view, twin)]
    ceiling = view.task.baseline
    figure = score_lines.spec(
        lines, current_theme(), name="held-out loss", baseline=(ceiling.name, ceiling.loss), end=view.last_step,
        moment=view.shown.step if view.looks_back else None, height=HEIGHT,
    )  # fmt: skip
    one, other = (at(line, shown.shown.step) for line, shown in zip(lines, (view, twin), strict=True))
    steps = f"after {view.shown.step:,} updates", f"after {twin.shown.step:,}"
    return figure, [f"Held-out loss: {number(one)} one way ({steps[0]}), {number(other)} both ways ({steps[1]})."]
