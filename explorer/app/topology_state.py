"""What the page looks at: which example, which of two networks, which column; and all that is drawn of a run at one moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from explorer.app.example import Example
from explorer.app.following import Following
from explorer.app.moments import frame_at
from explorer.app.topology_examples import task_of, watched_scene
from explorer.app.topology_setting import Topology
from explorer.app.topology_tasks import PAGE
from explorer.figures.topology_scene import Scene
from explorer.frame import Frame
from explorer.runs.report import Report

LATEST = f"{PAGE}:latest"
"""Where the newest scene of each digits' task is kept, for the row of small graphs."""


@dataclass(frozen=True, slots=True)
class View:
    """All that is drawn of a run at one moment.

    Attributes
    ----------
    now : Topology
        What the controls say.
    run : Following
    report : Report
    task : object
        Of either kind of experiment.
    pictures : sequence of Frame
        The frames with arrays.
    shown : Frame
        The one that is looked at.
    example : Example
    """

    now: Topology
    run: Following
    report: Report
    task: Any
    pictures: Sequence[Frame]
    shown: Frame
    example: Example

    @property
    def last_step(self) -> int:
        """Where the training ends."""
        return self.report.last_step or self.run.base.steps

    @property
    def looks_back(self) -> bool:
        """Whether the moment shown is not the newest picture."""
        return self.shown.step != self.pictures[-1].step

    @property
    def key(self) -> tuple:
        """Equal for the same model asked about the same example."""
        return (self.run.name, self.shown.step, self.example)


def view_of(now: Topology, run: Following, report: Report, example: Example) -> View | None:
    """The run at the moment that is looked at; None before there is anything to draw."""
    pictures = [frame for frame in report.frames if frame.arrays]
    if not pictures:
        return None
    weighted = [frame for frame in pictures if frame.weights] if example.is_own else pictures
    shown = frame_at(weighted or pictures, st.session_state.get(f"{PAGE}:moment"))
    return View(now, run, report, task_of(run.base), tuple(pictures), shown, example)


def scene_at(view: View) -> Scene:
    """The example in the model of the moment shown; made anew only when either has changed."""
    name = f"{PAGE}:scene:{view.run.base.__class__.__name__}:{getattr(view.run.base, 'bidirectional', False)}"
    kept = st.session_state.get(name)
    if kept is None or kept[0] != view.key:
        kept = (view.key, watched_scene(view.run.base, view.shown, view.example))
        st.session_state[name] = kept
    return kept[1]


def chosen_column(view: View, scene: Scene) -> int | None:
    """The step of this run's graph that a visitor pointed at."""
    owner, step = st.session_state.get(f"{PAGE}:column", ("", None))
    return step if owner == view.run.name and step is not None and step < scene.length else None


def choose_column(view: View, step: int) -> None:
    """Mark a step, or take the mark away when it is marked already."""
    marked = st.session_state.get(f"{PAGE}:column") == (view.run.name, step)
    st.session_state[f"{PAGE}:column"] = (view.run.name, None if marked else step)
