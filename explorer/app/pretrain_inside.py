"""What has formed inside: where the heads look, which of them have become induction heads, what positions look like."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.components.live_plot import Selection
from explorer.app.drawn import Drawing, drawn
from explorer.app.keepsake import remembered
from explorer.app.pretrain_controls import look_at
from explorer.app.pretrain_places import places_view
from explorer.app.pretrain_scene import Scene
from explorer.app.pretrain_setting import PAGE
from explorer.figures.attention_maps import SMALL_TRACE, attention_maps, head_at
from explorer.figures.pretrain_heads import Heads, heads_notice, induction_heads, strongest
from explorer.figures.pretrain_notices import head_notice

HEIGHT, PRESENTED = 540, 470
"""Of the maps, in pixels; on a projector."""
CAUTION = (
    "Attention says **from where a head fetches numbers**, not why the network answers as it does. "
    "*(Jain and Wallace 2019, Attention is not explanation.)*"
)
APPEARS = {"corpus": "repeated", "units": "characters", "layers": 2, "heads": 2, "width": 48, "context": 64, "batch": 16, "steps": 2000}
"""Settings with which an induction head appears within a minute or two: real text needs far more of it."""
HEADS = {
    False: "A sequence of random pieces is read twice in a row. The second time, everything could be known: an **induction head** finds "
    "the place where the same piece stood before and looks at **what followed it**. Such heads need two layers, come suddenly, and are "
    "why a language model can continue a pattern that it has never seen. *(Olsson et al. 2022.)*",
    True: "A sequence of random pieces is read twice in a row. A network that sees both sides needs no induction: its heads learn to look at "
    "the pieces **just before** and **just after**.",
}  # fmt: skip


def inside_view(scene: Scene) -> None:
    """Draw what the heads do on a repetition, then the positions."""
    st.caption(CAUTION)
    st.subheader("Heads for places nearby" if scene.masked else "Induction heads", anchor=False)
    st.caption(HEADS[scene.masked])
    if not scene.masked and scene.run.base.corpus != "repeated" and st.button(
        "See one appear", key=f"{PAGE}:repeat", icon=":material/repeat:",
        help="Starts anew, with random letters that repeat themselves as the text, and a small network.",
    ):  # fmt: skip
        look_at(**APPEARS)
        st.rerun(scope="app")
    drawn(PAGE, "heads", (scene.run.name, scene.shown.step, len(scene.pictures), scene.pictures[-1].step), lambda: _heads(scene), "heads")
    places_view(scene)


def attention_view(scene: Scene) -> None:
    """All maps, one of them large; a click on a small one makes it the large one."""
    maps = attention_of(scene)
    layer, head = min(scene.now.layer_shown, maps.shape[0]) - 1, min(scene.now.head_shown, maps.shape[1]) - 1
    version = (scene.key, layer, head, presentation.is_on())
    pointed = drawn(PAGE, "attention", version, lambda: _attention(scene, maps, layer, head), f"attention-step-{scene.shown.step}", select=True)
    _enlarge(pointed, maps)


def attention_of(scene: Scene) -> np.ndarray:
    """(layers, heads, T, T) of the text that is read: out of the picture, of a typed text from the network."""
    if not scene.typed:
        return scene.shown.arrays["attention"]
    from explorer.sequence.pretraining import trace

    return remembered(f"{PAGE}:inside", (scene.key, scene.asked.step), lambda: trace(scene.model(), scene.watched).attention, 2)


def _read(scene: Scene) -> list[str]:
    """The pieces that the network reads, those that are hidden as [MASK]."""
    if scene.typed:
        return scene.parts
    return [scene.pieces.pieces[int(one)] for one in scene.shown.arrays["read"]]


def _attention(scene: Scene, maps: np.ndarray, layer: int, head: int) -> Drawing:
    read = _read(scene)
    figure = attention_maps.spec(maps, read, current_theme(), layer=layer, head=head, answer=len(read) - 1, height=PRESENTED if presentation.is_on() else HEIGHT)
    return figure, [head_notice(maps, layer, head, read), "The outlined row is the last piece." if not scene.masked else ""]


def _enlarge(pointed: Selection | None, maps: np.ndarray) -> None:
    if pointed is None or pointed.kind != "click" or pointed.curve != SMALL_TRACE:
        return
    if isinstance(pointed.x, (int, float)) and isinstance(pointed.y, (int, float)):
        found = head_at(pointed.x, pointed.y, maps)
        if found is not None:
            look_at(layer_shown=found[0] + 1, head_shown=found[1] + 1)
            st.rerun(scope="app")


def _heads(scene: Scene) -> Drawing:
    heads = heads_of(scene)
    return induction_heads.spec(heads, current_theme()), [heads_notice(heads)]


def heads_of(scene: Scene) -> Heads:
    """The scores of all heads over the training, and the map of the strongest at the moment whose network can be asked."""
    name = "following" if scene.masked else "induction"
    frames = scene.pictures
    shown = frames.index(scene.shown)
    scores = np.stack([frame.arrays[name] for frame in frames])
    gain = scene.shown.metrics.get("repetition_gain", math.nan) / math.log(2)
    return Heads(
        np.array([frame.step for frame in frames]), scores, np.stack([frame.arrays["previous"] for frame in frames]), shown,
        _repeated(scene)[strongest(scores[shown])], name, gain,
    )  # fmt: skip


def _repeated(scene: Scene) -> np.ndarray:
    """(layers, heads, T, T): mean attention on the random sequences that are read twice, as the frames measured it."""
    from explorer.sequence.pretraining import trace
    from explorer.sequence.pretraining.induction import said_twice
    from explorer.sequence.pretraining.picture import TWICE
    from explorer.sequence.streams import stream

    rows = said_twice(scene.pieces, scene.run.base.context, stream(0, TWICE))
    return np.mean([trace(scene.model(), row.numpy()).attention for row in rows], axis=0)
