"""Open a saved run. Anybody may have written the file: it is checked against its own experiment, and opened whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import ValidationError

from explorer.experiment import Experiment, explain
from explorer.frame import Change, Frame
from explorer.runs.archive import read

E = TypeVar("E", bound=Experiment)
MOST_WORDS = 300
"""Longest complaint about a file's settings, in characters."""


@dataclass(frozen=True, slots=True)
class Opened(Generic[E]):
    """A run out of a file.

    Attributes
    ----------
    experiment : Experiment
        What the run was started with.
    now : Experiment
        The same with all changes made.
    changes : tuple of Change
        In the order of their steps.
    frames : tuple of Frame
        What was kept of its history; the first is step 0, with arrays and weights.
    """

    experiment: E
    now: E
    changes: tuple[Change, ...]
    frames: tuple[Frame, ...]


Check = Callable[[Frame], None]
"""Raises ValueError when a frame is none that the experiment could have made."""


def opened(
    data: bytes, kind: str, cls: type[E], checks: Callable[[E, Sequence[Frame]], Check], start: str
) -> Opened[E]:
    """The run that a file holds.

    Parameters
    ----------
    data : bytes
        The whole file.
    kind : str
        What the file has to say it holds.
    cls : type
        The kind's experiment, with `steps`.
    checks : callable
        Given the experiment and all frames, what looks at each frame.
    start : str
        What every run begins with, in words: "the untrained network".

    Raises
    ------
    ValueError
        When it is no such file, or a part of it does not fit the rest; the text is meant for people.
    """
    archive = read(data, kind)
    experiment = _experiment(cls, archive.experiment_json)
    changes = tuple(_checked(experiment, archive.changes))
    now = experiment.replace(**{change.field: change.value for change in changes})
    _check_steps(experiment, archive.frames, start)
    _check_frames(archive.frames, checks(experiment, archive.frames))
    return Opened(experiment, now, changes, archive.frames)


def _experiment(cls: type[E], text: str) -> E:
    try:
        return cls.model_validate_json(text)
    except ValidationError as error:
        said = _printable(" ".join(explain(error)[:3]))[:MOST_WORDS]
        raise ValueError(f"The settings in this file are not admissible here. {said}") from None


def _checked(experiment: Experiment, changes: Iterable[Change]) -> Iterator[Change]:
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


def _check_steps(experiment: Experiment, frames: Sequence[Frame], start: str) -> None:
    """The archive has seen to it that the steps increase."""
    if not frames or frames[0].step != 0 or not frames[0].arrays or frames[0].weights is None:
        raise ValueError(f"This file lacks {start}, with which every run begins.")
    if frames[-1].step > experiment.steps:
        raise ValueError(f"This file has a step {frames[-1].step:,}; its training ends after {experiment.steps:,}.")


def _check_frames(frames: Sequence[Frame], check: Check) -> None:
    for frame in frames:
        try:
            check(frame)
        except ValueError as error:
            said = str(error).rstrip(".")
            raise ValueError(f"Step {frame.step:,} of this file does not fit its settings: {said}.") from None


def _printable(text: str) -> str:
    """Names out of a file may hold control characters, which a terminal would obey."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
