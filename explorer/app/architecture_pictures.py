"""What a CNN sees of a digit, and the network beside it that reads the same digit row after row."""

from __future__ import annotations

import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.architecture_scene import Scene
from explorer.app.architecture_setting import PAGE
from explorer.app.drawn import Drawing, drawn
from explorer.app.views import WIDTH
from explorer.figures.feature_maps import feature_maps
from explorer.figures.feature_notices import filter_notice
from explorer.figures.reach_notices import twin_notice
from explorer.figures.time_and_space import time_and_space
from explorer.sequence.architectures.experiment import ARCHITECTURE_TITLES
from explorer.sequence.architectures.parameters import count

SIDE = 8
"""Pixels from edge to edge."""


def pictures_view(scene: Scene, twin: Scene | None) -> None:
    """Filters and what they answer, then both networks over the same digit; nothing for other networks."""
    if "filters" not in scene.arrays:
        return
    st.subheader("What its filters see", anchor=False)
    st.caption(
        "A **filter** is a small patch of weights that is laid on every place of the picture in turn; where the picture "
        "looks like the patch, it answers. Blue weights want ink, red ones want none. The answers of one filter "
        "everywhere are its **feature map**."
    )
    step = scene.view.shown.step
    drawn(PAGE, "features", scene.key, lambda: _features(scene), f"features-step-{step}")
    if twin is not None:
        _time_and_space(scene, twin)


def _features(scene: Scene) -> Drawing:
    filters, maps = scene.arrays["filters"], scene.arrays["filter_maps"]
    pixels = scene.batch.inputs[0].numpy().reshape(SIDE, SIDE)
    return feature_maps.spec(pixels, filters, maps, current_theme(), width=WIDTH), [filter_notice(filters, maps)]


def _time_and_space(scene: Scene, twin: Scene) -> None:
    st.subheader("Time against space", anchor=False)
    st.caption(
        "For the CNN rows lie **beside** one another: it has the whole picture, or what has come of it, before its eyes. For "
        "the recurrent network they come **after** one another: what it has seen of the upper rows is only in its memory. "
        "Both learn from the same digits, with about as many parameters."
    )
    version = (scene.key, twin.key, twin.view.pictures[-1].step)
    drawn(PAGE, "twins", version, lambda: _twins(scene, twin), f"time-and-space-{scene.view.shown.step}")


def _twins(scene: Scene, twin: Scene) -> Drawing:
    bases = (twin.view.run.base, scene.view.run.base)
    names = tuple(ARCHITECTURE_TITLES[base.cell] for base in bases)
    moments = (twin.reach.moment, scene.reach.moment)
    figure = time_and_space.spec(*moments, names, current_theme(), width=WIDTH)
    scores = tuple(one.view.shown.metrics.get("score", float("nan")) for one in (twin, scene))
    return figure, [twin_notice(names, scores, tuple(count(base) for base in bases), scene.view.task.metric)]
