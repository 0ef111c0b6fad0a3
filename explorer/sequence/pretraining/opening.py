"""Open a saved pre-training. Anybody may have written the file: see `explorer.runs.opening`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from explorer.frame import Frame
from explorer.runs.opening import Check, Opened, opened
from explorer.sequence.pretraining.experiment import PretrainingExperiment

if TYPE_CHECKING:
    from explorer.sequence.arrays import Form
    from explorer.sequence.pretraining.reading import Source

KIND = "pretraining"
"""What the archive calls such a run."""
SHARES = frozenset({"accuracy", "previous_token", "induction", "following_token"})
DRAWN = SHARES | {"held_out", "bits_per_character", "repetition_gain", "update_ratio", "weight_norm"}
"""Metrics that only frames with arrays have when they are made."""


def open_run(data: bytes) -> Opened[PretrainingExperiment]:
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
    return opened(data, KIND, PretrainingExperiment, _checks, "the untrained network")


def _checks(experiment: PretrainingExperiment, frames: Sequence[Frame]) -> Check:
    """Each frame, as the experiment would have made it."""
    from explorer.sequence.arrays import check_arrays
    from explorer.sequence.pretraining.model import load_model
    from explorer.sequence.pretraining.reading import source
    from explorer.sequence.weights import fill

    text = source(experiment)
    model, expected = load_model(experiment, frames[0].weights), forms(experiment, text)

    def check(frame: Frame) -> None:
        check_metrics(frame.metrics)
        if frame.arrays:
            check_arrays(frame.arrays, expected, max(len(text.pieces), experiment.context), unbounded=False)
            for name in ("read", "right", "top_index", "sample"):
                if name in frame.arrays and frame.arrays[name].max(initial=0) >= len(text.pieces):
                    raise ValueError(f"the array {name!r} names pieces that do not exist")
            if frame.arrays["asked"].max() >= len(frame.arrays["read"]):
                raise ValueError("the array 'asked' names places that do not exist")
        if frame.weights is not None:
            fill(model, frame.weights)

    return check


def forms(experiment: PretrainingExperiment, source: Source) -> dict[str, Form]:
    """Type and shape of each array of a drawn frame, see `explorer.sequence.pretraining.picture`."""
    from explorer.sequence.pretraining.picture import LIKELIEST, SAMPLE, watched

    seen = watched(experiment, source)
    steps, asked = len(seen.read), len(seen.asked)
    each = (experiment.layers, experiment.heads)
    best = (asked, min(LIKELIEST, len(source.pieces)))
    expected: dict[str, Form] = {
        "read": ("int32", (steps,)), "asked": ("int32", (asked,)), "right": ("int32", (asked,)),
        "attention": ("float32", (*each, steps, steps)), "chance": ("float32", (asked,)),
        "top_index": ("int32", best), "top_probability": ("float32", best), "previous": ("float32", each),
    }  # fmt: skip
    if experiment.objective == "bert":
        return expected | {"following": ("float32", each)}
    return expected | {"induction": ("float32", each), "sample": ("int32", (SAMPLE[experiment.units],))}


def check_metrics(metrics: Mapping[str, float]) -> None:
    """That the numbers of a frame are those a training gives.

    Raises
    ------
    ValueError
        Says which number is wrong.
    """
    from explorer.sequence.arrays import ALWAYS

    missing, unknown = ALWAYS - metrics.keys(), metrics.keys() - ALWAYS - DRAWN
    if missing or unknown:
        strange = min(missing or unknown)
        raise ValueError(f"the number {strange[:40]!r} is {'missing' if missing else 'unknown'}")
    # A loss or norm may be infinite: that is how a training ends that comes apart.
    if not (math.isfinite(metrics["learning_rate"]) and metrics["clipped"] in (0.0, 1.0)):
        raise ValueError("its learning rate or its clipping makes no sense")
    for name in SHARES & metrics.keys():
        if not 0.0 <= metrics[name] <= 1.000001:
            raise ValueError(f"the number {name!r} is no share from 0 to 1")
