"""What the engine hands back: values only, so that it could as well be on another machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from explorer.frame import Change, Frame

State = Literal["preparing", "ready", "playing", "paused", "catching up", "finished", "failed"]


@dataclass(frozen=True, slots=True)
class Report:
    """What happened in a run since it was last asked.

    Attributes
    ----------
    state : str
        ``"preparing"`` until there is a first frame, ``"ready"`` at step 0, ``"playing"`` (also while a single
        step is being made), ``"paused"``, ``"catching up"`` while known steps are computed again,
        ``"finished"``, ``"failed"``.
    position : int
        The step the visitor is at.
    tip : int
        The last step anybody has computed; above `position` where a run is looked at again.
    made : int
        The last step that has been computed here, -1 before the first. Below `position` while known steps are
        computed again: "catching up" has come so far.
    frames : tuple of Frame
        Kept frames after the step that was asked for, up to `position`, in order.
    seconds : tuple of float
        For each of these frames the seconds of computing until it was made: measured, so no two runs agree to the
        bit. NaN for frames out of a file.
    changes : tuple of Change
        What was changed mid-run; with the experiment it says all.
    error : str or None
        Why the run failed, in words for the visitor. It may hold the visitor's own words: plain text, no Markdown.
    steps_per_second : float
        Over about the last two seconds; 0 while nothing moves.
    watched_runs : int
        Runs that are watched and play: they share this server's time now.
    last_step : int or None
        Where the training ends, if that is known.
    pending : bool
        Something is under way: ask again soon. False where only the visitor can make a difference.
    """

    state: State
    position: int
    tip: int
    made: int
    frames: tuple[Frame, ...]
    seconds: tuple[float, ...]
    changes: tuple[Change, ...]
    error: str | None
    steps_per_second: float
    watched_runs: int
    last_step: int | None
    pending: bool


@dataclass(frozen=True, slots=True)
class Stats:
    """The engine in four numbers."""

    runs: int
    watched_runs: int
    courses: int
    steps_per_second: float


class TooManyRuns(RuntimeError):
    """There is no room for another run; the text says what to do."""


class UnknownRun(LookupError):
    """There is no run of that name (any more)."""


class NotYours(PermissionError):
    """The run belongs to another visit."""


def excuse(error: BaseException) -> str:
    """What a visitor reads about an exception.

    A `ValueError` is meant for people; anything else is a fault of the program and only its kind is told.
    """
    if isinstance(error, ValueError) and str(error):
        return str(error)
    return (
        f"Something went wrong inside the program ({type(error).__name__}). "
        "The steps so far are kept; reset the run or start it with other settings."
    )
