"""`Standing`: all that is drawn of a race at one moment; from reports to lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.app.ensemble import Ensemble
from explorer.figures.input_reach import Hearing
from explorer.figures.lanes import Lane
from explorer.frame import Frame
from explorer.runs.report import Report
from explorer.sequence.race import Race
from explorer.sequence.race.entries import ENTRIES
from explorer.sequence.race.published import Published, published

if TYPE_CHECKING:
    from explorer.sequence.tasks import Task


LONGEST = 20
"""Letters of a metric's name that a button has room for."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What the contestants are compared by.

    Attributes
    ----------
    metric : str
        Of a frame.
    name, short : str
        In words, and in few words.
    lower : bool
        Whether less is better.
    share : bool
        Whether it is a share of answers, shown in per cent.
    log : bool
        Whether its axis is logarithmic.
    rules : tuple of (str, float)
        Simple rules and what they give; the first is the one to beat.
    """

    metric: str
    name: str
    short: str
    lower: bool
    share: bool
    log: bool
    rules: tuple[tuple[str, float], ...]

    @property
    def baseline(self) -> float:
        """What the rule to beat gives."""
        return self.rules[0][1]


def measures(task: Task) -> dict[str, Measure]:
    """By what a race on this task can be judged, by metric; the first is the usual one."""
    number = task.labels is None
    rules = (task.baseline, *(one for one in task.baselines if one is not task.baseline))
    scores, losses = (tuple((one.name, getattr(one, kind)) for one in rules) for kind in ("score", "loss"))
    data = "held-out " if task.held_out() is not None else ""
    said = "error" if task.metric == "mean squared error" else task.metric
    score = Measure(
        "score", f"{data}{said}", f"{data}{said if len(said) <= LONGEST else 'error'}",
        task.better == "lower", task.metric == "accuracy", number, scores,
    )  # fmt: skip
    held = Measure("held_out", "held-out loss", "held-out loss", True, False, number, losses)
    training = Measure("loss", "training loss", "training loss", True, False, number, losses)
    same = number and task.metric == "mean squared error"  # then score and loss are one number
    found = [score, *([held] if data and not same else []), training]
    return {one.metric: one for one in found}


@dataclass(frozen=True, slots=True)
class Standing:
    """A race at one moment.

    Attributes
    ----------
    reports : mapping of str to Report
        By the names of `entries.ENTRIES`.
    """

    race: Race
    starters: Ensemble
    reports: Mapping[str, Report]

    @property
    def task(self) -> Task:
        """What is learned; only once it is there, for making it may take a while."""
        from explorer.sequence.tasks import make_task

        return make_task(next(iter(self.starters.members.values())).base)

    def published(self, measure: Measure) -> Published | None:
        """What others found, if it is of the kind that is shown; a squared error is score and loss at once."""
        known = published(self.race)
        kind = "score" if measure.metric == "score" else "loss"
        alike = known is not None and (known.measure == kind or self.task.metric == "mean squared error")
        return known if alike else None

    @property
    def ready(self) -> bool:
        """Whether every contestant has begun, or failed."""
        return all(report.frames or report.error for report in self.reports.values())

    def newest(self, name: str) -> Frame | None:
        """The last frame of a contestant that has arrays."""
        return next((frame for frame in reversed(self.reports[name].frames) if frame.arrays), None)

    def first(self, name: str) -> Frame | None:
        """The untrained network."""
        frames = self.reports[name].frames
        return frames[0] if frames else None

    def lanes(self, measure: Measure) -> list[Lane]:
        """The lines of the leading picture."""
        return [lane_of(name, report, measure.metric) for name, report in self.reports.items() if report.frames]

    def hearings(self) -> list[Hearing]:
        """The newest gradient at each input of every contestant."""
        found = [(name, self.newest(name)) for name in self.reports]
        return [
            Hearing(name, ENTRIES[name].title, frame.arrays["grad_input"]) for name, frame in found if frame is not None
        ]

    def version(self) -> tuple:
        """Equal as long as nothing new is known."""
        return tuple(
            (self.starters.members[name].name, report.position, len(report.frames), report.state == "failed")
            for name, report in self.reports.items()
        )


def lane_of(name: str, report: Report, metric: str) -> Lane:
    """One line: a metric over the kept frames of a run."""
    frames = report.frames
    nan = float("nan")
    steps = np.fromiter((frame.step for frame in frames), float, len(frames))
    values = np.fromiter((frame.metrics.get(metric, nan) for frame in frames), float, len(frames))
    several = f"{metric}_low" in frames[0].metrics
    ends = (
        [
            np.fromiter((frame.metrics.get(f"{metric}_{end}", nan) for frame in frames), float, len(frames))
            for end in ("low", "high")
        ]
        if several
        else []
    )
    return Lane(
        name, ENTRIES[name].title, steps, seconds_of(report), values, *ends, came_apart=report.state == "failed"
    )


def seconds_of(report: Report) -> np.ndarray:
    """Seconds of computing at each kept frame, since the untrained network was there: making it is no part of the race."""
    seconds = np.array(report.seconds, dtype=float)
    return seconds - seconds[0] if len(seconds) else seconds
