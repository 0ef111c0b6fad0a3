"""Several runs that play together: what is said to one of them is said to all, and they are looked at side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from explorer.app.following import Following, follow, restart
from explorer.app.links import safe_markdown
from explorer.app.starting import ready_run
from explorer.experiment import Experiment
from explorer.runs.report import Report, TooManyRuns

ORDER = ("preparing", "playing", "catching up", "paused", "ready", "finished", "failed")
"""States of several runs: the first that one of them is in is that of all. One that failed does not stop the others."""


@dataclass(slots=True)
class Ensemble:
    """A page's hold on its runs, by name; commands go to all of them."""

    members: dict[str, Following]

    @property
    def name(self) -> str:
        """Tells these runs from any that the page had before."""
        return " ".join(member.name for member in self.members.values())

    def reports(self) -> dict[str, Report]:
        """What the engine says of each; raises UnknownRun when one was dropped."""
        return {key: member.report() for key, member in self.members.items()}

    def command(self, action: str, **details: Any) -> None:
        """Pass a command on to all runs."""
        for member in self.members.values():
            member.command(action, **details)


def ensemble_of(page: str, experiments: Mapping[str, Experiment]) -> Ensemble:
    """The page's runs, paused if they are new; where there is no room for all, say so and end the page.

    The first is the one that "Reset" and a change of settings start anew; the others then start anew with it.
    """
    (first, experiment), *others = experiments.items()
    leader = ready_run(page, experiment)
    members = {first: leader}
    for key, other in others:
        held = f"{page}.{key}"
        if st.session_state.get(f"{held}:beside") != leader.name:
            restart(held)
            st.session_state[f"{held}:beside"] = leader.name
        try:
            members[key] = follow(held, other)
        except TooManyRuns as error:
            st.error(safe_markdown(str(error)), icon=":material/groups:")
            st.button("Try again", key=f"{page}:again")
            st.stop()
    return Ensemble(members)


def together(reports: Sequence[Report]) -> Report:
    """One report of several runs: as far as the one that is furthest, under way as long as one of them is."""
    states = {report.state for report in reports}
    state = next(state for state in ORDER if state in states)
    return replace(
        reports[0], state=state, pending=any(report.pending for report in reports),
        position=max(report.position for report in reports), watched_runs=max(report.watched_runs for report in reports),
    )  # fmt: skip
