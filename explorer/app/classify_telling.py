"""For each label the words that a method weighs most: only where words have weights."""

from __future__ import annotations

import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.classify_scene import Scene, models_of
from explorer.app.classify_setting import PAGE
from explorer.app.drawn import Drawing, drawn
from explorer.applications.classification import METHOD_TITLES
from explorer.figures.classify_telling import classify_telling, telling_notice

MOST = 8
"""Words of each label."""
ABLE = ("tfidf", "glove")


def telling_view(scene: Scene) -> None:
    """The lists of one of the two methods that weigh words, if they take part."""
    able = [name for name in ABLE if name in scene.run.base.names]
    if not able:
        return
    st.subheader("Words that speak for a label", anchor=False)
    name = able[0]
    if len(able) > 1:
        name = st.segmented_control("Weights of", able, default=name, format_func=METHOD_TITLES.get, required=True, key=f"{PAGE}:weighing", label_visibility="collapsed")
    st.caption(
        "TF-IDF has a weight for each word it saw. GloVe's average has none, but the vector of any word can be laid against a label: shown are words of the labelled texts."
        if name == "glove" else "One weight for each word and label, above the mean of the other labels. Words that were never seen weigh nothing."
    )  # fmt: skip
    key, models = models_of(scene)
    if name in models:
        drawn(PAGE, "telling", (key, name), lambda: _lists(scene, name, models), f"words-{name}")


def _lists(scene: Scene, name: str, models: dict) -> Drawing:
    labels, (size, classifier) = scene.data.labels, models[name]
    words = [classifier.telling(number, MOST) for number in range(len(labels))]
    title = f"{METHOD_TITLES[name]} after {size:,} labelled texts"
    return classify_telling.spec(labels, words, current_theme()), [telling_notice(title, labels, words)]
