"""A saved training of word vectors, opened again.

The file may come from anybody: its experiment, its changes and every frame are checked before anything is believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from explorer.embedding.experiment import EmbeddingExperiment
from explorer.experiment import explain
from explorer.frame import Change, Frame
from explorer.runs.archive import read

KIND = "embedding"
"""What the archive calls a run of this package."""
MOST_WORDS = 300
"""Longest complaint about a file's settings, in characters."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A run out of a file.

    Attributes
    ----------
    experiment : EmbeddingExperiment
        What the run was started with.
    now : EmbeddingExperiment
        The same with all changes made.
    changes : tuple of Change
        In the order of their steps.
    frames : tuple of Frame
        What was kept of its history; the first is step 0, with arrays and weights.
    """

    experiment: EmbeddingExperiment
    now: EmbeddingExperiment
    changes: tuple[Change, ...]
    frames: tuple[Frame, ...]


def open_run(data: bytes) -> Opened:
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
    archive = read(data, KIND)
    experiment = _experiment(archive.experiment_json)
    changes = tuple(_checked(experiment, archive.changes))
    now = experiment.replace(**{change.field: change.value for change in changes})
    _check_steps(experiment, archive.frames)
    _check_frames(experiment, archive.frames)
    return Opened(experiment, now, changes, archive.frames)


def _experiment(text: str) -> EmbeddingExperiment:
    try:
        return EmbeddingExperiment.model_validate_json(text)
    except ValidationError as error:
        said = _printable(" ".join(explain(error)[:3]))[:MOST_WORDS]
        raise ValueError(f"The settings in this file are not admissible here. {said}") from None


def _checked(experiment: EmbeddingExperiment, changes: Iterable[Change]) -> Iterator[Change]:
    before = 1
    for change in changes:
        # A change can be made while the last step is under way, and then comes too late.
        if not before <= change.step <= experiment.steps + 1:
            raise ValueError(f"This file has a change at step {change.step:,}, which is out of order or out of range.")
        before = change.step
        try:
            value = experiment.check_change(change.field, change.value)
        except ValueError as error:
            said = _printable(str(error))[:MOST_WORDS]
            raise ValueError(f"This file has a change that is not possible. {said}") from None
        yield Change(change.step, change.field, value)


def _check_steps(experiment: EmbeddingExperiment, frames: Sequence[Frame]) -> None:
    """The archive has seen to it that the steps increase."""
    if not frames or frames[0].step != 0 or not frames[0].arrays or frames[0].weights is None:
        raise ValueError("This file lacks the untrained vectors, with which every run begins.")
    if frames[-1].step > experiment.steps:
        raise ValueError(f"This file has a step {frames[-1].step:,}; its training ends after {experiment.steps:,}.")


def _check_frames(experiment: EmbeddingExperiment, frames: Sequence[Frame]) -> None:
    """Each frame, as the experiment would have made it."""
    from explorer.embedding.arrays import check_arrays, check_metrics, forms
    from explorer.embedding.training import open_weights, vocabulary

    words = len(vocabulary(experiment))
    expected = forms(experiment, words)
    for frame in frames:
        try:
            check_metrics(experiment, frame.metrics)
            if frame.arrays:
                check_arrays(frame.arrays, expected, words)
            if frame.weights is not None:
                open_weights(experiment, frame.weights)
        except ValueError as error:
            said = str(error).rstrip(".")
            raise ValueError(f"Step {frame.step:,} of this file does not fit its settings: {said}.") from None


def _printable(text: str) -> str:
    """Names out of a file may hold control characters, which a terminal would obey."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
