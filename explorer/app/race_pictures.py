"""The pictures of a race, each with its sentences."""

from __future__ import annotations

import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.race_standing import Measure, Standing
from explorer.figures.input_reach import decades, input_reach, reach_notice
from explorer.figures.race_curves import Ghost, race_curves
from explorer.figures.race_notices import race_notice
from explorer.sequence.race.entries import ENTRIES
from explorer.sequence.race.published import Published


def curves_view(page: str, standing: Standing, measure: Measure, with_published: bool) -> None:
    """The leading picture: every contestant after equally many updates, and after equal time."""
    known = standing.published(measure) if with_published else None
    version = (standing.version(), measure.metric, known is not None)
    drawn(page, "curves", version, lambda: _curves(standing, measure, known), "race")


def _curves(standing: Standing, measure: Measure, known: Published | None) -> Drawing:
    lanes, (rule, baseline) = standing.lanes(measure), measure.rules[0]
    ghosts = [Ghost(name, ENTRIES[name].title, value) for name, value in known.values.items()] if known else []
    figure = race_curves.spec(
        lanes, current_theme(), measure=measure.name, share=measure.share, log=measure.log, rules=measure.rules,
        ghosts=ghosts, published=known.short if known else "",
    )  # fmt: skip
    told = race_notice(
        lanes,
        measure=measure.name,
        lower=measure.lower,
        share=measure.share,
        baseline=baseline,
        baseline_name=rule,
    )
    return figure, [told, f"Dashed: {known.source}; {known.setting}. {known.warning}" if known else ""]


def reach_view(page: str, standing: Standing) -> None:
    """The gradient at each input, of the newest pictures; nothing where there is a single input."""
    if all(len(one.norms) < 2 for one in standing.hearings()):
        return
    st.subheader("Who hears the first input?", anchor=False)
    newest = tuple((name, frame.step) for name in standing.reports if (frame := standing.newest(name)) is not None)
    owner = standing.starters.name
    drawn(page, "reach", (owner, newest), lambda: _reach(page, standing, owner), "gradient-reach")


def _reach(page: str, standing: Standing, owner: str) -> Drawing:
    hearings = standing.hearings()
    low, high = decades(hearings)
    kept = st.session_state.get(f"{page}:decades")
    if kept is not None and kept[0] == owner:  # the axis only ever grows
        low, high = min(low, kept[1]), max(high, kept[2])
    st.session_state[f"{page}:decades"] = (owner, low, high)
    return input_reach.spec(hearings, current_theme(), low=low, high=high), [reach_notice(hearings)]
