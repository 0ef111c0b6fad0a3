"""The pictures of a run, each with its sentence: from a `View` to figures on the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.example import Focus
from explorer.app.following import Following
from explorer.app.links import JOINER, safe_markdown
from explorer.app.moments import shown_arrays
from explorer.figures.curves import curves
from explorer.figures.gradient_history import gradient_history
from explorer.figures.moment import Moment, Ranges
from explorer.figures.notices import (
    expectation_notice,
    gate_notice,
    gradient_notice,
    history_notice,
    loss_notice,
    path_notice,
)
from explorer.figures.state_path import Plane, principal_plane, state_path
from explorer.figures.unrolled import unrolled
from explorer.frame import Frame
from explorer.runs.report import Report

if TYPE_CHECKING:
    from explorer.sequence.tasks import Task

CURVES = 160
"""Height of the loss curves, in pixels: the leading picture below them is to be seen on a small screen."""
WIDTH, PRESENTED_WIDTH = 900, 1230
"""Pixels a wide picture has at least, on a small screen and on a projector; decides which labels fit."""


@dataclass(frozen=True, slots=True)
class View:
    """All that is drawn of a run at one moment."""

    run: Following
    report: Report
    task: Task
    pictures: Sequence[Frame]
    shown: Frame
    moment: Moment
    focus: Focus

    @property
    def last_step(self) -> int:
        """Where the training ends."""
        return self.report.last_step or self.run.base.steps

    @property
    def looks_back(self) -> bool:
        """Whether the moment shown is not the newest picture."""
        return self.shown.step != self.pictures[-1].step

    @property
    def one_way(self) -> str:
        """Said under pictures that show one of two directions of reading."""
        return "Shown for the direction that reads from left to right." if self.run.base.bidirectional else ""

    def temperature(self) -> float:
        """The temperature that was in force at the moment shown."""
        values = [
            one.value for one in self.report.changes if one.field == "temperature" and one.step <= self.shown.step
        ]
        return values[-1] if values else self.run.base.temperature


def curves_view(page: str, view: View) -> None:
    """Training and held-out loss against the baseline."""
    report = view.report
    version = (len(report.frames), report.position, report.changes, view.shown.step, view.looks_back)
    _show(page, "curves", view, version, lambda: _curves(view), "loss")


def _curves(view: View) -> Drawing:
    frames, baseline, changes = view.report.frames, view.task.baseline.loss, view.report.changes
    steps = np.array([frame.step for frame in frames])
    lines = {"training": (steps, np.array([frame.metrics.get("loss", np.nan) for frame in frames]))}
    held_out = [(frame.step, frame.metrics["held_out"]) for frame in view.pictures if "held_out" in frame.metrics]
    if held_out:
        lines["held out"] = tuple(np.array(column) for column in zip(*held_out, strict=True))
    name = view.task.baseline.name
    figure = curves.spec(
        lines, current_theme(), baseline=baseline, baseline_name=name, changes=changes,
        before={change.field: getattr(view.run.base, change.field) for change in changes},
        moment=view.shown.step if view.looks_back else None, log=view.task.labels is None, height=CURVES,
    )  # fmt: skip
    what = "held-out loss" if "held_out" in view.shown.metrics else "training loss"
    newest = view.shown if view.looks_back else frames[-1]  # the loss that the status line tells
    loss = view.shown.metrics.get("held_out", newest.metrics["loss"])
    return figure, [loss_notice(loss, baseline, name, what, lines.get("held out"))]


def unrolled_view(page: str, view: View) -> None:
    """The leading picture: one example, all that happens at each of its steps."""
    over, present = _ranges(page, view), presentation.is_on()
    version = (view.shown.step, view.focus, over, present)
    _show(page, "unrolled", view, version, lambda: _unrolled(view, over, present), f"step-{view.shown.step}")


def _unrolled(view: View, over: Ranges, present: bool) -> Drawing:
    moment, layer = view.moment, view.focus.layer
    figure = unrolled.spec(
        moment, current_theme(), over, compact=present, width=PRESENTED_WIDTH if present else WIDTH,
        layer=layer, show_naive=view.focus.naive,
    )  # fmt: skip
    sentences = [expectation_notice(moment)]
    if not present:
        sentences.append(gate_notice(moment, layer=layer) if moment.cell != "rnn" else "")
        sentences.append(gradient_notice(moment.arrays["grad_hidden"][layer, 0], moment.steps))
        sentences.append(view.one_way)
    return figure, sentences


def path_view(page: str, view: View) -> None:
    """Where the state goes while the example is read."""
    st.subheader("The state's path", anchor=False)
    _show(page, "path", view, (view.shown.step, view.focus), lambda: _path(page, view), "state-path")


def _path(page: str, view: View) -> Drawing:
    states = view.moment.arrays["hidden"][view.focus.layer, 0]
    kept: tuple[tuple, Plane, float] | None = st.session_state.get(f"{page}:plane")
    owner = (view.run.name, view.focus.example, view.focus.layer)
    previous = kept[1] if kept and kept[0] == owner else None
    plane = principal_plane(states, previous)
    bound = max(plane.bound, kept[2] if previous is not None else 0.0)
    st.session_state[f"{page}:plane"] = (owner, plane, bound)
    figure = state_path.spec(plane, view.moment.steps, current_theme(), bound=bound)
    return figure, [path_notice(plane, view.moment.steps), view.one_way]


def history_view(page: str, view: View) -> None:
    """How the gradient over the example's steps changed in the course of training."""
    st.subheader("The gradient's history", anchor=False)
    over, changes = _ranges(page, view), view.report.changes
    version = (len(view.pictures), view.pictures[-1].step, view.shown.step, view.focus, over, changes)
    _show(page, "history", view, version, lambda: _history(view, over), "gradient-history")


def _history(view: View, over: Ranges) -> Drawing:
    drawn = [frame for frame in view.pictures if "grad_hidden" in frame.arrays]
    norms = np.stack([frame.arrays["grad_hidden"][view.focus.layer, 0] for frame in drawn])
    figure = gradient_history.spec(
        np.array([frame.step for frame in drawn]), norms, view.task.steps(view.task.watched()), current_theme(), over,
        changes=view.report.changes, moment=view.shown.step if view.looks_back else None,
    )  # fmt: skip
    own = "Shown for the task's own example." if view.focus.example.is_own else ""
    return figure, [history_notice(norms), own, view.one_way]


def _show(page: str, name: str, view: View, version: tuple, draw: Callable[[], Drawing], file_name: str) -> None:
    """A picture and its sentences, built anew only when what they show has changed."""
    drawn(page, name, (view.run.name, *version), draw, file_name)


def sample_view(page: str, view: View) -> None:
    """What the network writes at this moment, for tasks that write."""
    tokens = view.shown.arrays.get("sample")
    if tokens is None or view.task.labels is None:
        return
    from explorer.sequence.sampling import prompt_length

    words = [view.task.labels[int(token)] for token in tokens]
    given, written = (view.task.joiner.join(part) for part in _parted(words, prompt_length(view.task)))
    with st.container(key=f"sample_{page}"):
        st.caption(f"Given the first words, it writes on by itself, at temperature {view.temperature():g}:")
        # Beside a blank or a full stop an asterisk would be an asterisk: it needs a neighbour that is neither.
        given = f"*{JOINER}{safe_markdown(given)}{JOINER}*"
        st.markdown(f"{given}{view.task.joiner}{safe_markdown(written)}")


def _parted(words: list[str], at: int) -> tuple[list[str], list[str]]:
    return words[:at], words[at:]


def _ranges(page: str, view: View) -> Ranges:
    """Axis ranges of all that was drawn of this run so far: they only ever grow."""
    owner, over, seen = st.session_state.get(f"{page}:ranges", (None, Ranges(), -1))
    if owner != view.run.name:
        over, seen = Ranges(), -1
    for frame in view.pictures:
        if frame.step > seen:
            over, seen = over.widened(shown_arrays(view.task, frame.arrays)), frame.step
    over = over.widened(view.moment.arrays)
    st.session_state[f"{page}:ranges"] = (view.run.name, over, seen)
    return over
