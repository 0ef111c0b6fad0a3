"""What tells the network where a piece stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.pretrain_scene import Scene
from explorer.app.pretrain_setting import PAGE
from explorer.figures.pretrain_positions import given_notice, position_likeness, position_notice

if TYPE_CHECKING:
    from explorer.sequence.pretraining import PretrainingExperiment

STORIES = {
    "learned": "Each **place** has a vector of its own, which is added to the piece that stands there. In the beginning these are random; "
    "what they become is learned.",
    "sinusoidal": "To each piece are added the values of **waves** of many lengths at its place *(Vaswani et al. 2017)*. They are given, not learned.",
    "rotary": "Queries and keys are **turned** by an angle that grows with the place, so that what two places have to do with each other "
    "depends on their distance alone *(Su et al. 2021)*. The turning is given, not learned; as vectors these are the turned unit vectors.",
    "none": "This network is told nothing about places. {why}",
}
NONE = {
    False: "As it only looks back, a place can still be guessed from how much there is to look at.",
    True: "As it sees both sides, it cannot tell one order of the pieces from another.",
}


def places_view(scene: Scene) -> None:
    """Draw how alike the places are to the network."""
    base = scene.run.base
    st.subheader("Where a piece stands", anchor=False)
    st.caption(STORIES[base.positions].format(why=NONE[scene.masked]))
    if base.positions == "none":
        st.info("Choose other positions in the sidebar, under Network, and they are drawn here.")
        return
    moment = scene.asked.step if base.positions == "learned" else 0
    drawn(PAGE, "places", (scene.run.name, moment), lambda: _places(scene), "positions")


def _places(scene: Scene) -> Drawing:
    base = scene.run.base
    if base.positions == "learned":
        now, start = (scene.model(frame).places.detach().numpy() for frame in (scene.asked, scene.weighted[0]))
        return position_likeness.spec(now, start, current_theme()), [position_notice(now, start)]
    vectors = given_places(base)
    return position_likeness.spec(vectors, None, current_theme()), [given_notice(vectors)]


def given_places(experiment: PretrainingExperiment) -> np.ndarray:
    """(context, n): the waves of each place, or a vector of ones turned as the place turns queries and keys."""
    if experiment.positions == "sinusoidal":
        from explorer.sequence.architectures.transformer import waves

        return waves(experiment.context, experiment.width).numpy()
    from explorer.sequence.pretraining.attention import rotations

    turned = rotations(experiment.context, experiment.width // experiment.heads).numpy()
    return np.concatenate([turned.real, turned.imag], axis=1)
