"""The runs of a race: one for each contestant, kept as long as that contestant stays the same."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from explorer.app.ensemble import Ensemble
from explorer.app.following import ACTIVE, follow, restart
from explorer.sequence.race.contestant import Contestant


def starters(page: str, contestants: Mapping[str, Contestant]) -> Ensemble:
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
    new = [name for name, run in runs.items() if run is not old[name]]
    if new and len(new) < len(runs):
        others = [runs[name].report().state for name in runs if name not in new]
        if any(state in ACTIVE - {"preparing"} for state in others):
            for name in new:
                runs[name].command("play")
    return Ensemble(runs)


def start_over(page: str) -> None:
    """Let go of all runs, so that new ones begin."""
    for name in st.session_state.get(f"{page}:starters", ()):
        restart(key(page, name))


def key(page: str, name: str) -> str:
    """The prefix under which a contestant's run is kept."""
    return f"{page}.{name}"


def was_lost(page: str, found: Ensemble) -> bool:
    """Whether a run stands in for one that the engine dropped, and nobody has pressed Play since."""
    reports = found.reports()
    for name in found.members:
        if reports[name].position:
            st.session_state.pop(f"{key(page, name)}:lost", None)
    return any(st.session_state.get(f"{key(page, name)}:lost") for name in found.members)


def is_too_late(page: str, contestants: Mapping[str, Contestant]) -> bool:
    """Whether a setting was changed after the end of a run."""
    return any(st.session_state.get(f"{key(page, name)}:too_late") for name in contestants)
