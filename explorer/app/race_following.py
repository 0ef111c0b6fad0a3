"""All runs of a race under one hand: each contestant has a run of its own, and commands go to all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from explorer.app.following import ACTIVE, Following, follow, restart
from explorer.runs.report import Report
from explorer.sequence.race.contestant import Contestant

ORDER = ("preparing", "playing", "catching up", "paused", "ready", "finished", "failed")
"""States of several runs: the first that one of them is in is that of all. One that failed stops nobody."""


@dataclass(slots=True)
class Starters:
    """The page's hold on its runs, by the names of `entries.ENTRIES`."""

    runs: Mapping[str, Following[Contestant]]

    def reports(self) -> dict[str, Report]:
        """What the engine says of each; raises UnknownRun when one was dropped."""
        return {name: run.report() for name, run in self.runs.items()}

    def command(self, action: str, **details: Any) -> None:
        """Pass a command on to every run that can still do something."""
        for run in self.runs.values():
            run.command(action, **details)


def together(reports: Mapping[str, Report]) -> Report:
    """The report of all runs: where the first of them is, and what most of them do."""
    every = list(reports.values())
    state = next(state for state in ORDER if any(one.state == state for one in every))
    first = max(every, key=lambda one: one.position)
    return replace(first, state=state, frames=(), seconds=(), pending=any(one.pending for one in every),
                   steps_per_second=sum(one.steps_per_second for one in every))  # fmt: skip


def starters(page: str, contestants: Mapping[str, Contestant]) -> Starters:
    """The runs there are for these contestants, and new ones for the others; those of no contestant go.

    One that comes late to a race that is on begins at once.

    Raises
    ------
    TooManyRuns
        When no further run can be watched now; the text says what to do.
    """
    before: tuple[str, ...] = st.session_state.get(f"{page}:starters", ())
    for name in set(before) - set(contestants):
        restart(key(page, name))
    st.session_state[f"{page}:starters"] = tuple(contestants)
    old = {name: st.session_state.get(f"{key(page, name)}:run") for name in contestants}
    runs = {name: follow(key(page, name), one) for name, one in contestants.items()}
    found = Starters(runs)
    new = [name for name, run in runs.items() if run is not old[name]]
    if new and len(new) < len(runs):
        others = [runs[name].report().state for name in runs if name not in new]
        if any(state in ACTIVE - {"preparing"} for state in others):
            for name in new:
                runs[name].command("play")
    return found


def start_over(page: str) -> None:
    """Let go of all runs, so that new ones begin."""
    for name in st.session_state.get(f"{page}:starters", ()):
        restart(key(page, name))


def key(page: str, name: str) -> str:
    """The prefix under which a contestant's run is kept."""
    return f"{page}.{name}"


def was_lost(page: str, contestants: Mapping[str, Contestant]) -> bool:
    """Whether a run was dropped by the engine since this was last asked."""
    flags = [st.session_state.pop(f"{key(page, name)}:lost", False) for name in contestants]
    return any(flags)


def is_too_late(page: str, contestants: Mapping[str, Contestant]) -> bool:
    """Whether a setting was changed after the end of a run."""
    return any(st.session_state.get(f"{key(page, name)}:too_late") for name in contestants)
