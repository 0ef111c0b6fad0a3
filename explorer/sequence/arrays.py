"""Which arrays and numbers a frame of an experiment holds: names, shapes and types, known before anything is trained."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from explorer.sequence.picture import LIKELIEST, MOST_OUTPUTS
from explorer.sequence.sampling import sample_length

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment
    from explorer.sequence.tasks import Task

GATES = {
    "rnn": (),
    "lstm": ("input", "forget", "candidate", "output"),
    "gru": ("reset", "update", "candidate"),
}
ALWAYS = frozenset({"loss", "gradient_norm", "clipped", "learning_rate"})
"""Metrics of every frame."""
DRAWN = frozenset({"score", "score_low", "score_high", "held_out", "update_ratio", "weight_norm"})
"""Metrics that only frames with arrays have when they are made."""
Form = tuple[str, tuple[int, ...]]
"""Type and shape of an array."""


def forms(experiment: SequenceExperiment, task: Task) -> dict[str, Form]:
    """Type and shape of each array of a drawn frame, see `explorer.sequence.picture.trace_arrays`."""
    directions = 2 if experiment.bidirectional else 1
    steps = task.watched().inputs.shape[1]
    each = (experiment.layers, directions, steps)
    states = ["hidden", *(["cell"] if experiment.cell == "lstm" else [])]
    states += [f"gate/{name}" for name in GATES[experiment.cell]]
    expected: dict[str, Form] = {name: ("float32", (*each, experiment.hidden)) for name in states}
    expected["grad_hidden"] = ("float64", each)
    if experiment.cell == "lstm":
        expected["grad_cell"] = ("float64", each)
    expected["grad_naive"] = ("float64", each[1:])
    expected["grad_hidden_units"] = ("float32", (*each[1:], experiment.hidden))
    if task.samples_text:
        expected["sample"] = ("int32", (sample_length(task),))
    answers_once = task.topology == "many-to-one" and experiment.bidirectional
    return expected | answers(task, 1 if answers_once else steps)


def answers(task: Task, steps: int) -> dict[str, Form]:
    """Type and shape of what is kept of the outputs at so many steps, see `explorer.sequence.picture.expectations`."""
    if task.labels is None or task.outputs <= MOST_OUTPUTS:
        return {"outputs": ("float32", (steps, task.outputs))}
    return {"top_probability": ("float32", (steps, LIKELIEST)), "top_index": ("int32", (steps, LIKELIEST))}


def check_arrays(arrays: Mapping[str, np.ndarray], expected: Mapping[str, Form], classes: int, unbounded: bool) -> None:
    """That arrays have the expected names and forms, and values that can be drawn.

    Parameters
    ----------
    arrays, expected : mappings
        By name; see `forms`.
    classes : int
        Whole numbers are class numbers below this.
    unbounded : bool
        Whether the states can grow beyond all numbers before the training is stopped (ReLU).

    Raises
    ------
    ValueError
        Says which array is wrong, and how.
    """
    if arrays.keys() != expected.keys():
        strange = min(arrays.keys() ^ expected.keys())
        raise ValueError(f"the array {strange[:40]!r} is {'missing' if strange in expected else 'unknown'}")
    for name, (kind, shape) in expected.items():
        array = arrays[name]
        if (str(array.dtype), array.shape) != (kind, shape):
            raise ValueError(f"the array {name!r} is {_form(array)}, not {kind} {_size(shape)}")
        if kind == "int32" and not (array.min() >= 0 and array.max() < classes):
            raise ValueError(f"the array {name!r} names classes that do not exist")
        if kind != "int32" and not (unbounded or bool(np.isfinite(array).all())):
            raise ValueError(f"the array {name!r} holds values that are not finite numbers")


def check_metrics(metrics: Mapping[str, float]) -> None:
    """That the numbers of a frame are those a training gives; raises `ValueError` as `check_arrays` does."""
    missing, unknown = ALWAYS - metrics.keys(), metrics.keys() - ALWAYS - DRAWN
    if missing or unknown:
        strange = min(missing or unknown)
        raise ValueError(f"the number {strange[:40]!r} is {'missing' if missing else 'unknown'}")
    # A loss or norm may be infinite: that is how a training ends that comes apart.
    if not (math.isfinite(metrics["learning_rate"]) and metrics["clipped"] in (0.0, 1.0)):
        raise ValueError("its learning rate or its clipping makes no sense")


def _form(array: np.ndarray) -> str:
    return f"{array.dtype} {_size(array.shape)}"


def _size(shape: tuple[int, ...]) -> str:
    return " x ".join(map(str, shape)) or "(a single number)"
