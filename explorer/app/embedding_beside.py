"""Two maps over the same words: the second turned onto the first, and the words that stand elsewhere."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.drawn import drawn
from explorer.app.embedding_map import (
    NOWHERE,
    draw_scene,
    follow_click,
    followed_row,
    map_view,
    nearest_rows,
    scene_of,
)
from explorer.app.embedding_still import shown_vectors, steady
from explorer.app.embedding_view import View
from explorer.app.notes import note
from explorer.embedding.experiment import ALGORITHM_TITLES
from explorer.figures.canvas import Spec
from explorer.figures.moving_map import GLIDE, Scene, moving_map, written_words
from explorer.figures.pair_of_maps import agreement, chance_agreement, moved_most, pair_notice, turned_onto
from explorer.figures.word_plane import share_along

HEIGHT, PRESENTED = 440, 540
WIDTH = 430
"""Pixels that each map has at least."""


@dataclass(frozen=True, slots=True, eq=False)
class Maps:
    """Both figures and the sentence below them."""

    version: Hashable
    left: Spec
    right: Spec
    sentence: str


def beside_view(page: str, view: View, other: View | None) -> None:
    """Draw both maps; only the first as long as the second has no picture."""
    if other is None:
        map_view(page, view)
        st.caption("The second run is getting ready ...")
        return
    followed = followed_row(page, view)
    both = [(one.run.name, one.shown.step, one.pictures[-1].step) for one in (view, other)]
    version = (*both, view.look, followed, presentation.is_on(), current_theme(), view.moves, other.moves)
    maps: Maps | None = st.session_state.get(f"{page}:maps")
    if maps is None or maps.version != version:
        maps = st.session_state[f"{page}:maps"] = _maps(page, view, other, followed, version)
    left, right = st.columns(2, gap="small")
    with left:
        here = drawn(page, "map-left", version, lambda: (maps.left, []), f"map-{view.run.base.algorithm}", select=True)
    with right:
        there = drawn(
            page, "map-right", version, lambda: (maps.right, []), f"map-{other.run.base.algorithm}", select=True
        )
    note(f"{page}_pair", maps.sentence)
    follow_click(page, here or there)


def _maps(page: str, view: View, other: View, followed: int | None, version: Hashable) -> Maps:
    still = steady(page, view)
    every = np.arange(len(view.shown.arrays["input"]))  # more words than are shown: what fits is less by chance
    one, two = shown_vectors(view, view.shown, every), shown_vectors(other, other.shown, every)
    first, second = one[still.rows], turned_onto(two, one)[still.rows]
    alike = agreement(first, second)
    places = still.plane.project(second)
    scene = scene_of(view, still, still.plane.project(first), first, followed, places)
    shape = (WIDTH, PRESENTED if presentation.is_on() else HEIGHT)
    titles = [_title(one) for one in (view, other)]
    moves = view.moves or other.moves
    left = draw_scene(still, scene, shape, titles[0], moves)
    there = _moved(scene, places, second, alike)
    written = written_words(there, current_theme(), shape, still.written)  # so that one finds the same words again
    right = moving_map.spec(
        there, written, current_theme(), height=shape[1], title=titles[1], glide=still.glide if moves else GLIDE
    )
    return Maps(version, left, right, pair_notice(scene.words, alike, chance_agreement(one, two), *titles))


def _title(view: View) -> str:
    """How a run is called beside another."""
    base = view.run.base
    side = ", contexts" if view.side == "output" else ""
    return f"{ALGORITHM_TITLES[base.algorithm]}, {base.dimensions} dimensions{side}"


def _moved(scene: Scene, places: np.ndarray, vectors: np.ndarray, alike: np.ndarray) -> Scene:
    """The second map: lines lead to the words that moved most from where the first map has them."""
    near = () if scene.followed is None else nearest_rows(vectors, scene.followed)
    moved = moved_most(alike)
    return replace(
        scene, places=places, explained=share_along(places, vectors), path=NOWHERE, near=near, moved=moved,
        origins=scene.places[moved],
    )  # fmt: skip
