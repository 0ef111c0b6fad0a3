"""Words as one-hot vectors, and what they cannot say."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.text_reading import Reading
from explorer.app.text_settings import PAGE
from explorer.embedding import pretrained
from explorer.figures.likeness import likeness, likeness_notice
from explorer.figures.one_hot import one_hot, one_hot_notice
from explorer.text.stop_words import stop_words

MOST = 9
"""Words of the sentence that are shown."""


def one_hot_view(reading: Reading) -> None:
    """The one-hot vectors of the sentence's words, and how alike they are, beside learned ones."""
    st.subheader("3 · The simplest vector: a single 1", anchor=False)
    st.caption(
        "A **one-hot vector** is as long as the vocabulary, with a 1 at the word's own place and 0 everywhere else. The **cosine** says "
        "how alike two vectors are: 1 for the same direction, 0 for nothing in common."
    )
    words = shown_words(reading)
    drawn(PAGE, "one-hot", (reading.key, tuple(words)), lambda: _one_hot(reading, words), "one-hot")
    if len(words) > 1:
        with st.spinner("Opening GloVe 6B ..."):
            drawn(PAGE, "likeness", (reading.key, tuple(words)), lambda: _likeness(words), "cosines")


def shown_words(reading: Reading) -> list[str]:
    """Different words of the sentence in their order; where there are too many, without stop words."""
    words = list(dict.fromkeys(reading.words))
    common = stop_words()
    for word in [word for word in words if word.lower() in common]:
        if len(words) > MOST:
            words.remove(word)
    return words[:MOST]


def _one_hot(reading: Reading, words: list[str]) -> Drawing:
    length = len(reading.text.counts)
    figure = one_hot.spec(words, [reading.rank[word] + 1 for word in words], length, current_theme())
    return figure, [one_hot_notice(words, length)]


def _likeness(words: list[str]) -> Drawing:
    glove = pretrained()
    learned = learned_cosines(words)
    tables = [("one-hot vectors", np.eye(len(words))), (f"{glove.name}, learned from 6 billion words", learned)]
    return likeness.spec(words, tables, current_theme()), [likeness_notice(words, learned, glove.name)]


def learned_cosines(words: list[str]) -> np.ndarray:
    """Cosines of all pairs by GloVe, (n, n); NaN for a word that it does not know."""
    glove = pretrained()
    rows = [glove.index.get(word, glove.index.get(word.lower(), -1)) for word in words]
    vectors = np.array(
        [glove.matrix[row] if row >= 0 else np.full(glove.dimensions, np.nan) for row in rows], dtype=float
    )
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit @ unit.T
