"""From what the sidebar says to runs, or a clear word on why there are none."""

from __future__ import annotations

import streamlit as st

from explorer.app.ensemble import Ensemble, together
from explorer.app.links import safe_markdown
from explorer.app.race_following import is_too_late, starters, was_lost
from explorer.runs.report import Report, TooManyRuns
from explorer.sequence.race import Race
from explorer.sequence.race.entries import ENTRIES
from explorer.sequence.race.experiment import Lineup


def line_up(page: str, race: Race) -> tuple[Ensemble, Report]:
    """The runs of all who can start, paused where they are new, and their common report; ends the page where there are none."""
    lineup = _lineup(race)
    _say_who_is_left_out(lineup)
    if not lineup.contestants:
        st.stop()
    try:
        found = starters(page, lineup.contestants)
    except TooManyRuns as error:
        st.error(safe_markdown(str(error)), icon=":material/groups:")
        st.button("Try again", key=f"{page}:again")
        st.stop()
    if was_lost(page, found):
        st.info(
            "Runs of this page were dropped, because the server needed the room or nobody looked for long. Press Play: "
            "with the same seed they are computed again, to the bit.",
            icon=":material/hourglass_disabled:",
        )
    if is_too_late(page, lineup.contestants):
        st.info(
            "Runs that have ended stay as they were. Press Reset to race anew with the new setting.",
            icon=":material/flag:",
        )
    return found, together(list(found.reports().values()))


def _lineup(race: Race) -> Lineup:
    """Who starts. Of a text it has to be read first how many words there are, which takes a moment once."""
    with st.spinner("Reading the data ...", show_time=False):
        return race.lineup()


def _say_who_is_left_out(lineup: Lineup) -> None:
    if not lineup.contestants:
        st.error(safe_markdown(next(iter(lineup.left_out.values()))), icon=":material/block:")
        return
    for name, reason in lineup.left_out.items():
        st.warning(f"**{ENTRIES[name].title}** does not start: {safe_markdown(reason)}", icon=":material/block:")
