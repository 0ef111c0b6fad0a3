"""The leading picture: the map of a run's words, the same plane for every moment, and how it is kept still."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.embedding_view import View
from explorer.figures.canvas import Spec
from explorer.figures.map_notices import map_notice, way_notice
from explorer.figures.moving_map import GLIDE, Scene, moving_map, written_words
from explorer.figures.word_plane import WordPlane, bounds, share_along, unit_rows, word_plane

HEIGHT, PRESENTED = 520, 560
WIDTH = 900
"""Pixels the map has at least; decides which words fit."""
LONGEST_GLIDE = 900
"""Milliseconds: where moments come seldom, words are on their way all the time."""
NEAREST = 5
"""Words to which lines lead from the followed one."""


NOWHERE = np.empty((0, 2))


@dataclass(slots=True, eq=False)
class Still:
    """What keeps a map from spinning, flickering and jumping.

    Attributes
    ----------
    owner : tuple
        Whose map it is.
    rows : (n,) array
        Rows of its words.
    plane : WordPlane
        Of the newest moment.
    step : int
        That moment.
    bounds : (float, float)
        Ends of the axes.
    written : (n,) bool
        Words that are written.
    middles : dict
        The middle of the words at each moment.
    glide, drawn : int, float
        Milliseconds in which words move on, and when they last began to.
    places : (n, 2) array
        Where the words are on the map now.
    """

    owner: tuple
    rows: np.ndarray
    plane: WordPlane
    step: int
    bounds: tuple[float, float]
    written: np.ndarray
    middles: dict[int, np.ndarray]
    glide: int = GLIDE
    drawn: float = 0.0
    places: np.ndarray | None = None


def map_view(page: str, view: View) -> None:
    """Draw the map; a click on a word follows it."""
    followed = followed_row(page, view)
    version = (view.run.name, view.shown.step, view.pictures[-1].step, view.look, followed, presentation.is_on(), view.moves)
    pointed = drawn(page, "map", version, lambda: _map(page, view, followed), f"map-{view.shown.step}", select=True)
    follow_click(page, pointed)


def follow_click(page: str, pointed) -> None:
    """Follow the word that was clicked."""
    if pointed is not None and pointed.kind == "click" and pointed.ids and isinstance(pointed.ids[0], str):
        st.session_state[f"{page}:followed"] = pointed.ids[0]
        st.rerun(scope="fragment")


def followed_row(page: str, view: View) -> int | None:
    """Which word of the map is followed: the clicked one, else the first that is watched and on the map."""
    on_map = {view.vocabulary.words[row]: i for i, row in enumerate(view.rows)}
    wanted = (st.session_state.get(f"{page}:followed"), *view.look.watched)
    return next((on_map[word] for word in wanted if word in on_map), None)


def _map(page: str, view: View, followed: int | None) -> Drawing:
    still = steady(page, "map", view)
    vectors = shown_vectors(view, view.shown, still.rows)
    scene = scene_of(view, still, still.plane.project(vectors), vectors, followed)
    height = PRESENTED if presentation.is_on() else HEIGHT
    figure = draw_scene(still, scene, (WIDTH, height), moves=view.moves)
    return figure, [] if presentation.is_on() else [map_notice(scene, unit_rows(vectors)), way_notice(scene)]


def shown_vectors(view: View, frame, rows: np.ndarray) -> np.ndarray:
    """The vectors as the map shows them: their directions alone, unless lengths are asked for."""
    vectors = view.vectors(frame, rows)
    return np.asarray(vectors, dtype=np.float64) if view.look.lengths else unit_rows(vectors)


def steady(page: str, name: str, view: View) -> Still:
    """The plane of the newest moment, turned as the one before."""
    rows, newest = view.rows, view.pictures[-1]
    owner = (view.run.name, view.side, view.look.lengths)
    kept: Still | None = st.session_state.get(f"{page}:still:{name}")
    if kept is not None and kept.owner != owner:
        kept = None
    if kept is not None and kept.step == newest.step and np.array_equal(kept.rows, rows):
        return kept
    previous = None if kept is None else _carried(kept.rows, kept.plane.points, rows)
    plane = word_plane(shown_vectors(view, newest, rows), previous)
    same = kept is not None and np.array_equal(kept.rows, rows)
    written = kept.written if same else np.zeros(len(rows), dtype=bool)
    least = kept.bounds if same else (0.0, 0.0)
    now, glide = time.monotonic(), GLIDE
    if same:
        glide = round(min(max(1000 * (now - kept.drawn), GLIDE), LONGEST_GLIDE))
    still = Still(owner, rows, plane, newest.step, least, written, kept.middles if same else {}, glide, now, kept.places if same else None)
    st.session_state[f"{page}:still:{name}"] = still
    return still


def _carried(old: np.ndarray, points: np.ndarray, new: np.ndarray) -> np.ndarray:
    """The places of words, for another choice of words: NaN for those that were not there."""
    place = dict(zip(old.tolist(), points, strict=True))
    return np.array([place.get(row, (np.nan, np.nan)) for row in new.tolist()]).reshape(-1, 2)


def scene_of(
    view: View, still: Still, places: np.ndarray, vectors: np.ndarray, followed: int | None, others: np.ndarray = NOWHERE
) -> Scene:
    """What the map shows of the moment; with room for the places on another map, too."""
    words = [view.vocabulary.words[row] for row in still.rows]
    number = {word: i for i, word in enumerate(words)}
    watched = [number[word] for word in view.look.watched if word in number]
    path = NOWHERE if followed is None else _path(view, still, followed)
    near = () if followed is None else nearest_rows(vectors, followed)
    before = (0.0, 0.0) if view.has_ended else still.bounds
    still.bounds = bounds(np.vstack([places, path, others]), before)
    return Scene(words, view.vocabulary.counts[still.rows], places, share_along(places, vectors), still.bounds, watched, followed, path, near)


def nearest_rows(vectors: np.ndarray, row: int, n: int = NEAREST) -> tuple[int, ...]:
    """Rows of the nearest by cosine."""
    unit = unit_rows(vectors)
    cosines = unit @ unit[row]
    cosines[row] = -np.inf
    return tuple(int(i) for i in np.argsort(-cosines, kind="stable")[: min(n, len(cosines) - 1)])


def _path(view: View, still: Still, row: int) -> np.ndarray:
    """Where a word stood at each kept moment up to the one shown, in the plane of the newest."""
    frames = [frame for frame in view.pictures if frame.step <= view.shown.step]
    places = []
    for frame in frames:
        middle = still.middles.get(frame.step)
        if middle is None:
            middle = still.middles[frame.step] = shown_vectors(view, frame, still.rows).mean(axis=0)
        places.append((shown_vectors(view, frame, still.rows[[row]])[0] - middle) @ still.plane.axes)
    return np.array(places).reshape(-1, 2)


def draw_scene(still: Still, scene: Scene, shape: tuple[float, float], title: str = "", moves: bool = True) -> Spec:
    """The figure of a scene; remembers which words it writes.

    While it `moves`, words are free of one another at both ends of their way; then more of them find room.
    """
    theme = current_theme()
    still.written = written_words(scene, theme, shape, still.written, still.places if moves else None)
    still.places = scene.places
    return moving_map.spec(scene, still.written, theme, height=shape[1], title=title, glide=still.glide if moves else GLIDE)
