"""Where the heads of a Transformer look, and why that explains less than it seems to."""

from __future__ import annotations

import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.architecture_controls import look_at
from explorer.app.architecture_scene import Scene
from explorer.app.architecture_setting import PAGE
from explorer.app.components.live_plot import Selection
from explorer.app.drawn import Drawing, drawn
from explorer.figures.attention_maps import SMALL_TRACE, attention_maps, head_at
from explorer.figures.reach_notices import attention_notice

HEIGHT = 430
"""Of the maps, in pixels."""
CAUTION = (
    "A map says **from where a head fetches numbers**, not why the network answers as it does: what is fetched can be "
    "ignored later, and the same answer can come with quite other maps. Hold it against the gradient above, which says "
    "what the answer really depends on. (Jain and Wallace 2019, *Attention is not explanation*.)"
)


def attention_view(scene: Scene) -> None:
    """Draw all maps, one of them large; a click on a small one makes it the large one."""
    maps = scene.arrays.get("attention")
    if maps is None:
        return
    st.subheader("Where the heads look", anchor=False)
    st.caption(
        "Each row is a step, each column a step it may look at: the stronger the colour, the larger the share of its attention. "
        "A row adds up to 100 %. Click a small map to enlarge it."
    )
    layer, head = shown_head(scene)
    version = (scene.key, layer, head, presentation.is_on())
    name = f"attention-step-{scene.view.shown.step}"
    pointed = drawn(PAGE, "attention", version, lambda: _attention(scene, layer, head), name, select=True)
    _enlarge(pointed, scene)
    st.caption(CAUTION)


def shown_head(scene: Scene) -> tuple[int, int]:
    """Layer and head of the large map, counted from 0; the nearest there is to what was chosen."""
    layers, heads = scene.arrays["attention"].shape[:2]
    return min(scene.now.layer_shown, layers) - 1, min(scene.now.head_shown, heads) - 1


def _attention(scene: Scene, layer: int, head: int) -> Drawing:
    maps, reach = scene.arrays["attention"], scene.reach
    figure = attention_maps.spec(
        maps, reach.moment.steps, current_theme(), layer=layer, head=head, answer=reach.wiring.answer, height=HEIGHT
    )
    return figure, [attention_notice(maps, layer, head, reach)]


def _enlarge(pointed: Selection | None, scene: Scene) -> None:
    if pointed is None or pointed.kind != "click" or pointed.curve != SMALL_TRACE:
        return
    if isinstance(pointed.x, (int, float)) and isinstance(pointed.y, (int, float)):
        found = head_at(pointed.x, pointed.y, scene.arrays["attention"])
        if found is not None:
            look_at(layer_shown=found[0] + 1, head_shown=found[1] + 1)
            st.rerun(scope="app")
