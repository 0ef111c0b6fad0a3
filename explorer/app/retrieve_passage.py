"""One paragraph, with the words marked for which a method found it, and the reasons of all methods side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.controls import field_key, take_value
from explorer.app.drawn import Drawing, drawn
from explorer.app.keepsake import remembered
from explorer.app.links import JOINER, safe_markdown
from explorer.app.retrieve_search import Search, looked_at
from explorer.app.retrieve_setting import PAGE, RetrievalView
from explorer.applications.retrieval.collection import forms
from explorer.applications.retrieval.ranking import METHODS, Reason, rank_of
from explorer.experiment import choices
from explorer.figures.retrieve_reasons import reasons_notice, retrieve_reasons

STRONG, WEAK = ":blue-background[**{}**]", ":blue-background[{}]"
"""Looks of the words that add most, and of those that add something."""
MANY = 3.0
"""A word is strong when it adds so many times what a word adds on average, weak when it adds a half of that."""


def passage_view(search: Search, view: RetrievalView) -> None:
    """The paragraph that is looked at, and why it was found."""
    row = looked_at(search, view)
    if row is None:
        st.info("No paragraph shares anything with this question. Try other words.", icon=":material/search_off:")
        return
    st.subheader("Why was it found?", anchor=False)
    reasons = reasons_of(search, row)
    passage = search.library.collection.passages[row]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{safe_markdown(passage.title)}**, paragraph {passage.number + 1}")
        _choose_method(view)
    with st.container(key="sentence_written"):
        st.markdown(marked(passage.text, reasons[view.method]))
    version = (search.library.key, search.question, row, view.method)
    drawn(PAGE, "reasons", version, lambda: _drawing(search, row, reasons, view.method), "reasons")


def reasons_of(search: Search, row: int) -> dict[str, list[Reason]]:
    """The reasons of every method for a paragraph."""

    def ask_all() -> dict[str, list[Reason]]:
        return {name: method.reasons(search.question, row) for name, method in search.library.methods.items()}

    return remembered(f"{PAGE}:reasons", (search.library.key, search.question, row), ask_all, most=8)


def _choose_method(view: RetrievalView) -> None:
    key = field_key(PAGE, "method")
    st.segmented_control(
        "Marked are the words that count for", choices(RetrievalView, "method"), default=view.method, format_func=METHODS.get, required=True,
        key=key, label_visibility="collapsed", on_change=take_value, args=(PAGE, "method", key),
    )  # fmt: skip


def marked(text: str, reasons: Sequence[Reason]) -> str:
    """A text as Markdown with the words set off that add most to a score; nothing in it is markup of its own."""
    places = sorted((reason for reason in reasons if reason.end > reason.start), key=lambda reason: reason.start)
    usual = np.mean([max(reason.share, 0.0) for reason in places]) if places else 0.0
    out, end = [], 0
    for reason in places:
        # Where few words count at all, each of them is worth a look.
        level = reason.share / usual if usual and len(places) > 8 else MANY * (reason.share > 0)
        if level < MANY / 2 or reason.start < end:
            continue
        look = STRONG if level >= MANY else WEAK
        out += [safe_between(text[end : reason.start]), look.format(f"{JOINER}{safe_markdown(text[reason.start : reason.end])}{JOINER}")]
        end = reason.end
    return "".join(out) + safe_between(text[end:])


def safe_between(text: str) -> str:
    """The part of a text between two marks; its blanks stay."""
    return safe_markdown(text)


def _drawing(search: Search, row: int, reasons: dict[str, list[Reason]], method: str) -> Drawing:
    panels = {METHODS[name]: own for name, own in reasons.items()}
    figure = retrieve_reasons.spec(panels, current_theme(), bold=METHODS[method])
    rank = rank_of(search.scores[method], [row])
    where = f"For {METHODS[method]} this paragraph has rank {rank:,}." if rank else f"{METHODS[method]} does not find this paragraph."
    return figure, [where, reasons_notice(METHODS[method], reasons[method], forms(search.question))]
