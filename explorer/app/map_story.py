"""What the map is, what to turn, what to notice; and the words that the page uses, each explained once."""

from __future__ import annotations

import streamlit as st

from explorer.app.map_setting import MapSetting

TURN = {
    "pca": "**PCA** (principal component analysis) turns the cloud of words so that the first axis lies where they differ most, the "
    "second where they differ most of what is left, and so on. Turn the components: names at both ends say what an axis is about.",
    "tsne": "**t-SNE** lets every word attract its neighbours and push off all others, until a map has formed. Near means alike; how "
    "far apart two islands lie, how large they are and which way up the map is mean nothing. Press **Play**; then turn the perplexity.",
    "formula": "Here **you** choose the axes: a word stands the farther right, the more it lies in the direction that your formula "
    "describes. Try “paris - france” or “mean(good, great) - mean(bad, awful)”.",
}
TERMS = (
    "**True neighbours** of a word: the ten words nearest to it in the original space, with all its dimensions. A map in two "
    "dimensions cannot keep all of them near; red lines lead from the chosen word to those it tore away.",
    "**Trustworthiness**: 1 when no stranger has come between a word and its neighbours on the map, about 0.5 for a map drawn at "
    "random (Venna and Kaski 2001).",
    "**Perplexity**: about how many neighbours each word tries to keep. **KL divergence**: what t-SNE makes small, how badly the "
    "neighbourhoods on the map match the true ones. **Early exaggeration**: in the first 250 iterations neighbours attract each other "
    "more strongly, so that groups can find together.",
    "**Cosine** compares directions alone, **Euclidean distance** also how long the vectors are. **k-means** puts words into groups so "
    "that each is near the middle of its group.",
)


def story(now: MapSetting) -> None:
    """Draw the method's own paragraph, and the terms folded away."""
    with st.container(key="aside_story_map"):
        st.markdown(TURN[now.method])
    with st.container(key="aside_terms_map"), st.expander("What the words mean", icon=":material/menu_book:"):
        for text in TERMS:
            st.markdown(text)
