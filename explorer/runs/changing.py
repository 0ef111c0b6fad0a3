"""A change mid-run, and the list of changes that with the experiment is the whole run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from explorer.frame import Change
from explorer.runs.register import Register
from explorer.runs.run import Run

TOO_LATE = "This run is at its end, so a change has no effect any more. Reset it to go on from the start."


def change(register: Register, run: Run, field: str, value: Any, now: float) -> None:
    """Let a run use another value from its next step on.

    The only user of a course, at its tip, changes it in place. Otherwise the run moves to a course of its own that
    is computed again up to here: the same to the bit, and those who shared the old one notice nothing.
    A run that failed goes back to before the step that led there, where it is known, and makes it anew.

    Raises
    ------
    ValueError
        When the run is at its end.
    """
    course, state = run.course, run.state()
    if state == "finished":
        raise ValueError(TOO_LATE)
    run.settle() if state != "failed" else run.pause()
    again = course.again if state == "failed" else None
    at = again or run.position + 1
    in_place = course.alive and course.runs == [run] and run.position == max(0, course.tip)
    if in_place and course.underway:
        at = max(at, course.made + 2)  # the step that has begun is too late
    changes = revised(course.experiment, course.changes, Change(at, field, value))
    if in_place and register.joinable(run, changes) is None:
        register.amend(course, changes)
    elif changes != course.changes:
        if again:
            run.go_back(again - 1)
        stepping, run.until = run.until is not None, None
        register.divert(run, changes)
        run.catch_up()
        if stepping:  # the step asked for before the change is made with it
            run.step()
    if run.playing:
        run.play(now)


def revised(experiment: Any, changes: Sequence[Change], change: Change) -> list[Change]:
    """The list after a visitor at the step before ``change.step`` has made one more change.

    What was to change later is dropped: the visitor has gone back and decides anew. Of several changes of one
    field at one step the last wins, and a change to the value already in force is none.
    """
    kept = [old for old in changes if old.step <= change.step and (old.step, old.field) != (change.step, change.field)]
    if in_force(experiment, kept, change.field) != change.value:
        kept.append(change)
    return kept


def in_force(experiment: Any, changes: Sequence[Change], field: str) -> Any:
    """The value of a field after all the changes."""
    values = [change.value for change in changes if change.field == field]
    return values[-1] if values else getattr(experiment, field, None)


def checked(experiment: Any, changes: Sequence[Change]) -> list[Change]:
    """Changes from a file or a link, in order of their steps.

    Raises
    ------
    ValueError
        When the experiment does not admit one of them.
    """
    if not hasattr(experiment, "check_change"):
        return list(changes)
    return [
        Change(change.step, change.field, experiment.check_change(change.field, change.value))
        for change in sorted(changes, key=lambda change: change.step)
    ]
