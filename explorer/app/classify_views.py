"""The leading picture of the page: the learning curves."""

from __future__ import annotations

import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.classify_controls import go
from explorer.app.classify_scene import Scene
from explorer.app.classify_setting import PAGE
from explorer.app.components.live_plot import Selection
from explorer.app.drawn import Drawing, drawn
from explorer.figures.classify_curves import HEIGHT, classify_curves, curves_notice

PRESENTED = 450
"""Height on a projector, in pixels."""


def curves_view(scene: Scene) -> None:
    """Draw the curves; a click on a point looks at it."""
    present = presentation.is_on()
    version = (scene.run.name, tuple(scene.frame.arrays["draws"].ravel().tolist()), scene.method, scene.size, present)
    pointed = drawn(PAGE, "curves", version, lambda: _curves(scene, present), "learning-curves", select=True, between=_hint(scene))
    if pointed is not None:
        _take(scene, pointed)


def _curves(scene: Scene, present: bool) -> Drawing:
    chosen = (scene.method, scene.size) if scene.size >= 0 and not present else None
    figure = classify_curves.spec(scene.curves, current_theme(), chosen=chosen, height=PRESENTED if present else HEIGHT)
    return figure, [curves_notice(scene.curves, scene.tested)]


def _hint(scene: Scene):
    if scene.size >= 0:
        return None
    return lambda: st.caption("Press **Play**: each method learns from 16 labelled texts, then from twice as many, and so on. A line appears for each.")


def _take(scene: Scene, pointed: Selection) -> None:
    if pointed.kind != "click" or not pointed.ids or pointed.x is None:
        return
    method, size = int(float(pointed.ids[0])), round(float(pointed.x))
    if 0 <= method < len(scene.titles) and size in scene.frame.arrays["sizes"]:
        go(shown=scene.run.base.names[method], size=size)
        st.rerun(scope="app")
