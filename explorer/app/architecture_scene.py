"""Everything the page shows of one moment: the run, the example as the network sees it, and how it reaches the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from explorer.app.architecture_setting import PAGE, ArchitectureView
from explorer.app.example import Example, Focus
from explorer.app.following import Following
from explorer.app.moments import example_batch, frame_at, moment_from
from explorer.app.views import View
from explorer.figures.moment import Moment
from explorer.figures.reach_picture import Reach
from explorer.figures.wiring import Wiring, wiring_of
from explorer.frame import Frame
from explorer.runs.report import Report
from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.architectures.paths import receptive_field

if TYPE_CHECKING:
    from explorer.sequence.tasks import Batch, Task

Arrays = Mapping[str, np.ndarray]


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """One moment of a run.

    Attributes
    ----------
    now : ArchitectureView
        What is looked at.
    view : View
        The run, its history and the moment shown.
    batch : Batch
        The example; sample 0 is drawn.
    reach : Reach
        How it reaches the answer.
    """

    now: ArchitectureView
    view: View
    batch: Batch
    reach: Reach

    @property
    def arrays(self) -> Arrays:
        """What there is of the moment shown."""
        return self.reach.moment.arrays

    @property
    def key(self) -> tuple:
        """Equal as long as network, moment and example are."""
        return (self.view.run.name, self.view.shown.step, self.view.focus.example)


def scene_of(
    page: str, now: ArchitectureView, run: Following[ArchitectureExperiment], report: Report, example: Example
) -> Scene | None:
    """What is to be seen; None as long as there is no picture."""
    pictures = [frame for frame in report.frames if frame.arrays]
    if not pictures:
        return None
    from explorer.sequence.tasks import make_task

    task = make_task(run.base)
    weighted = [frame for frame in pictures if frame.weights] if example.is_own else pictures
    shown = frame_at(weighted or pictures, st.session_state.get(f"{PAGE}:moment"))
    own = example.is_own and bool(shown.weights and pictures[0].weights)
    batch = example_batch(task, example if own else Example())
    arrays, start = (
        (_own_arrays(page, run, frame, batch, example) if own else frame.arrays) for frame in (shown, pictures[0])
    )
    moment = moment_from(run.base, task, batch, arrays, start)
    view = View(run, report, task, tuple(pictures), shown, moment, Focus(example if own else Example()))
    return Scene(now, view, batch, _reach(run.base, task, batch, moment, now))


def _reach(base: ArchitectureExperiment, task: Task, batch: Batch, moment: Moment, now: ArchitectureView) -> Reach:
    length = moment.length
    answer = length - 1 if task.topology == "many-to-one" else int(task.answer_step(batch)[0])
    attention = moment.arrays.get("attention")
    wiring = wiring_for(base, length, answer)
    if attention is not None:
        wiring = wiring.weighted([layer.mean(axis=0) for layer in attention])
    chosen = now.looked - 1 if 1 <= now.looked <= length else first_of_interest(moment)
    return Reach(moment, wiring, chosen)


@lru_cache(maxsize=32)
def wiring_for(base: ArchitectureExperiment, length: int, answer: int) -> Wiring:
    """What the answer after a step is computed from, of so many inputs."""
    return wiring_of(receptive_field(base, length, answer), answer)


def first_of_interest(moment: Moment) -> int:
    """The input that is looked at until another is chosen: the first that is marked or stands there only once, else the first."""
    inputs = moment.inputs
    if inputs is None:
        return next((i for i, step in enumerate(moment.steps) if list(moment.steps).count(step) == 1), 0)
    marked = inputs.shape[1] == 2 and set(np.unique(inputs[:, 1])) == {0.0, 1.0}
    return int(np.flatnonzero(inputs[:, 1])[0]) if marked else 0


def _own_arrays(page: str, run: Following, frame: Frame, batch: Batch, example: Example) -> Arrays:
    """The arrays of a frame's network for another example; made once for each."""
    kept: dict = st.session_state.setdefault(f"{page}:own_arrays", {})
    key = (run.name, frame.step, example)
    if key not in kept:
        for old in [old for old in kept if old[0] != run.name or old[2] != example or old[1] not in (0, frame.step)]:
            del kept[old]
        kept[key] = arrays_for(run.base, frame.weights, batch)
    return kept[key]


def arrays_for(experiment: ArchitectureExperiment, weights: bytes, batch: Batch) -> Arrays:
    """The arrays that a frame with these weights would have, had this batch been watched."""
    from explorer.sequence.architectures.picture import inside, outputs_over_time
    from explorer.sequence.architectures.tracing import input_gradient, traced_gradient
    from explorer.sequence.model import is_recurrent, load_model
    from explorer.sequence.picture import expectations, trace_arrays
    from explorer.sequence.tracing import trace

    model = load_model(experiment, weights)
    loss = model.task.answer_loss
    if is_recurrent(experiment):
        seen = trace(model, batch, loss)
        return trace_arrays(seen, model, batch) | {"grad_input": traced_gradient(seen)}
    gradient = {"grad_input": input_gradient(model, batch, loss)}
    return gradient | inside(model, batch) | expectations(outputs_over_time(model, batch), model.task)
