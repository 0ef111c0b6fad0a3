"""What the page "Words in context" shows, as one value: which word in which sentences, and what is looked at."""

from __future__ import annotations

from typing import ClassVar, Literal

import streamlit as st

from explorer.app.context_own import own_told
from explorer.app.controls import Sheet, Values, experiment_controls, field_beside, field_key, set_controls
from explorer.applications.contextual.occurrences import MOST
from explorer.experiment import Experiment, about, setting

PAGE = "context"
TOLD_LIMIT = 20_000
"""Longest list of own sentences, in characters."""
GROUPS = {"own": "Your word", "map": "The map"}
"""What stands in the sidebar; all other groups stand beside their pictures."""
WORDS = ("bank", "spring", "bat", "mouse", "own")
LAYERS, HEADS = 6, 12
"""Of the model, known before it is read."""
MOST_WORDS = 60
"""Words of a sentence that can be looked at."""
MOST_SUBWORDS = 120
"""Subwords of it: every word is covered once, and each time the model reads them all."""


class ContextView(Experiment):
    """One look at one word. Places are counted from 1, as they are shown; 0 lets the page choose."""

    leading: ClassVar[str] = "word"
    suggested: ClassVar = {"spring": {"groups": 3}, "own": {"colour": "sense"}}

    word: Literal["bank", "spring", "bat", "mouse", "own"] = setting(
        "bank", "Word", "A word that means several things, in sentences written for this page; or your own.", "word",
        labels={"bank": "bank", "spring": "spring", "bat": "bat", "mouse": "mouse", "own": "My own word"},
    )  # fmt: skip
    own_word: str = setting("", "Your word", "As a whole word, in either case; several words are one phrase.", "own", max_length=40)
    told: str = setting(
        "", "Your sentences", "One in each line. They stay in memory and are never part of a link.", "own", max_length=TOLD_LIMIT,
        private=True,
    )  # fmt: skip

    layer: int = setting(
        LAYERS, "Layer", "Layer 0 knows the word and its place only; every further layer mixes in more of the sentence.", "layer", ge=0, le=LAYERS,
    )  # fmt: skip
    centre: Literal["none", "all", "own"] = setting(
        "all", "Mean that is taken away", "What all vectors share says nothing about one of them: the mean of many words, or that of this word alone.", "map",
        labels={"none": "None", "all": "That of many words", "own": "That of this word"},
    )  # fmt: skip
    colour: Literal["sense", "cluster"] = setting(
        "sense", "Colour by", "The sense that a person told, or groups found in the vectors alone.", "map",
        labels={"sense": "Told sense", "cluster": "Found group"},
    )  # fmt: skip
    groups: int = setting(2, "Groups", "How many groups are looked for.", "map", ge=2, le=6)

    source: Literal["listed", "typed"] = setting(
        "listed", "Sentence", "One of the sentences above, or another that you type.", "inside", labels={"listed": "One of the above", "typed": "Type one"},
    )  # fmt: skip
    picked: int = setting(0, "Number", "Of the sentence above.", "inside", ge=0, le=MOST)
    typed: str = setting("", "Your sentence", "It stays in memory and is never part of a link.", "inside", max_length=TOLD_LIMIT, private=True)
    looked: int = setting(0, "Word looked at", "Its number in the sentence.", "inside", ge=0, le=MOST_WORDS)
    floor: int = setting(0, "Layer of the head", "Or click a head.", "inside", ge=0, le=LAYERS)
    head: int = setting(0, "Head", "Or click a head.", "inside", ge=0, le=HEADS)
    odd: str = setting(
        "goverment kingdoom presidnet", "Words", "Rare or misspelt ones, separated by blanks.", "odd", max_length=120,
    )  # fmt: skip


def context_controls() -> ContextView:
    """Draw the sidebar of the page and return what the page shows."""
    return experiment_controls(PAGE, SHEET)


def go(**changes: object) -> None:
    """Show something else from the next run on."""
    shown: ContextView = st.session_state[f"{PAGE}:past"][-1]  # what the widgets say may have been refused
    set_controls(PAGE, shown.replace(**changes))


def choose_word(view: ContextView) -> None:
    """Draw the choice of the word; places in the old word's sentences mean nothing for the new one."""
    key = field_key(PAGE, "word")
    st.segmented_control(
        "Word", WORDS, default=view.word, format_func=about(ContextView, "word")["labels"].get, required=True, key=key, label_visibility="collapsed",
        on_change=_take_word, args=(key,),
    )  # fmt: skip


def choose_layer() -> None:
    """Draw the choice of the layer that is shown."""
    with st.container(width=330):
        field_beside(PAGE, "layer", slide=True)


def _take_word(key: str) -> None:
    word = st.session_state[key]
    if word is not None:
        groups = ContextView.suggestions({"word": word}).get("groups", ContextView.model_fields["groups"].default)
        go(word=word, groups=groups, picked=0, looked=0, source="listed")


def _shown(name: str, values: Values) -> bool:
    if name in ("own_word", "told"):
        return values["word"] == "own"
    return name != "groups" or values["colour"] == "cluster"


MORE = {"own_word": {"placeholder": "For instance: light"}, "groups": {"slide": True}, "centre": {"buttons": 2}}
"""Further arguments of single widgets."""


def _more(name: str, values: Values) -> Values:
    return MORE.get(name, {})


SHEET = Sheet(ContextView, GROUPS, shown=_shown, own={"told": own_told}, more=_more)
