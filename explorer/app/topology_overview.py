"""The row of small graphs: one world, the handwritten digits, in all five shapes, each drawn from a network of its own."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Sequence

import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.controls import set_controls
from explorer.app.drawn import Drawing, drawn
from explorer.app.example import Example
from explorer.app.process import engine
from explorer.app.topology_examples import watched_scene
from explorer.app.topology_setting import Topology
from explorer.app.topology_state import LATEST
from explorer.app.topology_tasks import PAGE, SHAPE_TITLES, SHAPES, Training
from explorer.figures.topology_notices import row_notice
from explorer.figures.topology_row import topology_row
from explorer.figures.topology_scene import Column, Scene
from explorer.runs.report import Report, TooManyRuns, UnknownRun

EVERY = 0.4
"""Seconds from one drawing to the next, while a small graph is still to come."""
FOLLOWING = 1.5
"""Seconds from one drawing to the next while the page's own network trains: its small graph comes along."""
MOST_KEPT = 40
"""Scenes of untrained networks that the process keeps."""
_lock = threading.Lock()
_scenes: dict[Training, Scene] = {}
_runs: dict[Training, tuple[str, str]] = {}
"""For experiments that are being prepared: the engine's name of the run, and its owner."""


def overview(now: Topology, report: Report) -> None:
    """Draw the row; a click on a graph, as the choice in the sidebar, leads to that shape.

    Parameters
    ----------
    report : Report
        Of the page's own network: one that begins anew is no longer what was remembered of it.
    """
    if report.position == 0 and now.task == SHAPES[now.shape][0]:
        st.session_state.get(LATEST, {}).pop((now.shape, now.cell), None)
    missing = any(scene in WAITING for scene, _ in _all(now))
    st.fragment(_row, run_every=EVERY if missing else FOLLOWING if report.pending else None)(now, missing)


def _row(now: Topology, missing: bool) -> None:
    scenes, steps = zip(*_all(now), strict=True)
    if missing and not any(scene in WAITING for scene in scenes):
        st.rerun(scope="app")
    titles, shapes = [SHAPE_TITLES[shape] for shape in SHAPES], list(SHAPES)
    chosen = shapes.index(now.shape)
    version = (now.shape, tuple(id(scene) for scene in scenes))
    with st.container(key="aside_row"):
        selection = drawn(PAGE, "row", version, lambda: _draw(scenes, steps, titles, chosen), "shapes", select=True)
    if selection is not None and selection.ids:
        picked = shapes[int(selection.ids[0])]
        if picked != now.shape:
            set_controls(PAGE, Topology(shape=picked, cell=now.cell))
            st.rerun(scope="app")


def _draw(scenes: Sequence[Scene], steps: Sequence[int], titles: list[str], chosen: int) -> Drawing:
    return topology_row.spec(scenes, titles, chosen, current_theme()), [row_notice(scenes, titles, steps)]


def _all(now: Topology) -> list[tuple[Scene, int]]:
    """One scene for each shape and its training step: the newest of this visit, else an untrained network with the chosen cell."""
    latest = st.session_state.get(LATEST, {})
    return [
        latest.get((shape, now.cell)) or (untrained(Topology(shape=shape, cell=now.cell)), 0) for shape in SHAPES
    ]  # fmt: skip


def untrained(now: Topology) -> Scene:
    """The watched example in an untrained network; the bare shape while the engine builds it."""
    experiment = now.training()
    with _lock:
        if experiment in _scenes:
            return _scenes[experiment]
        name, owner = _runs.get(experiment, ("", ""))
        try:
            report = engine().frames_since(name, owner) if name else None
        except UnknownRun:
            report = None
        if report is None:
            return _begin(experiment, now.shape)
        drawn_frames = [frame for frame in report.frames if frame.arrays]
        if not drawn_frames:
            return BARE[now.shape] if report.state == "failed" else WAITING[list(SHAPES).index(now.shape)]
        engine().drop(name, owner)
        del _runs[experiment]
        while len(_scenes) >= MOST_KEPT:
            del _scenes[next(iter(_scenes))]
        _scenes[experiment] = watched_scene(experiment, drawn_frames[0], Example())
        return _scenes[experiment]


def _begin(experiment: Training, shape: str) -> Scene:
    owner = secrets.token_urlsafe(16)
    try:
        _runs[experiment] = (engine().start(experiment, owner), owner)
    except TooManyRuns:  # visitors need all the room: the row fills in when there is some
        _runs.pop(experiment, None)
    return WAITING[list(SHAPES).index(shape)]


def bare(shape: str) -> Scene:
    """A shape without a network: arrows and empty cells."""
    answer = (("", 0.0),)
    read = [Column(reads="row", encodes=shape == "encoder-decoder") for _ in range(8)]
    said = [Column(reads="own" if t else "", guesses=answer, loss=True, fed_back=t > 0) for t in range(6)]
    columns = {
        "one-to-one": [Column(reads="picture", guesses=answer, loss=True)],
        "one-to-many": [Column(reads="digit", encodes=True), *said],
        "many-to-one": [*read[:-1], Column(reads="row", guesses=answer, loss=True)],
        "in-step": [Column(reads="row", guesses=answer, loss=True) for _ in range(8)],
        "encoder-decoder": [*read, *said],
    }  # fmt: skip
    return Scene(columns[shape], across=shape != "one-to-one")


WAITING = tuple(bare(shape) for shape in SHAPES)
"""What stands in the row while a network is on its way; polled for."""
BARE = {shape: bare(shape) for shape in SHAPES}
"""The same where it could not be built; not polled for."""
