"""Open a saved training of a sequence model: what its frames must look like; the rest is `explorer.runs.opening`'s."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.frame import Frame
from explorer.runs.opening import Check, Opened, opened
from explorer.sequence.experiment import SequenceExperiment

KIND = "sequence"
"""What the archive calls a run of this package."""


def open_run(data: bytes) -> Opened[SequenceExperiment]:
    """The run that a file holds.

    Parameters
    ----------
    data : bytes
        The whole file, as saved by the app or by ``python -m explorer train --out``.

    Raises
    ------
    ValueError
        When it is no such file, or a part of it does not fit the rest; the text is meant for people.
    """
    return opened(data, KIND, SequenceExperiment, _checks, "the untrained network")


def _checks(experiment: SequenceExperiment, frames: Sequence[Frame]) -> Check:
    """Each frame, as the experiment would have made it."""
    from explorer.sequence.arrays import check_arrays, check_metrics, forms
    from explorer.sequence.model import load_model
    from explorer.sequence.weights import fill

    model = load_model(experiment, frames[0].weights)
    expected = forms(experiment, model.task)
    unbounded = experiment.cell == "rnn" and experiment.activation == "relu"

    def check(frame: Frame) -> None:
        check_metrics(frame.metrics)
        if frame.arrays:
            check_arrays(frame.arrays, expected, model.task.outputs, unbounded)
        if frame.weights is not None:
            fill(model, frame.weights)

    return check
