"""Open saved learning curves: what their frames must look like; the rest is `explorer.runs.opening`'s."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.applications.classification.experiment import ClassificationExperiment
from explorer.frame import Frame
from explorer.runs.opening import Check, Opened, opened

KIND = "classification"
"""What the archive calls such runs."""
METRICS = frozenset({"method", "size", "part", "baseline"})


def open_run(data: bytes) -> Opened[ClassificationExperiment]:
    """The run that a file holds; reads its texts, which can take seconds.

    Parameters
    ----------
    data : bytes
        The whole file, as saved by the app.

    Raises
    ------
    ValueError
        When it is no such file, or a part of it does not fit the rest; the text is meant for people.
    """
    return opened(data, KIND, ClassificationExperiment, _checks, "the empty curves")


def _checks(experiment: ClassificationExperiment, frames: Sequence[Frame]) -> Check:
    """Each frame, as the experiment would have made it."""
    from explorer.applications.classification.learning import restore
    from explorer.applications.classification.texts import labelled_texts

    data = labelled_texts(experiment)
    m, k, n = len(experiment.names), len(experiment.sizes), len(data.tests)
    forms = {
        "sizes": ("int32", (k,)), "asked": ("int32", (m,)), "draws": ("int32", (m, k)), "predicted": ("int8", (m, k, n)),
        "confidence": ("float32", (m, k, n)), **{name: ("float64", (m, k)) for name in ("accuracy", "low", "high")},
    }  # fmt: skip

    def check(frame: Frame) -> None:
        if set(frame.metrics) != METRICS or not all(map(np.isfinite, frame.metrics.values())):
            raise ValueError("a frame's numbers are not those of learning curves.")
        if frame.arrays:
            _check_arrays(frame.arrays, forms, len(data.labels))
        if frame.weights is not None:
            restore(experiment, data, frame.weights)

    return check


def _check_arrays(arrays, forms, labels: int) -> None:
    if {name: (str(array.dtype), array.shape) for name, array in arrays.items()} != forms:
        raise ValueError("a frame's arrays have other sizes than its settings give.")
    if arrays["predicted"].min() < -1 or arrays["predicted"].max() >= labels:
        raise ValueError("a frame answers with labels that do not exist.")
    for name in ("accuracy", "low", "high", "confidence"):
        values = arrays[name][np.isfinite(arrays[name])]
        if values.size and not (values.min() >= 0 and values.max() <= 1):
            raise ValueError(f"a frame's {name} is not between 0 and 1.")
