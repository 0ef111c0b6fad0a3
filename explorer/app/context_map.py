"""The leading picture: the sentences, and the word's vectors as points."""

from __future__ import annotations

import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.components.live_plot import Selection
from explorer.app.context_scene import Scene
from explorer.app.context_settings import LAYERS, PAGE, go
from explorer.app.drawn import Drawing, drawn
from explorer.app.views import PRESENTED_WIDTH, WIDTH
from explorer.applications.contextual.clusters import agreement
from explorer.embedding import pretrained
from explorer.figures.context_groups import groups_of
from explorer.figures.context_map import Line, context_map
from explorer.figures.context_notices import agreement_notice, map_notice


def map_view(scene: Scene) -> None:
    """The sentences beside the plane; a click looks at one of them."""
    version = (scene.key, scene.picked, presentation.is_on())
    clicked = drawn(PAGE, "map", version, lambda: _map(scene), f"{scene.found.word}-layer-{scene.view.layer}", select=True)
    _take(clicked, len(scene.found))


def _take(clicked: Selection | None, count: int) -> None:
    """A click on a point or a sentence looks at that one."""
    if clicked is not None and clicked.kind == "click" and clicked.ids and str(clicked.ids[0]).isdecimal():
        number = int(clicked.ids[0])
        if number < count:
            go(picked=number + 1, source="listed", looked=0)
            st.rerun()


def _map(scene: Scene) -> Drawing:
    layer, groups, present = scene.view.layer, groups_of(scene.senses), presentation.is_on()
    lines = [Line(one.before, one.itself, one.after) for one in scene.found.items]
    figure = context_map.spec(
        lines, scene.planes.places[layer], groups, scene.picked, current_theme(), layer=layer, share=float(scene.planes.shares[layer]),
        static=static_words(scene.found.word, len(lines)), width=PRESENTED_WIDTH if present else WIDTH, compact=present,
    )  # fmt: skip
    said = [map_notice(scene.cosines[layer], scene.found.senses if scene.found.is_told else None, layer, LAYERS)]
    if scene.found.is_told and not scene.told:
        found = agreement(_numbers(groups.numbers), scene.found.senses)
        said.append(agreement_notice(found, len(groups.names), len(set(scene.found.senses))))
    return figure, said


def _numbers(numbers: tuple[int, ...]):
    import numpy as np

    return np.array(numbers)


def static_words(word: str, count: int) -> str:
    """What a table of words has for it: one vector, or none."""
    glove = pretrained()
    known = word in glove.index or word.lower() in glove.index
    if not known:
        return f"{glove.name} has no vector for {word}"
    return f"{glove.name}: one vector, the same in all {count}" if count > 1 else f"{glove.name}: one vector"
