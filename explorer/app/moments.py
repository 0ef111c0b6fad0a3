"""From a frame of a run, or its weights and an example of the visitor's, to a `Moment` that can be drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.app.example import Example
from explorer.figures.moment import Moment
from explorer.frame import Frame
from explorer.sequence import SequenceExperiment

if TYPE_CHECKING:
    from explorer.sequence.tasks import Batch, Task

Arrays = Mapping[str, np.ndarray]


def frame_at(frames: Sequence[Frame], moment: int | None) -> Frame:
    """The frame whose step is nearest to the moment; the newest where there is no moment."""
    return frames[-1] if moment is None else min(frames, key=lambda frame: abs(frame.step - moment))


def moment_of(experiment: SequenceExperiment, task: Task, frame: Frame, start: Frame) -> Moment:
    """What a drawn frame shows: the task's own example."""
    return moment_from(experiment, task, task.watched(), frame.arrays, start.arrays)


def moment_with(experiment: SequenceExperiment, task: Task, frame: Frame, start: Frame, example: Example) -> Moment:
    """The model of a frame's moment, asked about another example than the one it was watched on.

    Raises
    ------
    ValueError
        When the example cannot be read; the text says why.
    """
    batch = example_batch(task, example)
    return moment_from(
        experiment, task, batch, traced(experiment, task, frame, batch), traced(experiment, task, start, batch)
    )


def example_batch(task: Task, example: Example) -> Batch:
    """The example as a batch of one."""
    if example.text:
        return task.encode(example.text)
    if not example.number:
        return task.watched()
    return one_of(task.scored(), (example.number - 1) % len(task.scored()))


def one_of(batch: Batch, i: int) -> Batch:
    """Sample `i` of a batch, without its padding."""
    length = int(batch.lengths[i])
    inputs = batch.inputs[i : i + 1, :length]
    targets = batch.targets[i : i + 1]
    return type(batch)(inputs, targets[:, :length] if targets.ndim > 1 else targets, batch.lengths[i : i + 1])


def traced(experiment: SequenceExperiment, task: Task, frame: Frame, batch: Batch) -> Arrays:
    """The arrays of a frame's model for another batch."""
    from explorer.sequence.model import load_model
    from explorer.sequence.picture import trace_arrays
    from explorer.sequence.tracing import trace

    model = load_model(experiment, frame.weights)
    return trace_arrays(trace(model, batch, task.answer_loss), model, batch)


def shown_arrays(task: Task, arrays: Arrays) -> Arrays:
    """The arrays as they are drawn: predicted numbers in the task's own units."""
    if task.labels is not None or "outputs" not in arrays:
        return arrays
    return {**arrays, "outputs": task.in_units(arrays["outputs"])}


def moment_from(experiment: SequenceExperiment, task: Task, batch: Batch, arrays: Arrays, start: Arrays) -> Moment:
    """Arrays of a frame, now and at the start, beside what sample 0 of the batch reads and what is right about it."""
    length = int(batch.lengths[0])
    numbers: dict[str, Any] = {}
    if task.vocabulary is None:
        inputs = batch.inputs[0, :length].numpy()
        numbers["inputs"] = task.in_units(inputs) if task.labels is None else inputs
    if task.labels is None and task.topology == "many-to-many":
        numbers["target"] = _in_units_where_scored(task, batch.targets[0, :length].double().numpy())
    return Moment(
        steps=task.steps(batch),
        arrays=shown_arrays(task, arrays),
        cell=experiment.cell,
        activation=experiment.activation if experiment.cell == "rnn" else "tanh",
        expected=task.expected(batch),
        labels=task.labels,
        start=shown_arrays(task, start),
        answer=task.answer_sentence,
        **numbers,
    )


def _in_units_where_scored(task: Task, targets: np.ndarray) -> np.ndarray:
    from explorer.sequence.tasks import IGNORED

    return np.where(targets == IGNORED, np.nan, task.in_units(np.where(targets == IGNORED, 0.0, targets)))
