"""Open a saved run of any architecture; checked as `explorer.sequence.opening` does, against the arrays such runs draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.sequence import opening
from explorer.sequence.architectures.experiment import RECURRENT, ArchitectureExperiment

if TYPE_CHECKING:
    from explorer.runs.opening import Opened
    from explorer.sequence.arrays import Form
    from explorer.sequence.tasks import Task

KIND = "architecture"
"""What the archive calls such a run."""
SIDE = 8


def open_run(data: bytes) -> Opened[ArchitectureExperiment]:
    """The run that a file holds.

    Raises
    ------
    ValueError
        When it is no such file, or a part of it does not fit the rest; the text is meant for people.
    """
    return opening.open_run(data, KIND, ArchitectureExperiment, forms)


def forms(experiment: ArchitectureExperiment, task: Task) -> dict[str, Form]:
    """Type and shape of each array of a drawn frame, see `explorer.sequence.architectures.picture`."""
    from explorer.sequence import arrays

    watched = task.watched()
    gradient = {"grad_input": ("float64", (watched.inputs.shape[1],))}
    if experiment.cell in RECURRENT:
        return arrays.forms(experiment, task) | gradient
    steps = int(watched.lengths[0])
    expected = gradient | _inside(experiment, steps)
    if task.samples_text:
        expected["sample"] = ("int32", (arrays.sample_length(task),))
    once = task.topology == "many-to-one" and not experiment.causal
    return expected | arrays.answers(task, 1 if once else steps)


def _inside(experiment: ArchitectureExperiment, steps: int) -> dict[str, Form]:
    """What only this kind of network has."""
    if experiment.cell == "transformer":
        return {"attention": ("float32", (experiment.layers, experiment.heads, steps, steps))}
    if experiment.cell == "cnn":
        kernel = (experiment.hidden, experiment.kernel, experiment.kernel)
        return {"filters": ("float32", kernel), "filter_maps": ("float32", (experiment.hidden, SIDE, SIDE))}
    return {}
