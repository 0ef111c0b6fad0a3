"""The live part of the page: everything that changes while taggers train, drawn in place a few times a second."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from explorer.app import presentation
from explorer.app.clicks import is_tick
from explorer.app.components.scrubber import scrubber
from explorer.app.ensemble import Ensemble, ensemble_of, together
from explorer.app.entities_list import list_view
from explorer.app.entities_scores import curves_view
from explorer.app.entities_sentence import sentence_view
from explorer.app.entities_setting import PAGE, EntityView
from explorer.app.entities_state import View, views_of
from explorer.app.entities_text import text_view
from explorer.app.following import restart
from explorer.app.links import safe_markdown
from explorer.app.live import SIMILAR, interval
from explorer.app.process import engine
from explorer.app.status import STATES
from explorer.runs.report import Report, UnknownRun


def runs_of(now: EntityView) -> Ensemble:
    """The runs that belong to what the controls say; those that stood beside it before are let go."""
    members = now.members()
    held = st.session_state.get(f"{PAGE}:members", ())
    for name in set(held) - set(members):
        restart(f"{PAGE}.{name}")
    st.session_state[f"{PAGE}:members"] = tuple(members)
    runs = ensemble_of(PAGE, members)
    first, *others = (member.report() for member in runs.members.values())
    if first.state in ("playing", "catching up"):
        for name, report in zip(list(members)[1:], others, strict=True):
            if report.state == "ready":
                runs.members[name].command("play")
    return runs


def training_view(now: EntityView, runs: Ensemble, typed: str, report: Report) -> None:
    """Draw the runs again and again while something is under way.

    Parameters
    ----------
    typed : str
        A visitor's own sentence; empty for a held-out one.
    report : Report
        The state of affairs that the rest of the page was drawn with.
    """
    every = interval(report)
    st.fragment(_draw, run_every=every)(now, runs, typed, (report.state, every))


def _draw(now: EntityView, runs: Ensemble, typed: str, drawn_with: tuple[str, float]) -> None:
    with engine().attention():
        try:
            reports = runs.reports()
        except UnknownRun:
            st.rerun(scope="app")
        joint, (state, every) = together(list(reports.values())), drawn_with
        if joint.state != state or not every / SIMILAR < interval(joint) < every * SIMILAR:
            st.rerun(scope="app")
        for one in reports.values():
            if one.error:
                st.error(safe_markdown(one.error), icon=":material/error:")
        views = views_of(runs.members, reports)
        if not views:
            _nothing_yet(joint)
        else:
            _show(now, views, joint, typed)


def _show(now: EntityView, views: Mapping[str, View], joint: Report, typed: str) -> None:
    first = next(iter(views.values()))
    _status(views, joint)
    sentence_view(now, views, typed)
    _scrub(first)
    if presentation.is_on():
        return
    curves_view(views)
    list_view(now, first)
    text_view(first)


def _nothing_yet(report: Report) -> None:
    with st.container(height=420, border=False, vertical_alignment="center", horizontal_alignment="center"):
        if report.state == "preparing":
            st.markdown("Reading names and vectors ...")
            st.caption("The first time this takes a few seconds. Then the untrained tagger appears here.")
        elif report.state != "failed":
            st.markdown("Building the tagger ...")


def _status(views: Mapping[str, View], joint: Report) -> None:
    """One quiet line: where the runs stand, how well they find names, how fast it goes."""
    first = next(iter(views.values()))
    parts = [f"**{STATES[joint.state]}**", f"step {first.shown.step if first.looks_back else joint.position:,}"]
    frame = first.shown if first.looks_back else first.report.frames[-1]
    parts.append(f"training loss {frame.metrics['loss']:.3f}")
    told = [f"{name} {100 * view.shown.metrics['f1']:.0f} %" for name, view in views.items() if "f1" in view.shown.metrics]
    parts.append(f"F1 on new names: {', '.join(told)}" if first.run.base.data == "patterns" else f"held-out F1: {', '.join(told)}")
    if joint.steps_per_second:
        parts.append(f"{joint.steps_per_second:,.0f} steps/s")
    if joint.watched_runs > len(views):
        parts.append(f"{joint.watched_runs} runs share this server")
    with st.container(key=f"status_line_{PAGE}"):
        st.markdown("  ·  ".join(parts))


def _scrub(view: View) -> None:
    moment = st.session_state.get(f"{PAGE}:moment")
    stops = [frame.step for frame in view.pictures if frame.weights]
    shown = None if moment is None else view.shown.step
    chosen = scrubber(view.report.position, view.last_step, stops, shown, key=f"{PAGE}:scrubber")
    if chosen != shown:
        st.session_state[f"{PAGE}:moment"] = chosen
        st.rerun(scope="fragment" if is_tick() else "app")  # a wish can come with a run of the whole page
