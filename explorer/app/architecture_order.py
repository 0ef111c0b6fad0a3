"""What order and length mean to each architecture: the example shuffled and padded, and what that does to the answer."""

from __future__ import annotations

from contextlib import suppress

import streamlit as st
from pydantic import ValidationError

from explorer.app.appearance import current_theme
from explorer.app.architecture_controls import look_at, with_architecture
from explorer.app.architecture_scene import Scene
from explorer.app.architecture_setting import PAGE
from explorer.app.drawn import Drawing, drawn
from explorer.figures.disturbance_marks import Disturbance, disturbance_marks
from explorer.figures.disturbance_notices import order_notice, padding_notice
from explorer.runs.report import Report
from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.architectures.experiment import ARCHITECTURE_TITLES, PICTURES

MOST_ORDERS = 999


def order_view(scene: Scene, report: Report) -> None:
    """Draw what shuffling and padding do to the network of this moment, and to untrained ones of the other kinds.

    While it trains, the marks stay those of the moment at which it was last still.
    """
    st.subheader("Does order matter?", anchor=False)
    st.caption(
        "The inputs of the example are shuffled, and every network is asked again. Then **padding**, empty steps that make "
        "sequences equally long, is put behind the example: once its true length is told, once it is not. The network "
        "of this page is as trained as it is; the others are untrained, for it is a matter of how they are built."
    )
    if st.button("Shuffle in another way", icon=":material/shuffle:", key=f"{PAGE}:shuffle"):
        look_at(order=scene.now.order % MOST_ORDERS + 1)
        st.rerun(scope="app")
    moving = report.state in ("playing", "catching up") and not scene.view.looks_back
    drawn(PAGE, "order", (scene.now.order, _version(scene, moving)), lambda: _order(scene), "order")


def _version(scene: Scene, moving: bool) -> tuple:
    """The moment that is measured: the present one, or while it moves the one that was measured last."""
    kept = st.session_state.get(f"{PAGE}:measured")
    same = kept is not None and (kept[0], kept[2]) == (scene.key[0], scene.key[2])
    if not (moving and same):
        st.session_state[f"{PAGE}:measured"] = kept = scene.key
    return kept


def _order(scene: Scene) -> Drawing:
    found = measured(scene)
    return disturbance_marks.spec(found, current_theme()), [order_notice(found), padding_notice(found)]


def measured(scene: Scene) -> list[Disturbance]:
    """The page's network and one untrained network of each other architecture that the task admits."""
    shown = scene.view.shown
    others = _kept_others(scene)
    name = f"{ARCHITECTURE_TITLES[scene.view.run.base.cell]} ({'trained' if shown.step else 'untrained'})"
    mine = _measure(scene, scene.view.run.base, shown.weights, name)
    return [others.get(cell, mine) for cell in ARCHITECTURE_TITLES if cell in others or cell == mine.architecture]


def _kept_others(scene: Scene) -> dict[str, Disturbance]:
    """The untrained ones, measured once for each example and order: they do not change while the page's own one learns."""
    key = (scene.view.run.name, scene.view.focus.example, scene.now.order)
    kept = st.session_state.get(f"{PAGE}:others")
    if kept is None or kept[0] != key:
        cells = [cell for cell in ARCHITECTURE_TITLES if cell != scene.view.run.base.cell]
        found = {cell: other for cell in cells if (other := _other(scene, cell)) is not None}
        marks = {cell: _measure(scene, other, None, ARCHITECTURE_TITLES[cell]) for cell, other in found.items()}
        st.session_state[f"{PAGE}:others"] = kept = (key, marks)
    return kept[1]


def _measure(scene: Scene, experiment: ArchitectureExperiment, weights: bytes | None, name: str) -> Disturbance:
    from explorer.sequence.architectures.disturbance import changes
    from explorer.sequence.model import build_model, load_model

    model = load_model(experiment, weights) if weights else build_model(experiment)
    mine = experiment.cell == scene.view.run.base.cell
    return Disturbance(name, experiment.cell, *changes(model, scene.batch, scene.now.order), shown=mine)


def _other(scene: Scene, cell: str) -> ArchitectureExperiment | None:
    """The page's training with another architecture; None where the task does not admit it."""
    if cell == "cnn" and scene.now.task not in PICTURES:
        return None
    with suppress(ValidationError):
        return with_architecture(dict(scene.now), cell).training()
    return None
