"""Open a saved run of a network that writes its answers. Anybody may have written the file: see `explorer.runs.opening`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from explorer.frame import Frame
from explorer.runs.opening import Check, Opened, opened
from explorer.sequence.encoder_decoder.experiment import EncoderDecoderExperiment

if TYPE_CHECKING:
    from explorer.sequence.arrays import Form
    from explorer.sequence.encoder_decoder.tasks import Task

KIND = "encoder_decoder"
"""What the archive calls such a run."""
EXAMINED = frozenset({"exact", "real", "unseen", "recognised"})
"""Metrics of the frames in which the network's own answers are measured."""
DRAWN = frozenset({"held_out", "symbols", "update_ratio", "weight_norm"})
"""Metrics that only frames with arrays have when they are made."""


def open_run(data: bytes) -> Opened[EncoderDecoderExperiment]:
    """The run that a file holds.

    Parameters
    ----------
    data : bytes
        The whole file, as saved by the app.

    Raises
    ------
    ValueError
        When it is no such file, or a part of it does not fit the rest; the text is meant for people.
    """
    return opened(data, KIND, EncoderDecoderExperiment, _checks, "the untrained network")


def _checks(experiment: EncoderDecoderExperiment, frames: Sequence[Frame]) -> Check:
    """Each frame, as the experiment would have made it."""
    from explorer.sequence.arrays import check_arrays
    from explorer.sequence.encoder_decoder.model import load_model
    from explorer.sequence.weights import fill

    model = load_model(experiment, frames[0].weights)
    expected = forms(experiment, model.task)

    def check(frame: Frame) -> None:
        check_metrics(frame.metrics)
        if frame.arrays:
            arrays = dict(frame.arrays)
            if model.task.target_symbols is not None:
                _check_answer(arrays.pop("answer", None), model.task)
            check_arrays(arrays, expected, model.task.outputs, unbounded=False)
        if frame.weights is not None:
            fill(model, frame.weights)

    return check


def forms(experiment: EncoderDecoderExperiment, task: Task) -> dict[str, Form]:
    """Type and shape of each array of a drawn frame but "answer", which is as long as the network makes it.

    See `explorer.sequence.encoder_decoder.picture`.
    """
    from explorer.sequence.encoder_decoder.picture import LIKELIEST, invented_from

    batch, units = task.watched(), experiment.hidden
    read = int(batch.source_lengths[0]) if experiment.topology == "encoder-decoder" else 1
    said = int(batch.target_lengths[0])
    both = experiment.topology == "encoder-decoder" and experiment.bidirectional
    expected: dict[str, Form] = {
        "encoder_hidden": ("float32", (read, units)), "decoder_hidden": ("float32", (said, units)),
        "grad_encoder": ("float64", (read,)), "grad_decoder": ("float64", (said,)),
        "grad_encoder_last": ("float64", (read,)), "grad_decoder_last": ("float64", (said,)),
        "grad_encoder_each": ("float64", (2 if both else 1, read)),
    }  # fmt: skip
    if experiment.attention and experiment.topology == "encoder-decoder":
        expected["attention"] = ("float32", (said, read))
    if task.target_symbols is None:
        pictures = ("float32", (len(task.source_symbols), said, task.outputs))
        return expected | {"drawn": pictures, "fed": pictures}
    if not task.determined:
        expected["invented"] = ("int32", (len(invented_from(task)), task.longest))
    likeliest = (said, min(LIKELIEST, task.outputs))
    return expected | {
        "chance": ("float32", (said,)), "top_probability": ("float32", likeliest), "top_index": ("int32", likeliest),
    }  # fmt: skip


def check_metrics(metrics: Mapping[str, float]) -> None:
    """That the numbers of a frame are those a training gives.

    Raises
    ------
    ValueError
        Says which number is wrong.
    """
    from explorer.sequence.arrays import ALWAYS

    missing, unknown = ALWAYS - metrics.keys(), metrics.keys() - ALWAYS - DRAWN - EXAMINED
    if missing or unknown:
        strange = min(missing or unknown)
        raise ValueError(f"the number {strange[:40]!r} is {'missing' if missing else 'unknown'}")
    # A loss or norm may be infinite: that is how a training ends that comes apart.
    if not (math.isfinite(metrics["learning_rate"]) and metrics["clipped"] in (0.0, 1.0)):
        raise ValueError("its learning rate or its clipping makes no sense")
    shares = [metrics[name] for name in sorted(EXAMINED | {"symbols"}) if name in metrics]
    if not all(0.0 <= share <= 1.0 for share in shares):
        raise ValueError("one of its shares is not between 0 and 1")


def _check_answer(answer: np.ndarray | None, task: Task) -> None:
    """The network's own answer to the watched question: letters it has, no more of them than it may write."""
    if answer is None or str(answer.dtype) != "int32" or answer.ndim != 1 or len(answer) > task.longest:
        raise ValueError("the array 'answer' is missing, or no answer")
    if len(answer) and not (answer.min() >= 0 and answer.max() < task.outputs):
        raise ValueError("the array 'answer' names letters that do not exist")
