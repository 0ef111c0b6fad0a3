"""The run that belongs to what a page's controls say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from explorer.app.process import engine
from explorer.app.visit import visit
from explorer.runs.report import Report, UnknownRun
from explorer.sequence import SequenceExperiment

ACTIVE = frozenset({"preparing", "playing", "catching up"})
"""States in which a page asks again and again."""


@dataclass(slots=True)
class Following:
    """A page's hold on its run.

    Attributes
    ----------
    name : str
        The engine's name of the run.
    base : SequenceExperiment
        The experiment the run was started with.
    now : SequenceExperiment
        The same with the changes made since.
    """

    name: str
    base: SequenceExperiment
    now: SequenceExperiment

    def report(self) -> Report:
        """What the engine says of the run now; asking keeps it alive."""
        return engine().frames_since(self.name, visit())

    def command(self, action: str, **details: Any) -> None:
        """Pass a command on to the engine."""
        engine().command(self.name, visit(), action, **details)


def follow(page: str, experiment: SequenceExperiment) -> Following:
    """The page's run: the one there is, with changes passed on to it, or a new one, paused.

    Raises
    ------
    TooManyRuns
        When no further run can be watched now; the text says what to do.
    """
    held: Following | None = st.session_state.get(f"{page}:run")
    if held is not None and _only_live_fields_differ(held.now, experiment):
        if _still_there(held):
            return _pass_on_changes(page, held, experiment)
        st.session_state[f"{page}:lost"] = True
    return _start(page, experiment)


def restart(page: str) -> None:
    """Begin the page's run again, with the settings as they are now."""
    held: Following = st.session_state[f"{page}:run"]
    _start(page, held.now)


def adopt(page: str, name: str, base: SequenceExperiment, now: SequenceExperiment) -> None:
    """Let the page follow a run that was started elsewhere (an opened file)."""
    _let_go(page)
    st.session_state[f"{page}:run"] = Following(name, base, now)
    st.session_state[f"{page}:moment"] = None


def _start(page: str, experiment: SequenceExperiment) -> Following:
    _let_go(page)
    held = Following(engine().start(experiment, visit()), experiment, experiment)
    st.session_state[f"{page}:run"] = held
    st.session_state[f"{page}:moment"] = None
    return held


def _let_go(page: str) -> None:
    held: Following | None = st.session_state.pop(f"{page}:run", None)
    if held is not None:
        engine().drop(held.name, visit())


def _still_there(held: Following) -> bool:
    try:
        held.report()
    except UnknownRun:
        return False
    return True


def _only_live_fields_differ(one: SequenceExperiment, other: SequenceExperiment) -> bool:
    live = SequenceExperiment.live()
    return all(value == getattr(other, name) for name, value in one if name not in live)


def _pass_on_changes(page: str, held: Following, experiment: SequenceExperiment) -> Following:
    differing = [name for name in SequenceExperiment.live() if getattr(held.now, name) != getattr(experiment, name)]
    if not differing:
        return held
    if held.report().position == 0:
        return _start(page, experiment)
    for name in sorted(differing):
        held.command("change", field=name, value=getattr(experiment, name))
    held.now = experiment
    return held
