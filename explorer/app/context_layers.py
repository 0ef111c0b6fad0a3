"""The senses layer by layer: pictures and numbers, for one word and for all."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.context_scene import Scene
from explorer.app.context_settings import LAYERS, PAGE, go
from explorer.app.drawn import Drawing, drawn
from explorer.app.links import safe_markdown
from explorer.applications.contextual.senses import sense_gap
from explorer.figures.context_groups import groups_of
from explorer.figures.context_layers import Layers, context_layers
from explorer.figures.context_notices import alike_notice, gap_notice, thousandths
from explorer.figures.naming import share_of
from explorer.sequence.interval import wilson


def layers_view(scene: Scene) -> None:
    """Draw the four rows over the layers, and the same numbers for the words of the page."""
    if len(scene.found) < 2:
        return
    st.subheader("Layer by layer", anchor=False)
    st.caption(
        "A **layer** takes the vectors of the one below and lets every word look at all others. The **cosine** says how alike two vectors are: 1 for the "
        "same direction, 0 for nothing in common. All vectors of such a model share a direction (they are **anisotropic**), so a high cosine alone says "
        "nothing; the **gap** does. Click a layer to see it above."
    )
    clicked = drawn(PAGE, "layers", scene.key, lambda: _layers(scene), f"{scene.found.word}-by-layer", select=True)
    if clicked is not None and clicked.kind == "click" and isinstance(clicked.x, int | float) and 0 <= round(clicked.x) <= LAYERS:
        go(layer=round(clicked.x))
        st.rerun()
    _words_table(scene)


def layers_of(scene: Scene) -> Layers:
    """What the layers say, centred as the scene is."""
    n, any_two = len(scene.found), _any_two(scene)
    unknown = np.full(len(scene.cosines), np.nan)
    if scene.gap is None:
        pairs = ~np.eye(n, dtype=bool)
        return Layers(scene.planes.places, scene.cosines[:, pairs].mean(axis=1), unknown, any_two, unknown, unknown, unknown, 0.0)
    bounds = np.array([wilson(float(share), n) for share in scene.gap.accuracy])
    return Layers(
        scene.planes.places, scene.gap.same, scene.gap.other, any_two, scene.gap.accuracy, bounds[:, 0], bounds[:, 1], by_chance(scene.found.senses)
    )


def by_chance(senses: tuple[str, ...]) -> float:
    """How often any other occurrence has the same sense."""
    counts = [senses.count(sense) for sense in senses]
    return sum(count - 1 for count in counts) / (len(senses) * (len(senses) - 1))


def _any_two(scene: Scene) -> np.ndarray:
    """Two arbitrary words, centred as the scene is; NaN where what is taken away is the mean of one word."""
    background = scene.read.background
    unknown = np.full_like(background.cosine, np.nan)
    return {"none": background.cosine, "all": background.centred_cosine, "own": unknown}[scene.view.centre]


def _layers(scene: Scene) -> Drawing:
    layers = layers_of(scene)
    figure = context_layers.spec(layers, groups_of(scene.senses), scene.view.layer, current_theme())
    layer, n = scene.view.layer, len(scene.found)
    if layers.is_told:
        return figure, [gap_notice(layers.same, layers.other, layers.right, n, scene.read.background.cosine, layer)]
    return figure, [alike_notice(layers.same, scene.read.background.cosine, layer)]


def _words_table(scene: Scene) -> None:
    """Gap and hits of every word of the page in the chosen layer and in layer 0."""
    layer = scene.view.layer
    rows = {name: row_of(scene, found, layer) for name, found in scene.read.examples.items()}
    head = f"| | sentences | gap in layer 0 | gap in layer {layer} | told right in layer {layer} |\n|:--|--:|--:|--:|--:|"
    told = scene.view.word == "own" and scene.gap is not None and np.isfinite(scene.gap.gap).any()
    own = {safe_markdown(scene.found.word): row_of(scene, scene.found, layer)} if told else {}
    lines = [
        f"| {f'**{name}**' if name == scene.view.word or name in own else name} | {row[0]} | {thousandths(row[1])} | {thousandths(row[2])} | {share_of(row[3])} |"
        for name, row in {**own, **rows}.items()
    ]
    mean = np.mean([row[1:] for row in rows.values()], axis=0)
    total = f"| mean of bank, spring, bat, mouse | | {thousandths(mean[0])} | {thousandths(mean[1])} | {share_of(mean[2])} |"
    with st.container(key="context_words_table", width="content"):
        st.markdown("\n".join([head, *lines, total]))


def row_of(scene: Scene, found, layer: int) -> tuple[int, float, float, float]:
    """Sentences, gap in layer 0 and in a layer, and hits there, of one of the page's words; centred as the scene is."""
    centre = {"none": None, "all": scene.read.background.mean, "own": found.vectors.mean(axis=1)}[scene.view.centre]
    gap = sense_gap(found.vectors, found.senses, centre)
    return len(found), float(gap.gap[0]), float(gap.gap[layer]), float(gap.accuracy[layer])
