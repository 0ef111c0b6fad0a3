"""The run that belongs to what a page's controls say."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import streamlit as st

from explorer.app.process import engine
from explorer.app.visit import visit
from explorer.experiment import Experiment
from explorer.frame import Change
from explorer.runs.report import Report, UnknownRun

ACTIVE = frozenset({"preparing", "playing", "catching up"})
"""States in which a page asks again and again."""


E = TypeVar("E", bound=Experiment)


@dataclass(slots=True)
class Following(Generic[E]):
    """A page's hold on its run.

    Attributes
    ----------
    name : str
        The engine's name of the run.
    base : Experiment
        The experiment the run was started with.
    now : Experiment
        The same with the changes made since.
    changes : tuple of Change
        Those changes, as far as they are known: with `base` they are the whole run.
    """

    name: str
    base: E
    now: E
    changes: tuple[Change, ...] = ()

    def report(self) -> Report:
        """What the engine says of the run now; asking keeps it alive.

        Raises
        ------
        UnknownRun
            When it was dropped.
        """
        report = engine().frames_since(self.name, visit())
        self.changes = report.changes
        return report

    def command(self, action: str, **details: Any) -> None:
        """Pass a command on to the engine; a run that was dropped is missed when the page is drawn again."""
        with suppress(UnknownRun):
            engine().command(self.name, visit(), action, **details)


def follow(page: str, experiment: E) -> Following[E]:
    """The page's run: the one there is, with changes passed on to it, or a new one, paused.

    Raises
    ------
    TooManyRuns
        When no further run can be watched now; the text says what to do.
    """
    held: Following | None = st.session_state.get(f"{page}:run")
    if held is None or not _only_live_fields_differ(held.now, experiment):
        return _start(page, experiment)
    try:
        report = held.report()
    except UnknownRun:
        st.session_state[f"{page}:lost"] = True
        return _start(page, held.base, held.changes, held.now)
    return _pass_on_changes(page, held, experiment, report)


def restart(page: str) -> None:
    """Let go of the page's run, so that a new one begins with what the controls say."""
    _let_go(page)


def adopt(page: str, name: str, base: E, now: E) -> None:
    """Let the page follow a run that was started elsewhere (an opened file)."""
    _let_go(page)
    _hold(page, Following(name, base, now))


def _start(
    page: str,
    experiment: E,
    changes: tuple[Change, ...] = (),
    now: E | None = None,
) -> Following[E]:
    _let_go(page)
    name = engine().start(experiment, visit(), changes=changes)
    return _hold(page, Following(name, experiment, now or experiment, changes))


def _hold(page: str, held: Following[E]) -> Following[E]:
    st.session_state[f"{page}:run"] = held
    st.session_state[f"{page}:moment"] = None
    return held


def _let_go(page: str) -> None:
    held: Following | None = st.session_state.pop(f"{page}:run", None)
    if held is not None:
        engine().drop(held.name, visit())


def _only_live_fields_differ(one: Experiment, other: Experiment) -> bool:
    live = type(one).live()
    return type(one) is type(other) and all(value == getattr(other, name) for name, value in one if name not in live)


def _pass_on_changes(page: str, held: Following[E], experiment: E, report: Report) -> Following[E]:
    live = type(experiment).live()
    differing = sorted(name for name in live if getattr(held.now, name) != getattr(experiment, name))
    st.session_state[f"{page}:too_late"] = bool(differing) and report.state == "finished"
    if not differing or report.state == "finished":
        return held
    if report.position == 0 and not held.changes:
        return _start(page, experiment)
    # A change drops those that were to come later, as after a run that was dropped and begins again: say all.
    later = any(change.step > report.position for change in held.changes)
    for name in [*differing, *sorted(live - set(differing))] if later else differing:
        held.command("change", field=name, value=getattr(experiment, name))
    held.now = experiment
    return held
