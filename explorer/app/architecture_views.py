"""The pictures of a network that every architecture has: how inputs reach the answer, and what training did and cost."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.architecture_controls import look_at
from explorer.app.architecture_scene import Scene
from explorer.app.architecture_setting import PAGE
from explorer.app.drawn import Drawing, drawn
from explorer.app.views import PRESENTED_WIDTH, WIDTH, curves_view
from explorer.figures.moment import Ranges
from explorer.figures.notices import expectation_notice
from explorer.figures.parameter_bar import parameter_bar
from explorer.figures.reach_notices import input_gradient_notice, score_notice, wiring_notice
from explorer.figures.reach_picture import gradient_ranges, reach_picture
from explorer.figures.score_lines import ScoreLine, score_lines
from explorer.runs.report import Report
from explorer.sequence.architectures.experiment import ARCHITECTURE_TITLES, RECURRENT

CURVES = 160
"""Height of the curves, in pixels: as tall as those of the loss."""


def reach_view(scene: Scene) -> None:
    """The leading picture; a click on a column looks at that input."""
    over, present = _ranges(scene), presentation.is_on()
    version = (scene.key, scene.reach.chosen, over, present)
    name = f"{scene.view.run.base.cell}-step-{scene.view.shown.step}"
    pointed = drawn(PAGE, "reach", version, lambda: _reach(scene, over, present), name, select=True)
    if pointed is not None and pointed.kind == "click" and isinstance(pointed.x, (int, float)):
        step = round(pointed.x)
        if 1 <= step <= scene.reach.moment.length:
            look_at(looked=step)
            st.rerun(scope="app")


def _reach(scene: Scene, over: Ranges, present: bool) -> Drawing:
    width = PRESENTED_WIDTH if present else WIDTH
    figure = reach_picture.spec(scene.reach, current_theme(), over, compact=present, width=width)
    sentences = [wiring_notice(scene.reach), expectation_notice(scene.reach.moment, scene.reach.wiring.answer)]
    if not present:
        base = scene.view.run.base
        sentences.append(input_gradient_notice(scene.reach, base.cell in RECURRENT and not base.bidirectional))
    return figure, sentences


def _ranges(scene: Scene) -> Ranges:
    """Axis ranges of all that was drawn of this run so far: they only ever grow."""
    owner, over, seen = st.session_state.get(f"{PAGE}:ranges", (None, Ranges(), -1))
    if owner != scene.view.run.name:
        over, seen = Ranges(), -1
    for frame in scene.view.pictures:
        if frame.step > seen:
            over, seen = gradient_ranges(over, frame.arrays["grad_input"]), frame.step
    over = gradient_ranges(over, scene.arrays["grad_input"])
    if "outputs" in scene.arrays:
        over = over.widened({"outputs": scene.arrays["outputs"]})
    st.session_state[f"{PAGE}:ranges"] = (scene.view.run.name, over, seen)
    return over


def curves_row(scene: Scene, twin: Report | None) -> None:
    """Loss and score beside each other, and below them where the parameters are."""
    st.subheader("What training did, and what it costs", anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        curves_view(PAGE, scene.view)
    with right:
        _score_view(scene, twin)
    drawn(PAGE, "cost", scene.view.run.name, lambda: _costs(scene), "parameters")


def _score_view(scene: Scene, twin: Report | None) -> None:
    view = scene.view
    version = (view.run.name, len(view.pictures), view.pictures[-1].step, view.shown.step, view.looks_back, _newest(twin))
    drawn(PAGE, "score", version, lambda: _scores(scene, twin), "score")


def _newest(report: Report | None) -> int:
    return -1 if report is None or not report.frames else report.frames[-1].step


def _scores(scene: Scene, twin: Report | None) -> Drawing:
    view = scene.view
    task, share = view.task, view.task.metric == "accuracy"
    lines = [line_of(ARCHITECTURE_TITLES[view.run.base.cell], view.run.base.cell, view.report)]
    if twin is not None:
        lines.append(line_of(ARCHITECTURE_TITLES["gru"], "gru", twin))
    figure = score_lines.spec(
        lines, current_theme(), name=task.metric, baseline=(task.baseline.name, task.baseline.score), end=view.report.position,
        share=share, moment=view.shown.step if view.looks_back else None, height=CURVES,
    )  # fmt: skip
    score, rule = view.shown.metrics.get("score", np.nan), task.baseline
    return figure, [score_notice(task.metric, score, rule.name, rule.score, task.better)]


def line_of(name: str, cell: str, report: Report) -> ScoreLine:
    """The scores of a run over its training."""
    scored = [frame for frame in report.frames if "score" in frame.metrics]
    steps, values = (np.array([get(frame) for frame in scored]) for get in (lambda f: f.step, lambda f: f.metrics["score"]))
    return ScoreLine(name, cell, steps, values)


def _costs(scene: Scene) -> Drawing:
    from explorer.sequence.architectures.parameters import activation_bytes, parts

    base = scene.view.run.base
    found = parts(base)
    kept = written_bytes(activation_bytes(base))
    said = f"{found.total:,} parameters are learned. For the way back, an update on {base.batch} examples keeps {kept} of what it computed on the way there."
    return parameter_bar.spec(found._asdict(), current_theme()), [said]


def written_bytes(count: float) -> str:
    """A number of bytes in kilobytes or megabytes."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"
