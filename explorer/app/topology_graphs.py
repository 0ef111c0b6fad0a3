"""The leading picture: the graph of the shape with an example in it, and the sentences under it."""

from __future__ import annotations

import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.clicks import is_tick
from explorer.app.drawn import Drawing, drawn
from explorer.app.topology_state import LATEST, View, choose_column, chosen_column, scene_at
from explorer.app.topology_tasks import PAGE, SHAPES
from explorer.figures.topology_graph import topology_graph
from explorer.figures.topology_notices import answer_notice, look_notice, profile_notice
from explorer.figures.topology_profile import Decades, decades_of
from explorer.figures.topology_scene import Scene

WIDTH, PRESENTED_WIDTH = 900, 1230
"""Pixels that the picture has at least, on a small screen and on a projector; decides which words fit."""


def graph_view(view: View) -> None:
    """Draw the graph; a click on a column marks it."""
    scene = scene_at(view)
    _remember(view, scene)
    decades, chosen, present = _decades(view, scene), chosen_column(view, scene), presentation.is_on()
    version = (*view.key, decades, chosen, present)
    selection = drawn(
        PAGE,
        "graph",
        version,
        lambda: _graph(scene, decades, chosen, present),
        f"{view.now.task}-step-{view.shown.step}",
        select=True,
    )
    if selection is not None and selection.ids:
        choose_column(view, int(selection.ids[0]))
        st.rerun(scope="fragment" if is_tick() else "app")


def _graph(scene: Scene, decades: Decades, chosen: int | None, present: bool) -> Drawing:
    width = PRESENTED_WIDTH if present else WIDTH
    figure = topology_graph.spec(scene, current_theme(), decades, width=width, chosen=chosen, compact=present)
    sentences = [answer_notice(scene), look_notice(scene, chosen)]
    return figure, sentences if present else [*sentences, profile_notice(scene)]


def _remember(view: View, scene: Scene) -> None:
    """Keep the scene for the row of small graphs, and its step, where it shows the world that all shapes share."""
    if view.now.task == SHAPES[view.now.shape][0] and not view.example.is_own:
        st.session_state.setdefault(LATEST, {})[view.now.shape, view.run.base.cell] = (scene, view.shown.step)


def _decades(view: View, scene: Scene) -> Decades:
    """The axis of all that was drawn of this run so far: it only ever grows."""
    owner, known = st.session_state.get(f"{PAGE}:decades", (None, None))
    wide = decades_of([scene], known if owner == view.run.name else None)
    st.session_state[f"{PAGE}:decades"] = (view.run.name, wide)
    return wide
