"""What the page "Word map" shows, as one value: which words, laid out how, coloured by what, looking at which word."""

from __future__ import annotations

import re
from typing import Any, Literal

import streamlit as st

from explorer.app.links import read_link, safe_markdown, write_link
from explorer.app.shelf import GLOVE, choose_source
from explorer.embedding.projection.experiment import ProjectionExperiment
from explorer.experiment import Experiment, about, bounds, setting

PAGE = "map"
COMPONENTS = 10
"""Principal components that can be looked at."""
NUMBERS = {number: str(number) for number in range(1, COMPONENTS + 1)}
MOST_WORDS = 20_000
MOST_CLUSTERS = 16
LONGEST, LONGEST_WORD = 200, 500
"""Characters of what is typed into a field, and of a word, which may have been clicked."""
OWN = ("word", "added", "formula_across", "formula_up")
"""Fields that may hold words of a visitor's own vectors: part of a link only where the vectors are."""


def _as_in_the_projection(name: str, group: str = "tsne", **changes: Any) -> Any:
    """A field that means the same as one of `ProjectionExperiment`: title, help and bounds are stated there."""
    info = ProjectionExperiment.model_fields[name]
    low, high = bounds(ProjectionExperiment, name)
    extra = {k: v for k, v in about(ProjectionExperiment, name).items() if k not in ("group", "private", "live")}
    limits = {} if low is None else {"ge": low, "le": high}
    return setting(info.default, info.title, info.description, group, **{**extra, **limits, **changes})


class MapSetting(Experiment):
    """One look at one map. Components are counted from 1, as they are shown."""

    words: int = setting(
        2000, "Words", "The first words of the source, which are the most frequent where it is ordered by frequency.",
        "words", ge=10, le=MOST_WORDS, options=(100, 200, 500, 1000, 2000, 3000, 5000, 8000, 12_000, 20_000),
    )  # fmt: skip
    function_words: bool = setting(
        False, "Function words and signs",
        "Also map words such as “the” and “of”, and tokens without a letter or digit.", "words",
    )  # fmt: skip
    method: Literal["pca", "tsne", "formula"] = setting(
        "pca", "Method",
        "How many dimensions become two: along the directions of largest variance, by neighbourhoods, or along your own axes.",
        "method", labels={"pca": "PCA", "tsne": "t-SNE", "formula": "Formula"},
    )  # fmt: skip
    across: int = setting(
        1, "Across", "Component along the horizontal axis.", "pca", ge=1, le=COMPONENTS, labels=NUMBERS
    )
    up: int = setting(2, "Up", "Component along the vertical axis.", "pca", ge=1, le=COMPONENTS, labels=NUMBERS)
    deep: int = setting(3, "Deep", "Component along the third axis.", "pca", ge=1, le=COMPONENTS, labels=NUMBERS)
    space: bool = setting(False, "3-D", "A map in space, to be turned with the mouse.", "pca")
    centre: bool = setting(
        True,
        "Centre",
        "Subtract the mean vector first. Without it the first component mostly points at the mean.",
        "pca",
    )
    normalise: bool = setting(
        False, "Normalise", "First scale every vector to length 1: only directions count, as in cosines.", "pca"
    )
    whiten: bool = setting(
        False, "Whiten", "Last scale every component to the same spread, so that all look equally important.", "pca"
    )
    perplexity: int = _as_in_the_projection("perplexity")
    directions: bool = _as_in_the_projection("normalise")
    initialisation: Literal["pca", "random"] = _as_in_the_projection("initialisation")
    six: bool = setting(
        False,
        "Six seeds",
        "Six maps of the same words from six random starts: what they share is in the words.",
        "tsne",
    )
    exaggeration: float = _as_in_the_projection("exaggeration")
    learning_rate: float = _as_in_the_projection("learning_rate")
    iterations: int = _as_in_the_projection("iterations")
    seed: int = _as_in_the_projection("seed", le=1_000_000)
    formula_across: str = setting(
        "woman - man", "Across", "Words are placed by how far they lie in this direction. Use + and -, numbers, brackets, mean(a, b).",
        "formula", max_length=LONGEST,
    )  # fmt: skip
    formula_up: str = setting(
        "good - bad", "Up", "The same for the vertical axis.", "formula", max_length=LONGEST,
    )  # fmt: skip
    measure: Literal["cosine", "dot"] = setting(
        "cosine", "Place by", "Cosine: the angle with the axis. Dot: also how long the word's vector is.", "formula",
        labels={"cosine": "Cosine", "dot": "Dot product"},
    )  # fmt: skip
    colour: Literal["cluster", "kept", "rank", "own"] = setting(
        "cluster", "Colour by",
        "Groups found among the original vectors; how far each word can be believed; place in the source; or your own table.",
        "look", labels={"cluster": "Clusters", "kept": "What the map kept", "rank": "Place in the source", "own": "My own values"},
    )  # fmt: skip
    clusters: int = setting(
        8, "Clusters", "Groups into which k-means puts the words, before any map.", "look", ge=2, le=MOST_CLUSTERS
    )
    names: int = setting(
        100, "Names", "Most words that are written; zoom in, and others find room.", "look",
        ge=0, le=300, options=(0, 25, 50, 100, 200, 300),
    )  # fmt: skip
    word: str = setting("", "Word", "The word whose neighbours are shown.", "place", max_length=LONGEST_WORD)
    added: str = setting(
        "", "Add words", "Words that are not on the map, separated by commas: they find their place, and the others stay.",
        "place", max_length=LONGEST,
    )  # fmt: skip


def added_list(text: str) -> list[str]:
    """The words of a list separated by commas; a comma within a number, as in 2,000, separates nothing."""
    return list(dict.fromkeys(word for one in re.split(r",(?!\d)", text) if (word := one.strip())))


def map_setting() -> MapSetting:
    """What the page shows now: what the address says when a link was opened, else what was chosen last."""
    linked = read_link(MapSetting, PAGE)
    if linked is not None:
        now, st.session_state[f"{PAGE}:notices"] = linked
        go(**dict(now))
        choose_source(PAGE, GLOVE)
        for name in ("isolated", "selected"):
            st.session_state.pop(f"{PAGE}:{name}", None)
    return st.session_state.setdefault(f"{PAGE}:now", MapSetting())


def current() -> MapSetting:
    """What the page shows by now: another source lets go of a word that it does not have."""
    return st.session_state[f"{PAGE}:now"]


def go(**changes: object) -> None:
    """Change what is shown. Widgets keep their value under their key, so what changes gets a new key."""
    old: MapSetting = st.session_state.get(f"{PAGE}:now", MapSetting())
    new = old.replace(**changes)
    editions = st.session_state.setdefault(f"{PAGE}:editions", {})
    for name in MapSetting.model_fields:
        if getattr(old, name) != getattr(new, name):
            editions[name] = editions.get(name, 0) + 1
    st.session_state[f"{PAGE}:now"] = new


def take(name: str, key: str) -> None:
    """Callback of a field's widget: it shows the value already, so its key stays."""
    value = st.session_state[key]
    if value is None:
        return
    st.session_state[f"{PAGE}:notices"] = []
    now: MapSetting = st.session_state[f"{PAGE}:now"]
    if isinstance(getattr(now, name), str):
        value = value.strip()[:LONGEST]
    st.session_state[f"{PAGE}:now"] = now.replace(**{name: value})


def widget_key(name: str) -> str:
    """Key of the widget of a field; see `go`."""
    return f"{PAGE}.{name}.{st.session_state.setdefault(f'{PAGE}:editions', {}).get(name, 0)}"


def write_address(now: MapSetting) -> None:
    """Let the address say what is shown; a visitor's own words stay out of it."""
    write_link(now, PAGE, without=() if st.session_state.get(f"{PAGE}:source", GLOVE) == GLOVE else OWN)


def draw_notices() -> None:
    """Say what of a link could not be used."""
    for notice in st.session_state.get(f"{PAGE}:notices", ()):
        st.warning(safe_markdown(notice), icon=":material/link_off:")
