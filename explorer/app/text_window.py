"""The window that slides over the sentence: what is learned from what, and which words are passed over."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.controls import field_beside, field_key, take_value
from explorer.app.drawn import Drawing, drawn
from explorer.app.links import safe_markdown
from explorer.app.text_reading import Reading
from explorer.app.text_settings import PAGE, go
from explorer.app.views import PRESENTED_WIDTH, WIDTH
from explorer.figures.context_window import context_window
from explorer.figures.window_notices import kept_notice, window_notice
from explorer.text.cleaning import Cleaned
from explorer.text.windows import context, count_pairs, keep_probabilities

LISTED = 12
"""Pairs that are written out."""


def window_view(reading: Reading) -> None:
    """The window on the sentence, its pairs, and each word's chance to be kept."""
    st.subheader("4 · The company a word keeps", anchor=False)
    st.caption(
        "Words that are used alike stand among the same words. So vectors are learned from a **window** that slides over every sentence: the "
        "word in the middle, and its **context**, the words beside it. Click a word to move the window there."
    )
    _controls(reading)
    view, words = reading.view, reading.words
    version = (
        reading.key,
        reading.sentence,
        reading.centre,
        view.window,
        view.method,
        view.threshold,
        presentation.is_on(),
    )
    clicked = drawn(PAGE, "window", version, lambda: _window(reading), "window", select=True)
    if clicked is not None and clicked.ids and 0 <= int(clicked.ids[0]) < len(words):
        go(centre=int(clicked.ids[0]) + 1)
        st.rerun()
    _pairs(reading)


def _controls(reading: Reading) -> None:
    longest = len(reading.words)
    left, middle, right, last = st.columns([3, 2, 2, 2], gap="medium", vertical_alignment="bottom")
    with left:
        key = f"{field_key(PAGE, 'centre')}:{hash((reading.key, reading.sentence))}"
        if longest > 1:
            st.slider(
                "Place of the window",
                1,
                longest,
                reading.centre + 1,
                key=key,
                on_change=take_value,
                args=(PAGE, "centre", key),
            )
    with middle:
        field_beside(PAGE, "window", slide=True)
    with right:
        field_beside(PAGE, "method")
    with last:
        field_beside(PAGE, "threshold")


def _window(reading: Reading) -> Drawing:
    view, words = reading.view, reading.words
    chances = chances_of(reading.text, view.threshold)
    kept = [chances[word] for word in words]
    width = PRESENTED_WIDTH if presentation.is_on() else WIDTH
    figure = context_window.spec(words, reading.centre, view.window, view.method, kept, current_theme(), width=width)
    return figure, [
        window_notice(words, reading.centre, view.window, view.method),
        kept_notice(words, kept, view.threshold),
    ]


@lru_cache(maxsize=6)
def chances_of(text: Cleaned, threshold: float) -> dict[str, float]:
    """How likely each word of a text survives sub-sampling."""
    return keep_probabilities(text.counts, threshold)


def _pairs(reading: Reading) -> None:
    """The training examples of this place of the window, and how many the whole text gives."""
    view, words = reading.view, reading.words
    inside = context(len(words), reading.centre, view.window)
    word = f"**{safe_markdown(words[reading.centre])}**"
    if inside and view.method == "skipgram":
        st.markdown(
            " &ensp; ".join(f"{word} → {safe_markdown(words[place])}" for place in inside[:LISTED])
            + (" …" if len(inside) > LISTED else "")
        )
    elif inside:
        st.markdown(", ".join(safe_markdown(words[place]) for place in inside) + f" → {word}")
    total = pairs_of(reading.text, view.window)
    many = (
        f"{total:,} pairs"
        if view.method == "skipgram"
        else f"{reading.text.stages[-1].tokens:,} examples with {total:,} context words"
    )
    st.caption(
        f"The whole text gives {many} in one reading. (word2vec draws the reach anew at each place, from 1 to {view.window}, so that nearer words "
        "count more, and skips words as the bars say.)"
    )


@lru_cache(maxsize=6)
def pairs_of(text: Cleaned, window: int) -> int:
    """Pairs of word and context in a text."""
    return count_pairs(map(len, text.sentences), window)
