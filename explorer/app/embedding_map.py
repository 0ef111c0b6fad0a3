"""The leading picture: the map of a run's words, in one plane for all its moments."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.clicks import is_tick
from explorer.app.components.live_plot import Selection
from explorer.app.drawn import Drawing, drawn
from explorer.app.embedding_still import Still, path_of, shown_vectors, steady
from explorer.app.embedding_view import View
from explorer.figures.canvas import Spec
from explorer.figures.map_notices import map_notice, way_notice
from explorer.figures.moving_map import GLIDE, Scene, moving_map, written_words
from explorer.figures.word_plane import bounds, share_along, unit_rows

HEIGHT, PRESENTED = 520, 560
WIDTH = 900
"""Pixels the map has at least; decides which words fit."""
NEAREST = 5
"""Words to which lines lead from the followed one."""

NOWHERE = np.empty((0, 2))


def map_view(page: str, view: View) -> None:
    """Draw the map; a click on a word follows it."""
    followed = followed_row(page, view)
    version = (
        view.run.name,
        view.shown.step,
        view.pictures[-1].step,
        view.look,
        followed,
        presentation.is_on(),
        view.moves,
    )
    pointed = drawn(page, "map", version, lambda: _map(page, view, followed), f"map-{view.shown.step}", select=True)
    follow_click(page, pointed)


def follow_click(page: str, pointed: Selection | None) -> None:
    """Follow the word that was clicked."""
    if pointed is not None and pointed.kind == "click" and pointed.ids and isinstance(pointed.ids[0], str):
        st.session_state[f"{page}:followed"] = pointed.ids[0]
        st.rerun(scope="fragment" if is_tick() else "app")  # a click can come with a run of the whole page


def followed_row(page: str, view: View) -> int | None:
    """Which word of the map is followed: the clicked one, else the first that is watched and on the map."""
    on_map = {view.vocabulary.words[row]: i for i, row in enumerate(view.rows)}
    wanted = (st.session_state.get(f"{page}:followed"), *view.look.watched)
    return next((on_map[word] for word in wanted if word in on_map), None)


def _map(page: str, view: View, followed: int | None) -> Drawing:
    still = steady(page, view)
    vectors = shown_vectors(view, view.shown, still.rows)
    scene = scene_of(view, still, still.plane.project(vectors), vectors, followed)
    height = PRESENTED if presentation.is_on() else HEIGHT
    figure = draw_scene(still, scene, (WIDTH, height), moves=view.moves)
    return figure, [] if presentation.is_on() else [map_notice(scene, unit_rows(vectors)), way_notice(scene)]


def scene_of(
    view: View,
    still: Still,
    places: np.ndarray,
    vectors: np.ndarray,
    followed: int | None,
    others: np.ndarray = NOWHERE,
) -> Scene:
    """What the map shows of the moment; its axes have room for the `others`, places on another map, too."""
    words = [view.vocabulary.words[row] for row in still.rows]
    number = {word: i for i, word in enumerate(words)}
    watched = [number[word] for word in view.look.watched if word in number]
    path = NOWHERE if followed is None else path_of(view, still, followed)
    near = () if followed is None else nearest_rows(vectors, followed)
    before = (0.0, 0.0) if view.has_ended else still.bounds
    still.bounds = bounds(np.vstack([places, path, others]), before)
    return Scene(
        words,
        view.vocabulary.counts[still.rows],
        places,
        share_along(places, vectors),
        still.bounds,
        watched,
        followed,
        path,
        near,
    )


def nearest_rows(vectors: np.ndarray, row: int, n: int = NEAREST) -> tuple[int, ...]:
    """Rows of the nearest by cosine."""
    unit = unit_rows(vectors)
    cosines = unit @ unit[row]
    cosines[row] = -np.inf
    return tuple(int(i) for i in np.argsort(-cosines, kind="stable")[: min(n, len(cosines) - 1)])


def draw_scene(still: Still, scene: Scene, shape: tuple[float, float], title: str = "", moves: bool = True) -> Spec:
    """The figure of a scene; remembers which words it writes.

    While it `moves`, words are free of one another at both ends of their way; then more of them find room.
    """
    theme = current_theme()
    still.written = written_words(scene, theme, shape, still.written, still.places if moves else None)
    still.places = scene.seen(scene.places)
    return moving_map.spec(
        scene, still.written, theme, height=shape[1], title=title, glide=still.glide if moves else GLIDE
    )
