"""Open a saved training of a sequence model: what its frames must look like; the rest is `explorer.runs.opening`'s."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from explorer.frame import Frame
from explorer.runs.opening import Check, Opened, opened
from explorer.sequence.experiment import SequenceExperiment

E = TypeVar("E", bound=SequenceExperiment)
Forms = Callable[..., dict[str, tuple[str, tuple[int, ...]]]]
KIND = "sequence"
"""What the archive calls a run of this package."""


def open_run(
    data: bytes, kind: str = KIND, cls: type[E] = SequenceExperiment, forms: Forms | None = None
) -> Opened[E]:
    """The run that a file holds.

    Parameters
    ----------
    data : bytes
        The whole file, as saved by the app or by ``python -m explorer train --out``.
    kind : str
        What the archive calls such runs.
    cls : type
        Of the experiment that the file holds.
    forms : callable, optional
        ``(experiment, task)``: type and shape of each array of a drawn frame; `explorer.sequence.arrays.forms`.

    Raises
    ------
    ValueError
        When it is no such file, or a part of it does not fit the rest; the text is meant for people.
    """
    return opened(data, kind, cls, partial(_checks, forms), "the untrained network")


def _checks(forms: Forms | None, experiment: SequenceExperiment, frames: Sequence[Frame]) -> Check:
    """Each frame, as the experiment would have made it."""
    from explorer.sequence import arrays
    from explorer.sequence.arrays import check_arrays, check_metrics
    from explorer.sequence.model import is_recurrent, load_model
    from explorer.sequence.weights import fill

    model = load_model(experiment, frames[0].weights)
    expected = (forms or arrays.forms)(experiment, model.task)
    unbounded = not is_recurrent(experiment) or (experiment.cell == "rnn" and experiment.activation == "relu")

    def check(frame: Frame) -> None:
        check_metrics(frame.metrics)
        if frame.arrays:
            check_arrays(frame.arrays, expected, model.task.outputs, unbounded)
        if frame.weights is not None:
            fill(model, frame.weights)

    return check
