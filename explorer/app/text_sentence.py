"""The text at the door: what cleaning leaves of it, and of one sentence."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.controls import field_key, take_value
from explorer.app.drawn import Drawing, drawn
from explorer.app.links import safe_markdown
from explorer.app.notes import note
from explorer.app.text_markup import KEPT, REMOVED, chips, marked_sentence
from explorer.app.text_reading import Reading
from explorer.app.text_settings import PAGE, go
from explorer.figures.naming import quoted
from explorer.figures.stages import stages, stages_notice

STEP = 7919
"""Another sentence is this many further on: a prime, so that all of them come up."""


def stages_view(reading: Reading) -> None:
    """The size of the text after each step of its cleaning."""
    st.subheader("1 · From a text to words", anchor=False)
    st.caption(
        "A text is cut into **tokens**: words, numbers and punctuation marks. The **vocabulary** is the list of different ones. Each "
        "switch under Cleaning, in the sidebar, changes both."
    )
    drawn(PAGE, "stages", reading.key, lambda: _stages(reading), "cleaning")


def _stages(reading: Reading) -> Drawing:
    steps = reading.text.stages
    return stages.spec(steps, current_theme()), [stages_notice(steps)]


def sentence_view(reading: Reading) -> None:
    """One sentence as it is written, with what was removed struck through, and the tokens that are left."""
    st.subheader("2 · One sentence", anchor=False)
    _choose_sentence(reading)
    title = reading.text.titles[reading.text.document_of[reading.sentence]]
    looks = [KEPT if fate.position is not None else REMOVED for fate in reading.fates]
    with st.container(key="sentence_written"):
        st.caption(f"As it is written, in {safe_markdown(quoted(title, 60))}:")
        st.markdown(marked_sentence(reading.source, reading.fates, looks))
    with st.container(key="sentence_left"):
        st.caption("What is left, and will be turned into vectors:")
        st.markdown(chips(reading.words))
    note(f"{PAGE}_sentence", sentence_notice(reading))


def sentence_notice(reading: Reading) -> str:
    """How many tokens are left, and why the others went."""
    reasons = Counter(fate.reason for fate in reading.fates if fate.reason)
    shares = Counter(fate.position for fate in reading.fates if fate.position is not None)
    joined = [count for count in shares.values() if count > 1]
    said = f"{len(reading.words)} of {len(reading.fates)} tokens are left."
    if joined:
        said += f" {sum(joined)} words were joined into {len(joined)} phrase{'s' if len(joined) > 1 else ''}."
    if reasons:
        said += " Removed: " + ", ".join(f"{count} ({reason})" for reason, count in reasons.most_common()) + "."
    return said


def _choose_sentence(reading: Reading) -> None:
    many = len(reading.text.sentences)
    # Where the page chooses, the widget has to follow it from text to text.
    key = f"{field_key(PAGE, 'sentence')}:{hash(reading.key) if not reading.view.sentence else ''}"
    with st.container(horizontal=True, vertical_alignment="bottom", key="sentence_choice"):
        st.number_input(
            f"Sentence, of {many:,}", 1, many, reading.sentence + 1, key=key, width=190, on_change=take_value, args=(PAGE, "sentence", key),
        )  # fmt: skip
        st.button(
            "Another sentence", key=f"{PAGE}:another", icon=":material/shuffle:", on_click=_another, args=(reading.sentence, many), disabled=many < 2,
        )  # fmt: skip


def _another(now: int, many: int) -> None:
    go(sentence=1 + (now + STEP) % many, centre=0)
