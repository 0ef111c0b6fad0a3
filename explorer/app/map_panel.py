"""Beside the map: one word and its neighbours among all words, the components, the clusters."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.clicks import once
from explorer.app.drawn import Drawing, drawn
from explorer.app.links import safe_markdown
from explorer.app.map_colour import groups_of, own_serial, own_values
from explorer.app.map_setting import LONGEST, PAGE, MapSetting, added_list, go, widget_key
from explorer.app.map_view import look_at
from explorer.app.map_words import Words, select
from explorer.embedding import UnknownWord, Vectors
from explorer.embedding.projection.components import Components
from explorer.figures.group_list import group_list
from explorer.figures.near_words import Near, near_words, shared
from explorer.figures.variance_bars import variance_bars

OFFERED = 5000
"""Words that complete what is typed, the first of the source; any other may be typed in full."""
NEAREST = 10
BEGINNINGS = 6
EXAMPLES = ("king", "paris", "water", "music", "three")


def find_word(now: MapSetting, words: Words) -> None:
    """Draw the field in which a word is found; typing completes."""
    key = widget_key("word")
    options = list(words.source.words[:OFFERED])
    at = words.source.index.get(now.word) if now.word else None
    if now.word and (at is None or at >= OFFERED):
        options.append(now.word)
        at = len(options) - 1
    st.selectbox(
        "Find a word", options, at, key=key, placeholder=f"Find one of {len(words.source):,} words", accept_new_options=True,
        label_visibility="collapsed", on_change=_find, args=(key,),
    )  # fmt: skip


def _find(key: str) -> None:
    """A fresh field for the next word: a long list that stays keeps a copy of itself in the browser for every choice."""
    word = (st.session_state[key] or "").strip()[:LONGEST]
    st.session_state[f"{PAGE}:notices"] = []
    go(word=word)


def word_panel(now: MapSetting, words: Words) -> None:
    """The chosen word and its nearest by two measures, among all words of the source."""
    if not now.word:
        _examples(words)
        return
    try:
        row = words.source.number(now.word)
    except UnknownWord as error:
        _not_here(now.word, error, words.source)
        return
    _headline(now, words, row)
    pointed = drawn(PAGE, "near", (words.serial, row), lambda: _near(words, row), f"neighbours-{now.word}", select=True)
    if pointed is not None and pointed.kind == "click" and pointed.ids:
        look_at(pointed.ids[0], words)


def _examples(words: Words) -> None:
    there = [word for word in EXAMPLES if word in words.source] or list(words.vectors.words[:5])
    st.caption(
        "Click a point, or find a word: its true neighbours appear here, and lines on the map show where they went."
    )
    with st.container(horizontal=True, gap="small", key=f"{PAGE}_examples"):
        for word in there:
            st.button(
                safe_markdown(word[:20]),
                key=f"{PAGE}:example:{word[:40]}",
                type="tertiary",
                on_click=once(go),
                kwargs={"word": word},
            )


def _headline(now: MapSetting, words: Words, row: int) -> None:
    count = "" if words.source.counts is None else f", {int(words.source.counts[row]):,} times in its text"
    on_map = words.row(now.word) is not None
    st.markdown(f"**{safe_markdown(now.word)}**  ·  no. {row + 1:,} of {len(words.source):,}{count}")
    if not on_map and now.word not in added_list(now.added) and added_list(now.word[:LONGEST]) == [now.word]:
        st.button(
            "Put it on the map",
            key=f"{PAGE}:add",
            icon=":material/add_location:",
            type="tertiary",
            on_click=once(_add),
            args=(now.word,),
        )


def _add(word: str) -> None:
    now: MapSetting = st.session_state[f"{PAGE}:now"]
    added = ", ".join([*added_list(now.added), word])
    go(added=added if len(added) <= LONGEST else word)


def _near(words: Words, row: int) -> Drawing:
    cosine, euclidean = (_nearest(words, row, measure) for measure in ("cosine", "euclidean"))
    both = len(shared(cosine, euclidean))
    name = words.source.words[row]
    told = f"The nearest to “{name}” among all {len(words.source):,} words: the two measures agree on {both} of {len(cosine.words)}."
    pale = "Pale words are not on this map." if not (cosine.on_map.all() and euclidean.on_map.all()) else ""
    return near_words.spec(cosine, euclidean, current_theme()), [told, pale]


def _nearest(words: Words, row: int, measure) -> Near:
    from explorer.embedding.neighbours import nearest

    source = words.source
    found = nearest(source, source.matrix[row], NEAREST, measure, [[row]])
    rows = found.rows[0][found.rows[0] >= 0]
    return Near(
        [source.words[i] for i in rows], found.values[0][: len(rows)], (rows + 1).astype(np.int32), np.isin(rows, words.rows),
    )  # fmt: skip


def _not_here(word: str, error: UnknownWord, source: Vectors) -> None:
    """A word without a vector: what is spelled like it, and what begins like it."""
    st.warning(safe_markdown(str(error).split(" Did you mean")[0]), icon=":material/search_off:")
    begun = [one for one in source.words[:100_000] if one.startswith(word)][:BEGINNINGS]
    offered = list(dict.fromkeys([*error.nearest, *begun]))
    if offered:
        st.caption("Did you mean")
        with st.container(horizontal=True, gap="small", key=f"{PAGE}_spellings"):
            for one in offered:
                st.button(
                    safe_markdown(one[:30]),
                    key=f"{PAGE}:spelling:{one[:60]}",
                    type="tertiary",
                    on_click=once(go),
                    kwargs={"word": one},
                )


def component_panel(now: MapSetting, words: Words, found: Components | None) -> None:
    """How much of the variance each component holds."""
    if found is None:
        return
    shown = tuple({now.across - 1, now.up - 1, *([now.deep - 1] if now.space else [])})
    st.caption(f"**Components**: share of the {'variance' if now.centre else 'mean square'} along each")
    drawn(
        PAGE,
        "variance",
        (words.serial, now.centre, now.normalise, now.whiten, shown),
        lambda: (variance_bars.spec(found.variance, shown, current_theme()), []),
        "components",
    )


def group_panel(now: MapSetting, words: Words) -> None:
    """The clusters or the visitor's own groups: the map's key. A click takes a group's words."""
    if now.colour == "cluster":
        groups = groups_of(words.vectors, now.clusters)
        lists, sizes, labels = groups.typical, groups.sizes, groups.labels
        told = "**Clusters** of the original vectors (k-means), the most typical words first; click to take one"
    elif now.colour == "own" and own_values() is not None and own_values().groups:
        given = own_values()
        number = {name: i for i, name in enumerate(given.names)}
        labels = np.array([number.get(given.groups.get(word, ""), -1) for word in words.vectors.words])
        lists = [(name,) for name in given.names]
        sizes, told = (
            np.bincount(labels[labels >= 0], minlength=len(lists)),
            f"**{safe_markdown(given.title)}**; click to take a group",
        )
    else:
        return
    st.caption(told)
    version = (words.serial, now.colour, now.clusters, own_serial())
    pointed = drawn(
        PAGE, "groups", version, lambda: (group_list.spec(lists, sizes, current_theme()), []), "groups", select=True
    )
    if pointed is not None and pointed.kind == "click" and pointed.ids and isinstance(pointed.ids[0], (int, float)):
        inside = words.rows[labels == int(pointed.ids[0])]
        select(tuple((inside + 1).tolist()), words.source)
        st.rerun(scope="app")
