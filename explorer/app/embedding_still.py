"""What keeps a map from spinning, flickering and jumping from one moment to the next."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from explorer.app.embedding_view import View
from explorer.figures.moving_map import GLIDE
from explorer.figures.word_plane import WordPlane, unit_rows, word_plane
from explorer.frame import Frame

LONGEST_GLIDE = 900
"""Milliseconds: where moments come seldom, words are on their way all the time."""


@dataclass(slots=True, eq=False)
class Still:
    """The plane of the newest moment, and what was drawn of the one before.

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
    middles : dict
        The middle of the words at each moment, by `View.moment_key`.
    bounds : (float, float)
        Ends of the axes.
    written : (n,) bool
        Words that are written.
    places : (n, 2) array or None
        Where the words are drawn now, see `Scene.seen`; None before they are.
    glide : int
        Milliseconds in which words move on.
    born : float
        When the newest moment came, on a clock that never goes back.
    """

    owner: tuple
    rows: np.ndarray
    plane: WordPlane
    step: int
    middles: dict[tuple, np.ndarray]
    bounds: tuple[float, float]
    written: np.ndarray
    places: np.ndarray | None
    glide: int
    born: float


def steady(page: str, view: View) -> Still:
    """The plane of the newest moment, turned as the one before; found once for each moment."""
    key, rows, newest = f"{page}:still", view.rows, view.pictures[-1]
    kept: Still | None = st.session_state.get(key)
    if kept is not None and kept.owner != _owner(view):
        kept = None
    same = kept is not None and np.array_equal(kept.rows, rows)
    if same and kept.step == newest.step:
        return kept
    previous = None if kept is None else _carried(kept.rows, kept.plane.points, rows)
    plane = word_plane(shown_vectors(view, newest, rows), previous)
    still = _moved_on(kept, plane, newest.step) if same else _fresh(view, rows, plane, newest.step)
    st.session_state[key] = still
    return still


def shown_vectors(view: View, frame: Frame, rows: np.ndarray) -> np.ndarray:
    """The vectors as the map shows them: their directions alone, unless lengths are asked for."""
    vectors = view.vectors(frame, rows)
    return np.asarray(vectors, dtype=np.float64) if view.look.lengths else unit_rows(vectors)


def path_of(view: View, still: Still, row: int) -> np.ndarray:
    """Where a word stood at each kept moment up to the one shown, in the plane of the newest, (T, 2)."""
    frames = [frame for frame in view.pictures if frame.step <= view.shown.step]
    places = [
        (shown_vectors(view, frame, still.rows[[row]])[0] - _middle(view, still, frame)) @ still.plane.axes
        for frame in frames
    ]
    return np.array(places).reshape(-1, 2)


def _owner(view: View) -> tuple:
    return view.run.name, view.side, view.look.lengths


def _moved_on(kept: Still, plane: WordPlane, step: int) -> Still:
    now = time.monotonic()
    glide = round(min(max(1000 * (now - kept.born), GLIDE), LONGEST_GLIDE))
    return replace(kept, plane=plane, step=step, glide=glide, born=now)


def _fresh(view: View, rows: np.ndarray, plane: WordPlane, step: int) -> Still:
    nothing = np.zeros(len(rows), dtype=bool)
    return Still(_owner(view), rows, plane, step, {}, (0.0, 0.0), nothing, None, GLIDE, time.monotonic())


def _carried(old: np.ndarray, points: np.ndarray, new: np.ndarray) -> np.ndarray:
    """The places of words, for another choice of words: NaN for those that were not there."""
    place = dict(zip(old.tolist(), points, strict=True))
    return np.array([place.get(row, (np.nan, np.nan)) for row in new.tolist()]).reshape(-1, 2)


def _middle(view: View, still: Still, frame: Frame) -> np.ndarray:
    """The mean of all words on the map at a moment; added up once."""
    key = view.moment_key(frame.step)
    if key not in still.middles:
        still.middles[key] = shown_vectors(view, frame, still.rows).mean(axis=0)
    return still.middles[key]
