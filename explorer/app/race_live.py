"""The live view of a race: the curves a few times a second, what stands below them once in a while."""

from __future__ import annotations

import streamlit as st

from explorer.app.ensemble import Ensemble, together
from explorer.app.following import ACTIVE
from explorer.app.links import safe_markdown
from explorer.app.live import KEPT_ALIVE, SIMILAR, SLOWEST
from explorer.app.process import engine
from explorer.app.race_pictures import curves_view, reach_view
from explorer.app.race_standing import Measure, Standing, measures, seconds_of
from explorer.app.race_table import table_view
from explorer.app.status import STATES
from explorer.runs.report import Report, UnknownRun
from explorer.sequence.race import Race
from explorer.sequence.race.entries import ENTRIES

EVERY, EACH = 0.28, 0.07
"""Seconds between two drawings of the curves: alone on the server, and what each further race adds."""
SELDOM = 4.0
"""How much more seldom the rest is drawn."""


def race_view(page: str, race: Race, starters: Ensemble, report: Report) -> None:
    """Draw the race, again and again while something is under way.

    Parameters
    ----------
    page : str
        Prefix of keys and state.
    report : Report
        The state of affairs, of all together, that the rest of the page was drawn with.
    """
    every = interval(report, len(starters.members))
    known = (report.state, every)
    st.fragment(_draw_curves, run_every=every)(page, race, starters, known)
    st.fragment(_draw_rest, run_every=min(every * SELDOM, KEPT_ALIVE))(page, race, starters)


def interval(report: Report, runs: int) -> float:
    """Seconds until the curves are drawn again; races of others, who share this server, make it more seldom."""
    if not (report.pending or report.state in ACTIVE):
        return KEPT_ALIVE
    others = max(0, report.watched_runs - runs)
    return min(EVERY + EACH * others, SLOWEST)


def _draw_curves(page: str, race: Race, starters: Ensemble, drawn_with: tuple[str, float]) -> None:
    with engine().attention():
        standing = _standing(race, starters)
        joint = together(list(standing.reports.values()))
        state, every = drawn_with
        if joint.state != state or not every / SIMILAR < interval(joint, len(starters.members)) < every * SIMILAR:
            st.rerun(scope="app")
        _say_what_failed(standing)
        if not standing.ready:
            _nothing_yet(joint)
            return
        with st.container(key=f"bar_{page}_measure", horizontal=True, vertical_alignment="center"):
            _status(page, standing, joint)
            measure, with_published = _choices(page, standing)
        curves_view(page, standing, measure, with_published)


def _draw_rest(page: str, race: Race, starters: Ensemble) -> None:
    with engine().attention():
        standing = _standing(race, starters)
        if not standing.ready:
            return
        reach_view(page, standing)
        table_view(page, standing, next(iter(measures(standing.task).values())))


def _standing(race: Race, starters: Ensemble) -> Standing:
    try:
        return Standing(race, starters, starters.reports())
    except UnknownRun:
        st.rerun(scope="app")


def _choices(page: str, standing: Standing) -> tuple[Measure, bool]:
    """Draw the choice of what is compared, and whether published results are shown. In the part that is live: it answers at once."""
    found = measures(standing.task)
    metric = st.segmented_control(
        "Compare by", list(found), default=next(iter(found)), required=True, key=f"{page}:measure:{standing.race.task}",
        label_visibility="collapsed", format_func=lambda metric: found[metric].short, width="content",
    )  # fmt: skip
    if standing.published(found[metric]) is None:
        return found[metric], False
    told = "What a paper found for these architectures, as dashed lines."
    return found[metric], st.toggle("Published results", True, key=f"{page}:published", help=told, width="content")


def _say_what_failed(standing: Standing) -> None:
    """One contestant that comes apart is told of; the others race on."""
    for name, report in standing.reports.items():
        if report.error:
            st.warning(f"**{ENTRIES[name].title}** is out. {safe_markdown(report.error)}", icon=":material/flag:")


def _status(page: str, standing: Standing, joint: Report) -> None:
    parts = [f"**{STATES[joint.state]}**"]
    made = [report.position for report in standing.reports.values()]
    parts.append(f"update {min(made):,}" if min(made) == max(made) else f"updates {min(made):,} to {max(made):,}")
    seconds = [seconds_of(report)[-1] for report in standing.reports.values() if report.seconds]
    parts.append(f"{min(seconds, default=0):,.0f} to {max(seconds, default=0):,.0f} s of computing each")
    pace = sum(report.steps_per_second for report in standing.reports.values())
    if pace:
        parts.append(f"{pace:,.0f} updates/s")
    others = joint.watched_runs - sum(report.state in ACTIVE for report in standing.reports.values())
    if others > 0:
        parts.append(f"{others} more {'run shares' if others == 1 else 'runs share'} this server")
    with st.container(key=f"status_line_{page}", width="stretch"):
        st.markdown("  ·  ".join(parts))


def _nothing_yet(joint: Report) -> None:
    with st.container(height=420, border=False, vertical_alignment="center", horizontal_alignment="center"):
        if joint.state == "preparing":
            st.markdown("Reading the data ...")
            st.caption("The first time this takes a few seconds. Then the untrained networks appear here.")
        elif joint.state != "failed":
            st.markdown("Building the networks ...")
