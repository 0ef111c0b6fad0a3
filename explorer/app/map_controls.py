"""The sidebar of the page "Word map": which words, laid out how, coloured by what."""

from __future__ import annotations

from typing import Any

import streamlit as st

from explorer.app.links import safe_markdown
from explorer.app.map_colour import own_values_control
from explorer.app.map_setting import NUMBERS, PAGE, MapSetting, take, widget_key
from explorer.app.map_words import Words, words_of
from explorer.app.shelf import choose_vectors
from explorer.app.widgets import field_widget
from explorer.embedding import UnknownWord
from explorer.experiment import about

FIELDS = {
    "pca": ("across", "up", "space", "deep", "centre", "normalise", "whiten"),
    "tsne": (
        "perplexity",
        "directions",
        "initialisation",
        "six",
        "exaggeration",
        "learning_rate",
        "iterations",
        "seed",
    ),
    "formula": ("formula_across", "formula_up", "measure"),
}


def choose_words(now: MapSetting) -> Words | None:
    """Draw the choice of the source and of how many of its words; None while there are none."""
    with st.sidebar:
        st.subheader("Words")
        source = choose_vectors(PAGE)
        if source is None or len(source) == 0:
            return None
        field("words", now)
        field("function_words", now)
    return words_of(source, now)


def choose_layout(now: MapSetting) -> None:
    """Draw the choice of the method and its settings."""
    with st.sidebar:
        st.subheader("Map")
        field("method", now, label_visibility="collapsed")
        shown = [name for name in FIELDS[now.method] if _matters(name, now)]
        if now.method == "pca":
            _axes(now, [name for name in shown if name in ("across", "up", "deep")])
        for name in shown:
            if name not in ("across", "up", "deep") and not about(MapSetting, name).get("folded"):
                field(name, now)
        folded = [name for name in shown if about(MapSetting, name).get("folded")]
        if folded:
            with st.expander("More on t-SNE"):
                for name in folded:
                    field(name, now)


def choose_look(now: MapSetting, words: Words) -> None:
    """Draw the choice of colours and names, and the field for more words."""
    with st.sidebar:
        st.subheader("Look")
        field("colour", now)
        if now.colour == "cluster":
            field("clusters", now, slide=True)
        if now.colour == "own":
            own_values_control(words)
        field("names", now)
        if not (now.method == "tsne" and now.six):
            field("added", now, placeholder="espresso, tulip")
            _say_what_is_missing(now, words)


def field(name: str, now: MapSetting, **more: Any) -> None:
    """The widget of a field."""
    key = widget_key(name)
    field_widget(MapSetting, name, getattr(now, name), key, on_change=take, args=(name, key), **more)


def _matters(name: str, now: MapSetting) -> bool:
    if name == "deep":
        return now.space
    if name == "initialisation":
        return not now.six
    return True


def _axes(now: MapSetting, names: list[str]) -> None:
    for column, name in zip(st.columns(len(names)), names, strict=True):
        with column:
            field(name, now, options=list(NUMBERS))


def _say_what_is_missing(now: MapSetting, words: Words) -> None:
    """Of the words that were added: those without a vector, with their nearest spellings."""
    for word in dict.fromkeys(one.strip() for one in now.added.split(",")):
        if not word:
            continue
        try:
            words.source.number(word)
        except UnknownWord as error:
            st.warning(safe_markdown(str(error)), icon=":material/edit:")
            continue
        if words.row(word) is not None:
            st.caption(f"“{safe_markdown(word)}” is on the map already.")
