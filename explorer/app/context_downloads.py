"""What a visitor takes along: the vectors, and the numbers of the pictures."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app.context_scene import Scene
from explorer.app.context_settings import PAGE
from explorer.text.spreadsheets import write_csv


def downloads(scene: Scene) -> None:
    """The part of the sidebar with the files."""
    name, layer = scene.found.word, scene.view.layer
    with st.sidebar:
        st.subheader("Take along")
        st.download_button(
            "Vectors (.csv)", data=lambda: vectors_csv(scene), file_name=f"{name}-layer-{layer}.csv", mime="text/csv", on_click="ignore",
            icon=":material/download:", width="stretch", key=f"{PAGE}:vectors:file", help=f"Sense, sentence and the numbers of layer {layer}, one occurrence in each line.",
        )  # fmt: skip
        st.download_button(
            "Cosines by layer (.csv)", data=lambda: cosines_csv(scene), file_name=f"{name}-cosines.csv", mime="text/csv", on_click="ignore",
            icon=":material/download:", width="stretch", key=f"{PAGE}:cosines:file", help="Every pair of occurrences in every layer, with what was taken away first.",
        )  # fmt: skip


def vectors_csv(scene: Scene) -> bytes:
    """The occurrences with their vectors in the layer that is shown, as they are."""
    vectors = scene.found.vectors[scene.view.layer]
    header = ["number", "sense", "sentence", *(f"x{k + 1}" for k in range(vectors.shape[1]))]
    rows = (
        [i + 1, one.sense, one.sentence, *map(float, vector)] for i, (one, vector) in enumerate(zip(scene.found.items, vectors, strict=True))
    )
    return write_csv(header, rows)


def cosines_csv(scene: Scene) -> bytes:
    """The cosine of every pair in every layer."""
    senses, pairs = scene.found.senses, zip(*np.triu_indices(len(scene.found), 1), strict=True)
    layers = range(len(scene.cosines))
    header = ["one", "other", "sense of one", "sense of other", "taken away", *(f"layer {k}" for k in layers)]
    rows = ([a + 1, b + 1, senses[a], senses[b], scene.view.centre, *(float(scene.cosines[k, a, b]) for k in layers)] for a, b in pairs)
    return write_csv(header, rows)
