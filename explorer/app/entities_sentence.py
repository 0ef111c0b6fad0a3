"""The leading picture: one sentence as each tagger takes it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.entities_controls import look_at
from explorer.app.entities_setting import PAGE, EntityView
from explorer.app.entities_state import View
from explorer.app.keepsake import remembered
from explorer.app.views import PRESENTED_WIDTH, WIDTH
from explorer.applications.entities.patterns import KIND_WORDS
from explorer.applications.entities.tags import entities
from explorer.applications.entities.words import split_name
from explorer.figures.entities_columns import word_at
from explorer.figures.entities_notices import reading_notice, speaks_notice
from explorer.figures.entities_reading import ReadSentence, Taken, entities_reading

MOST_WORDS = 60
"""Of a sentence that is drawn word beside word."""


def called(view: View) -> Mapping[str, str]:
    """Kinds in words: of the shipped sentences ours, of a visitor's file as they stand there."""
    return KIND_WORDS if view.run.base.data == "patterns" else {}


def choose_sentence(now: EntityView, ready: bool) -> str:
    """Draw the field for a sentence of one's own; returns what is typed."""
    if st.session_state.pop(f"{PAGE}:forget", False):
        st.session_state[f"{PAGE}:typed"] = ""
    with st.container(key="aside_sentence", horizontal=True, vertical_alignment="bottom", width="stretch"):
        return st.text_input(
            "Your own sentence", key=f"{PAGE}:typed", max_chars=400, disabled=not ready, width="stretch", label_visibility="collapsed",
            placeholder="Try your own: Jordan won the cup after Jordan scored twice .",
            help="Type a sentence and press Enter. Leave it empty to see a held-out one.",
        )  # fmt: skip


def forget_typed() -> None:
    """With the next run of the page, a held-out sentence is shown again."""
    st.session_state[f"{PAGE}:forget"] = True


def sentence_view(now: EntityView, views: Mapping[str, View], typed: str) -> None:
    """Draw the sentence; a click on a word explains its tag."""
    first = next(iter(views.values()))
    words, true = _sentence(now, first, typed)
    answers = {name: view.answer(words) for name, view in views.items()}
    place = _place(now, first, words)
    version = (tuple(view.key for view in views.values()), words, place, presentation.is_on())
    pointed = drawn(PAGE, "sentence", version, lambda: _drawing(views, answers, words, true, place), f"names-step-{first.shown.step}", select=True)
    if not presentation.is_on():
        st.caption("Click a word to see which words speak for its tag." + (f" The first {MOST_WORDS} words are shown." if len(words) == MOST_WORDS else ""))
    if pointed is not None and pointed.kind == "click" and isinstance(pointed.x, (int, float)):
        word = word_at(words, current_theme(), _width(), pointed.x)
        if word is not None and word != place:
            look_at(word=word + 1)
            st.rerun(scope="app")


def _width() -> float:
    return PRESENTED_WIDTH if presentation.is_on() else WIDTH


def _sentence(now: EntityView, view: View, typed: str) -> tuple[tuple[str, ...], list | None]:
    """The words, and what is right about them: None for a typed sentence."""
    words = split_name(" ".join(typed.split()))[:MOST_WORDS] if typed else ()
    if words:
        return words, None
    sentence = view.material.held_out[number_of(now, view) - 1]
    words, tags = sentence.words[:MOST_WORDS], sentence.tags[:MOST_WORDS]
    return words, entities(tags)


def number_of(now: EntityView, view: View) -> int:
    """The number of the held-out sentence that is shown, from 1."""
    held_out = view.material.held_out
    return now.sentence if 1 <= now.sentence <= len(held_out) else remembered(f"{PAGE}:telling", view.run.name, lambda: _telling(view), 4)


def _telling(view: View) -> int:
    """A sentence that begins with a name of one word, of a kind that only what follows tells; else the first with two names."""
    true = view.material.true
    wanted = (i for i, found in enumerate(true, start=1) if len(found) > 1 and found[0][:3] == ("ORG", 0, 1))
    return next(wanted, next((i for i, found in enumerate(true, start=1) if len(found) > 1), 1))


def _place(now: EntityView, view: View, words: tuple[str, ...]) -> int:
    """The word whose tag is explained, from 0: the chosen one, or the first of a name that is found."""
    if 1 <= now.word <= len(words):
        return now.word - 1
    found = view.answer(words).entities
    return found[0].start if found else 0


def _drawing(views: Mapping[str, View], answers: Mapping, words: tuple[str, ...], true: list | None, place: int) -> Drawing:
    from explorer.applications.entities.asking import influence

    first, present = next(iter(views.values())), presentation.is_on()
    explained = list(views)[:2] if len(views) == 2 else list(views)[:1]
    taken = [
        Taken(
            name, one.entities, one.sure, one.chances if name == first.name else None,
            influence(views[name].tagger(), words, place) if name in explained else None,
        )
        for name, one in answers.items()
    ]  # fmt: skip
    read = ReadSentence(words, first.material.kinds, taken, place, true, dict(called(first)))
    figure = entities_reading.spec(read, current_theme(), compact=present, width=_width())
    return figure, [reading_notice(read), "" if present else speaks_notice(read)]
