"""Attention: all heads small, one large, and beside it what gradients and covered words say of the same question."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.context_scene import Scene
from explorer.app.context_sentence import Inside
from explorer.app.context_settings import HEADS, LAYERS, PAGE, go
from explorer.app.drawn import Drawing, drawn
from explorer.app.keepsake import remembered
from explorer.app.views import WIDTH
from explorer.applications.contextual.patterns import named_heads, pattern_shares
from explorer.figures.context_head import Opinion, context_head
from explorer.figures.context_heads import context_heads, head_at, pattern_key
from explorer.figures.context_notices import heads_notice, opinions_notice

CONTENT = ("previous", "next", "itself", "same")
"""Patterns that look at words; a separator is where a head looks that has nothing to look at (Clark et al. 2019)."""


def attention_view(inside: Inside, scene: Scene | None) -> None:
    """All heads, then the chosen one."""
    st.subheader("Who looks at whom", anchor=False)
    st.caption(
        "In each layer every word takes something from all others; **attention** says how much, as shares of 1. A layer has several **heads**, each with "
        "shares of its own. Each small map is one head: rows look at columns. A frame and a sign name the pattern that takes at least half of a head's "
        "attention in this sentence, with its share in per cent. Click a head to see it large."
    )
    maps, named = inside.reading.attention, heads_of(inside)
    chosen = chosen_head(inside, named)
    key = (inside.reading.text, chosen)
    clicked = drawn(PAGE, "heads", key, lambda: _heads(maps, named, chosen), "attention-heads", select=True)
    if clicked is not None and clicked.kind == "click" and isinstance(clicked.x, int | float) and isinstance(clicked.y, int | float):
        found = head_at(clicked.x, clicked.y, maps)
        if found is not None:
            go(floor=found[0] + 1, head=found[1] + 1)
            st.rerun()
    _large(inside, scene, chosen)


def heads_of(inside: Inside) -> dict[tuple[int, int], tuple[str, float]]:
    """The heads that follow a pattern in this sentence."""
    reading = inside.reading
    separators = np.array([word is None for word in reading.words])
    return named_heads(pattern_shares(reading.attention, reading.ids, separators))


def chosen_head(inside: Inside, named: dict[tuple[int, int], tuple[str, float]]) -> tuple[int, int]:
    """Layer and head, from 0: the one that was clicked, else the one that follows a pattern of words most."""
    view = inside.view
    if view.floor and view.head:
        return view.floor - 1, view.head - 1
    content = {place: share for place, (name, share) in named.items() if name in CONTENT}
    return max(content, key=content.get) if content else (0, 0)


def _heads(maps: np.ndarray, named: dict, chosen: tuple[int, int]) -> Drawing:
    total = maps.shape[0] * maps.shape[1]
    return context_heads.spec(maps, named, chosen, current_theme(), width=WIDTH), [pattern_key(named, total) + ".", heads_notice(named, total)]


def _large(inside: Inside, scene: Scene | None, chosen: tuple[int, int]) -> None:
    layer, head = chosen
    st.markdown(f"**Layer {layer + 1}, head {head + 1}**, and other ways to ask which words matter")
    st.caption(
        "Lines run from the words that look to those they look at; click a word to follow its lines. **Attention is not explanation**: a head shows where it "
        "looks, not what comes of it (Jain and Wallace 2019). So the word looked at is asked again: **gradient × input** says by how much each word moves its "
        "vector, to first order; **covered** what really happens when that word is replaced by [MASK]. Hollow bars are negative."
    )
    _choose(inside, chosen)
    opinions, towards = opinions_of(inside, scene, chosen)
    key = (inside.reading.text, chosen, inside.looked, inside.view.layer, scene.key if scene else None)
    clicked = drawn(PAGE, "head", key, lambda: _head(inside, chosen, opinions, towards), f"layer-{layer + 1}-head-{head + 1}", select=True)
    if clicked is not None and clicked.kind == "click" and clicked.ids and str(clicked.ids[0]).isdecimal():
        number = int(clicked.ids[0])
        if 1 <= number <= len(inside.units) - 2:
            go(looked=number)
            st.rerun()


def _choose(inside: Inside, chosen: tuple[int, int]) -> None:
    """The same choices as by clicks, for the keyboard."""
    words = range(1, len(inside.units) - 1)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="context_head_choice"):
        for label, options, now, change in (
            ("Layer", range(1, LAYERS + 1), chosen[0] + 1, lambda value: {"floor": value, "head": chosen[1] + 1}),
            ("Head", range(1, HEADS + 1), chosen[1] + 1, lambda value: {"floor": chosen[0] + 1, "head": value}),
            ("Word looked at", words, inside.looked, lambda value: {"looked": value}),
        ):
            key = f"{PAGE}:choose:{label}:{hash((inside.reading.text, chosen, inside.looked))}"
            # A list tells its choices apart by what is written, and a word may stand in a sentence twice.
            written = (lambda k: f"{k} · {inside.units.labels[k]}") if options is words else str
            st.selectbox(label, options, options.index(now), format_func=written, key=key, width=150, on_change=_take, args=(key, change))


def _take(key: str, change: Callable[[int], dict[str, int]]) -> None:
    if st.session_state[key] is not None:
        go(**change(st.session_state[key]))


def opinions_of(inside: Inside, scene: Scene | None, chosen: tuple[int, int]) -> tuple[list[Opinion], str]:
    """What attention, gradient and covering say of every word, and which movement of the vector is meant."""
    from explorer.applications.contextual.units import attention_between

    layer, head = chosen
    maps = attention_between(inside.reading, inside.units)
    direction, towards, depth = direction_of(inside, scene)
    key = (inside.reading.text, inside.looked, depth, towards, id(scene.found) if scene else 0)
    pulls, effects = remembered(f"{PAGE}:opinions", key, lambda: _asked(inside, direction, depth), 6)
    return [
        Opinion("this head", maps[layer, head, inside.looked], "attention", "attention"),
        Opinion("all heads, all layers", maps[:, :, inside.looked].mean(axis=(0, 1)), "mean attention", "attention"),
        Opinion("gradient × input", pulls, "gradient × input", "gradient"),
        Opinion("covered", effects, "the vector falls by", "effect"),
    ], towards


def direction_of(inside: Inside, scene: Scene | None) -> tuple[np.ndarray, str, int]:
    """Along which direction, in words, and in which layer the movement of the vector is measured.

    Where senses are told: from the nearest other sense to its own. Else along the vector itself.
    """
    from explorer.applications.contextual.deciding import own_direction, sense_direction

    depth = inside.view.layer or LAYERS
    own = inside.occurrence is not None and inside.looked == inside.units.at(inside.chosen_subwords[0])
    if own and scene is not None and scene.found.is_told:
        found = sense_direction(scene.found, scene.picked, depth)
        if found is not None:
            return found[1], f"from {found[0]} to {inside.occurrence.sense}", depth
    return own_direction(inside.reading, inside.subwords, depth), "", depth


def _asked(inside: Inside, direction: np.ndarray, depth: int) -> tuple[np.ndarray, np.ndarray]:
    """Gradient x input and the effect of covering, for each unit; separators cannot be covered."""
    from explorer.applications.contextual.deciding import covered_effects, directed_pull

    units, subwords = inside.units, inside.subwords
    with st.spinner("Covering one word after another ..."):
        pulls = units.sums(directed_pull(inside.model, inside.reading.text, subwords, direction, depth))
        covered = iter(covered_effects(inside.model, inside.reading, subwords, direction, depth))
    return pulls, np.array([np.nan if separator else next(covered) for separator in units.separators])


def _head(inside: Inside, chosen: tuple[int, int], opinions: list[Opinion], towards: str) -> Drawing:
    from explorer.applications.contextual.units import attention_between

    weights = attention_between(inside.reading, inside.units)[chosen]
    units = inside.units
    figure = context_head.spec(units.labels, weights, inside.looked, opinions, current_theme(), separators=units.separators)
    said = opinions_notice(units.labels, units.separators, inside.looked, [one.values for one in opinions], towards, inside.view.layer or LAYERS)
    return figure, [said]
