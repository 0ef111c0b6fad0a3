"""The vectors themselves: one for a word in a table, another one in every sentence."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.context_scene import Scene
from explorer.app.context_settings import PAGE
from explorer.app.drawn import Drawing, drawn
from explorer.embedding import pretrained
from explorer.figures.context_groups import groups_of
from explorer.figures.context_notices import vectors_notice
from explorer.figures.context_vectors import context_vectors


def vectors_view(scene: Scene) -> None:
    """The static vector beside the contextual ones, and their cosines."""
    if len(scene.found) < 2:
        return
    st.subheader("The vectors themselves", anchor=False)
    st.caption(
        "At the left what **GloVe** has for the word: the same numbers in every row, for it was learned from all its occurrences at once and knows one "
        "meaning, a blend. In the middle what the model has in each sentence. Blue is above zero, red below. At the right how alike two rows are."
    )
    drawn(PAGE, "vectors", scene.key, lambda: _vectors(scene), f"{scene.found.word}-vectors")


def static_vector(word: str) -> np.ndarray | None:
    """What the table of word vectors has for a word, in either case; None for one that it does not know."""
    glove = pretrained()
    row = glove.index.get(word, glove.index.get(word.lower(), -1))
    return np.asarray(glove.matrix[row]) if row >= 0 else None


def _vectors(scene: Scene) -> Drawing:
    layer, static, groups = scene.view.layer, static_vector(scene.found.word), groups_of(scene.senses)
    figure = context_vectors.spec(
        static, scene.found.vectors[layer], scene.cosines[layer], groups, current_theme(), name=pretrained().name, layer=layer
    )
    return figure, [vectors_notice(scene.cosines[layer], scene.senses, static is not None, layer)]
