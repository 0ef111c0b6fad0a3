"""Open a saved run of a tagger. Anybody may have written the file: see `explorer.runs.opening`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from explorer.applications.entities.experiment import EntityExperiment
from explorer.frame import Frame
from explorer.runs.opening import Check, Opened, opened

if TYPE_CHECKING:
    from explorer.applications.entities.material import Material

KIND = "entities"
"""What the archive calls such a run."""
ALWAYS = frozenset({"loss", "gradient_norm", "clipped", "learning_rate"})
MEASURED = ("f1", "f1_low", "f1_high", "precision", "recall")


def open_run(data: bytes) -> Opened[EntityExperiment]:
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
    return opened(data, KIND, EntityExperiment, _checks, "the untrained tagger")


def _checks(experiment: EntityExperiment, frames: Sequence[Frame]) -> Check:
    """Each frame, as the experiment would have made it."""
    from explorer.applications.entities.model import load_tagger
    from explorer.sequence.weights import fill

    tagger = load_tagger(experiment, frames[0].weights)
    material = tagger.reader.material

    def check(frame: Frame) -> None:
        check_metrics(frame.metrics, material)
        if frame.arrays:
            check_arrays(frame.arrays, material)
        if frame.weights is not None:
            fill(tagger, frame.weights)

    return check


def check_metrics(metrics: Mapping[str, float], material: Material) -> None:
    """That the numbers of a frame are those a training gives.

    Raises
    ------
    ValueError
        Says which number is wrong.
    """
    from explorer.applications.entities.examination import ENDS

    known = {name + end for end in ENDS[: len(material.parts)] for name in MEASURED} | {"unseen_recall"}
    missing, unknown = ALWAYS - metrics.keys(), metrics.keys() - ALWAYS - known
    if missing or unknown:
        strange = min(missing or unknown)
        raise ValueError(f"the number {strange[:40]!r} is {'missing' if missing else 'unknown'}")
    # A loss or norm may be infinite: that is how a training ends that comes apart.
    if not (math.isfinite(metrics["learning_rate"]) and metrics["clipped"] in (0.0, 1.0)):
        raise ValueError("its learning rate or its clipping makes no sense")
    if not all(0.0 <= metrics[name] <= 1.0 for name in known & metrics.keys()):
        raise ValueError("one of its shares is not between 0 and 1")


def check_arrays(arrays: Mapping[str, np.ndarray], material: Material) -> None:
    """That there is a tag, and how sure it is, for each held-out word; raises ValueError."""
    words = sum(len(one.words) for one in material.held_out)
    if arrays.keys() != {"tags", "sure"}:
        raise ValueError("its arrays are not those of a tagger")
    for name, kind in (("tags", "int32"), ("sure", "float32")):
        if (str(arrays[name].dtype), arrays[name].shape) != (kind, (words,)):
            raise ValueError(f"the array {name!r} does not fit the {words:,} held-out words")
    if not (arrays["tags"].min() >= 0 and arrays["tags"].max() < len(material.tags)):
        raise ValueError("the array 'tags' names tags that do not exist")
    if not (np.isfinite(arrays["sure"]).all() and arrays["sure"].min() >= 0 and arrays["sure"].max() <= 1.001):
        raise ValueError("the array 'sure' holds values that are no probabilities")
