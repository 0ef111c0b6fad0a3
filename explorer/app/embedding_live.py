"""The live view of a training of word vectors: everything that changes while it trains, drawn in place."""

from __future__ import annotations

import streamlit as st

from explorer.app.clicks import is_tick
from explorer.app.components.scrubber import scrubber
from explorer.app.embedding_look import Look
from explorer.app.embedding_map import map_view
from explorer.app.embedding_meters import curves_view, fit_view, warn_of_collapse
from explorer.app.embedding_neighbours import neighbours_view
from explorer.app.embedding_pair import Pair, pair_view
from explorer.app.embedding_pieces import pieces_view
from explorer.app.embedding_status import quiet_line, status_line
from explorer.app.embedding_view import View, view_of
from explorer.app.links import safe_markdown
from explorer.app.live import SIMILAR, interval
from explorer.app.process import engine
from explorer.runs.report import Report, UnknownRun


def training_view(page: str, pair: Pair, look: Look, report: Report, ready: bool) -> None:
    """Draw the run, and one beside it, again and again while something is under way.

    Parameters
    ----------
    page : str
        Prefix of keys and state.
    pair : Pair
        The page's hold on its run and on the one beside it, if there is one.
    look : Look
        What is looked at.
    report : Report
        The state of affairs that the rest of the page was drawn with.
    ready : bool
        Whether there were words when the controls were drawn; that can be earlier than `report`.
    """
    every = interval(report)
    st.fragment(_draw, run_every=every)(page, pair, look, (report.state, every, ready))


def _draw(page: str, pair: Pair, look: Look, drawn_with: tuple[str, float, bool]) -> None:
    with engine().attention():
        try:
            first, second, joint = pair.reports()
        except UnknownRun:
            st.rerun(scope="app")
        state, every, ready = drawn_with
        unready = not ready and any(frame.arrays for frame in first.frames)
        if unready or joint.state != state or not every / SIMILAR < interval(joint) < every * SIMILAR:
            st.rerun(scope="app")
        _show(page, pair, look, first, second)


def _show(page: str, pair: Pair, look: Look, report: Report, second: Report | None) -> None:
    for one in (report, second):
        if one is not None and one.error:
            st.error(safe_markdown(one.error), icon=":material/error:")
    moment = st.session_state.get(f"{page}:moment")
    share = None if moment is None else moment / (report.last_step or pair.first.base.steps)
    view = view_of(page, pair.first, report, look, share)
    if view is None:
        _nothing_yet(report)
        return
    status_line(page, view, second)
    if second is None:
        map_view(page, view)
    else:
        pair_view(page, pair, view, second, share)
    _scrub(page, view)
    warn_of_collapse(view)
    neighbours_view(page, view)
    curves_view(page, view)
    fit_view(page, view)
    pieces_view(page, view)
    quiet_line(page, view)


def _nothing_yet(report: Report) -> None:
    with st.container(height=420, border=False, vertical_alignment="center", horizontal_alignment="center"):
        if report.state == "preparing":
            st.markdown("Reading the text ...")
            st.caption(
                "The first time this takes a few seconds: it is cut into words, cleaned and counted. Then its words "
                "appear here."
            )
        elif report.state != "failed":
            st.markdown("Placing the words ...")


def _scrub(page: str, view: View) -> None:
    moment = st.session_state.get(f"{page}:moment")
    stops = [frame.step for frame in view.pictures]
    shown = None if moment is None else view.shown.step
    chosen = scrubber(view.report.position, view.last_step, stops, shown, key=f"{page}:scrubber")
    if chosen != shown:
        st.session_state[f"{page}:moment"] = chosen
        st.rerun(scope="fragment" if is_tick() else "app")  # a wish can come with a run of the whole page
