"""The live view of a race: the curves a few times a second, what stands below them once in a while."""

from __future__ import annotations

import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.ensemble import Ensemble, together
from explorer.app.following import ACTIVE
from explorer.app.links import safe_markdown
from explorer.app.live import KEPT_ALIVE, SIMILAR, SLOWEST
from explorer.app.process import engine
from explorer.app.race_standing import Measure, Standing, measures, seconds_of
from explorer.app.race_table import table_view
from explorer.app.status import STATES
from explorer.figures.input_reach import decades, input_reach, reach_notice
from explorer.figures.race_curves import Ghost, race_curves
from explorer.figures.race_notices import race_notice
from explorer.runs.report import Report, UnknownRun
from explorer.sequence.race import Race
from explorer.sequence.race.entries import ENTRIES
from explorer.sequence.race.published import published

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


def choose_measure(page: str, race: Race, starters: Ensemble, report: Report) -> None:
    """Draw the choice of what is compared, and whether published results are shown; nothing before the task is known."""
    if report.state == "preparing":
        return
    from explorer.sequence.tasks import make_task

    choice = measures(make_task(next(iter(starters.members.values())).base))
    with st.container(
        horizontal=True, vertical_alignment="center", key="aside_measure", width="stretch", horizontal_alignment="right"
    ):
        st.segmented_control(
            "Compare by", list(choice), default=next(iter(choice)), required=True, key=f"{page}:measure", label_visibility="collapsed",
            format_func=lambda metric: choice[metric].short if metric in choice else metric,
        )  # fmt: skip
        if published(race) is not None:
            st.toggle(
                "Published results",
                key=f"{page}:published",
                value=True,
                help="What a paper found for these architectures, as dashed lines.",
            )


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
        choice = measures(standing.task)
        measure = choice.get(st.session_state.get(f"{page}:measure"), next(iter(choice.values())))
        ghosts = bool(st.session_state.get(f"{page}:published"))
        _status(page, standing, joint)
        version = (standing.version(), measure.metric, ghosts)
        drawn(page, "curves", version, lambda: _curves(standing, measure, ghosts), "race")


def _draw_rest(page: str, race: Race, starters: Ensemble) -> None:
    with engine().attention():
        standing = _standing(race, starters)
        if not standing.ready:
            return
        st.subheader("Who hears the first input?", anchor=False)
        newest = tuple((name, frame.step) for name in standing.reports if (frame := standing.newest(name)) is not None)
        owner = tuple(run.name for run in starters.members.values())
        drawn(page, "reach", (owner, newest), lambda: _reach(page, standing, owner), "gradient-reach")
        choice = measures(standing.task)
        table_view(page, standing, next(iter(choice.values())))


def _standing(race: Race, starters: Ensemble) -> Standing:
    from explorer.sequence.tasks import make_task

    try:
        reports = starters.reports()
    except UnknownRun:
        st.rerun(scope="app")
    base = next(iter(starters.members.values())).base
    return Standing(race, starters, reports, make_task(base))


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
    with st.container(key=f"status_line_{page}"):
        st.markdown("  ·  ".join(parts))


def _curves(standing: Standing, measure: Measure, with_ghosts: bool) -> Drawing:
    lanes = standing.lanes(measure)
    known = published(standing.race) if with_ghosts else None
    ghosts = [] if known is None or not _comparable(known.measure, measure, standing) else [
        Ghost(name, ENTRIES[name].title, value) for name, value in known.values.items()
    ]  # fmt: skip
    name = standing.task.baseline.name
    figure = race_curves.spec(
        lanes, current_theme(), measure=measure.name, share=measure.share, log=measure.log or bool(ghosts) and not measure.share,
        baseline=measure.baseline, baseline_name=name, ghosts=ghosts, published=known.short if known else "",
    )  # fmt: skip
    told = race_notice(
        lanes,
        measure=measure.name,
        lower=measure.lower,
        share=measure.share,
        baseline=measure.baseline,
        baseline_name=name,
    )
    source = f"Dashed: {known.source} — {known.setting}. {known.warning}" if ghosts and known else ""
    return figure, [told, source]


def _comparable(published_as: str, measure: Measure, standing: Standing) -> bool:
    """Whether published numbers are of the kind that is shown; an error is score and loss at once."""
    kind = "score" if measure.metric == "score" else "loss"
    return published_as == kind or (standing.task.labels is None and not measure.share)


def _reach(page: str, standing: Standing, owner: tuple) -> Drawing:
    hearings = standing.hearings()
    low, high = decades(hearings)
    kept = st.session_state.get(f"{page}:decades")
    if kept is not None and kept[0] == owner:  # the axis only ever grows
        low, high = min(low, kept[1]), max(high, kept[2])
    st.session_state[f"{page}:decades"] = (owner, low, high)
    return input_reach.spec(hearings, current_theme(), low=low, high=high), [reach_notice(hearings)]


def _nothing_yet(joint: Report) -> None:
    with st.container(height=420, border=False, vertical_alignment="center", horizontal_alignment="center"):
        if joint.state == "preparing":
            st.markdown("Reading the data ...")
            st.caption("The first time this takes a few seconds. Then the untrained networks appear here.")
        elif joint.state != "failed":
            st.markdown("Building the networks ...")
