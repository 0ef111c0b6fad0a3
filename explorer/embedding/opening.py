"""Open a saved training of word vectors: what its frames must look like; the rest is `explorer.runs.opening`'s."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.embedding.experiment import EmbeddingExperiment
from explorer.frame import Frame
from explorer.runs.opening import Check, Opened, opened

KIND = "embedding"
"""What the archive calls a run of this package."""


def open_run(data: bytes) -> Opened[EmbeddingExperiment]:
    """The run that a file holds; reads and cleans its text, which can take seconds.

    Parameters
    ----------
    data : bytes
        The whole file, as saved by the app.

    Raises
    ------
    ValueError
        When it is no such file, or a part of it does not fit the rest; the text is meant for people.
    """
    return opened(data, KIND, EmbeddingExperiment, _checks, "the untrained vectors")


def _checks(experiment: EmbeddingExperiment, frames: Sequence[Frame]) -> Check:
    """Each frame, as the experiment would have made it."""
    from explorer.embedding.arrays import check_arrays, check_metrics, forms
    from explorer.embedding.training import open_weights, vocabulary

    words = len(vocabulary(experiment))
    expected = forms(experiment, words)

    def check(frame: Frame) -> None:
        check_metrics(experiment, frame.metrics)
        if frame.arrays:
            check_arrays(frame.arrays, expected, words)
        if frame.weights is not None:
            open_weights(experiment, frame.weights)

    return check
