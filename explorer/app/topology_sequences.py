"""From a frame of a network that answers while it reads, or once at the end, to a `Scene`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from explorer.figures.topology_scene import Column, Guess, Scene
from explorer.frame import Frame
from explorer.sequence import SequenceExperiment

if TYPE_CHECKING:
    from torch import Tensor

    from explorer.sequence.tasks import Batch, Task

Arrays = Mapping[str, np.ndarray]
LIKELIEST = 4
"""Answers that are kept of each step."""
ALL = "of all answers together"
RIGHTWARDS, LEFTWARDS = "of the chain →", "of the chain ←"


def sequence_scene(experiment: SequenceExperiment, task: Task, frame: Frame, batch: Batch, own: bool) -> Scene:
    """A frame's model reading an example.

    Parameters
    ----------
    batch : Batch
        Sample 0 is drawn; gradients are means over its samples.
    own : bool
        Whether the example is another than the one the frame shows, so that it has to be traced.
    """
    arrays = _traced(experiment, frame, batch, None) if own and frame.weights else frame.arrays
    answers = _answers(task, arrays)
    return Scene(
        columns=_columns(task, batch, answers),
        states=np.asarray(arrays["hidden"][-1]),
        gradients=_gradients(experiment, task, frame, batch, arrays),
        picture=_picture(task, batch),
        across=task.name != "picture",
    )


def _traced(experiment: SequenceExperiment, frame: Frame, batch: Batch, loss: object) -> Arrays:
    from explorer.sequence.model import load_model
    from explorer.sequence.picture import trace_arrays
    from explorer.sequence.tracing import trace

    model = load_model(experiment, frame.weights)
    return trace_arrays(trace(model, batch, loss or model.task.answer_loss), model, batch)


def _gradients(
    experiment: SequenceExperiment, task: Task, frame: Frame, batch: Batch, arrays: Arrays
) -> dict[str, np.ndarray]:
    """The true dL/dh_t: of the one answer; or of the sum over all, and of the one that needs memory beside it.

    None where nobody said what is right: without a loss there is no gradient.
    """
    from explorer.sequence.tasks import IGNORED

    if not bool((batch.targets[0] != IGNORED).any()):
        return {}
    last = arrays["grad_hidden"][-1]
    if task.topology == "many-to-one" or frame.weights is None:
        return {task.answer_sentence: last[0]}
    whole = _traced(experiment, frame, batch, summed(task))["grad_hidden"][-1]
    if len(whole) == 2:
        return {RIGHTWARDS: whole[0], LEFTWARDS: whole[1]}
    return {ALL: whole[0], f"of {task.answer_sentence.removeprefix('the loss of ')} alone": last[0]}


def summed(task: Task):
    """A loss that adds up what all answers of a sequence lose, where the task's own is their mean."""
    from explorer.sequence.tasks import IGNORED

    def loss(outputs: Tensor, batch: Batch) -> Tensor:
        each = float((batch.targets != IGNORED).sum()) / len(batch)
        return task.loss(outputs, batch) * max(each, 1.0)

    return loss


def _answers(task: Task, arrays: Arrays) -> list[list[Guess]]:
    """The likeliest classes at each step."""
    if "top_index" in arrays:
        index, shares = arrays["top_index"], arrays["top_probability"]
    else:
        outputs = np.nan_to_num(arrays["outputs"], nan=0.0)
        index = np.argsort(-outputs, axis=1, kind="stable")[:, :LIKELIEST]
        shares = np.take_along_axis(outputs, index, axis=1)
    return [
        [(task.labels[int(k)], float(p)) for k, p in zip(*row, strict=True)][:LIKELIEST]
        for row in zip(index, shares, strict=True)
    ]


def _columns(task: Task, batch: Batch, answers: Sequence[Sequence[Guess]]) -> list[Column]:
    steps, expected = task.steps(batch), task.expected(batch)
    once, told = task.topology == "many-to-one", any(expected)
    last = len(steps) - 1
    return [
        Column(
            reads=step, pixels=_pixels(task, batch, t), right=expected[t],
            guesses=(answers[-1] if t == last else ()) if once else answers[t] if expected[t] or not told else (),
            loss=t == last if once else bool(expected[t]),
        )
        for t, step in enumerate(steps)
    ]  # fmt: skip


def _pixels(task: Task, batch: Batch, t: int) -> np.ndarray | None:
    if task.name == "picture":
        return batch.inputs[0, t].numpy().reshape(8, 8)
    return batch.inputs[0, t].numpy() if _picture(task, batch) is not None else None


def _picture(task: Task, batch: Batch) -> np.ndarray | None:
    """The whole picture that is read row by row."""
    rows = task.vocabulary is None and tuple(batch.inputs.shape[1:]) == (8, 8)
    return batch.inputs[0].numpy() if rows else None
