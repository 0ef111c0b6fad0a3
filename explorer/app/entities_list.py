"""Held-out sentences with the names that were found, and what went wrong in them."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from explorer.app.components.marked_names import Line, marked_names
from explorer.app.entities_controls import look_at
from explorer.app.entities_marks import kind_colours, line_of
from explorer.app.entities_scores import SHORT, kinds_view
from explorer.app.entities_sentence import called, forget_typed, number_of
from explorer.app.entities_setting import PAGE, EntityView
from explorer.app.entities_state import View
from explorer.app.keepsake import remembered
from explorer.app.notes import note
from explorer.applications.entities.scoring import FAULTS, Mistake, fault_counts, mistakes
from explorer.figures.entities_notices import faults_notice

SHOWN = 10
"""Sentences at once."""


def list_view(now: EntityView, view: View) -> None:
    """Draw kinds and sentences of one part; a click on a sentence looks at it above."""
    st.subheader("What it finds, and what it gets wrong", anchor=False)
    part, faults, places = _choose(view)
    left, right = st.columns([5, 7], gap="large")
    with left:
        kinds_view(view, part)
    with right:
        if not places:
            st.markdown("No sentence has a mistake in it. Switch off “Only those with mistakes” to read them all.")
        chosen = number_of(now, view)
        lines = [_line(view, i, chosen) for i in places]
        picked = marked_names(lines, kind_colours(view.material.kinds), key=f"{PAGE}:list", clickable=True)
        names = sum(map(len, view.material.true[view.material.part(part)]))
        note(f"{PAGE}_list", faults_notice(fault_counts(one for found in faults for one in found), names))
    st.caption("Coloured ground: names it finds. Wavy line: claimed, but not right. Dashed frame: not found. Click a sentence to see it above.")
    if picked is not None and picked <= len(view.material.held_out):
        forget_typed()
        look_at(sentence=picked, word=0)
        st.rerun(scope="app")


def _choose(view: View) -> tuple[str, list[list[Mistake]], list[int]]:
    """Draw the choice of sentences; returns the part, the mistakes in each of its sentences, and the numbers of those shown."""
    parts = list(view.material.parts)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="entities_list_bar"):
        part = parts[0]
        if len(parts) > 1:
            part = st.segmented_control("Sentences", parts, default=parts[0], format_func=SHORT.get, required=True, key=f"{PAGE}:part")
        only = st.toggle("Only those with mistakes", value=True, key=f"{PAGE}:only")
        faults = remembered(f"{PAGE}:faults", (view.key, part), lambda: _faults(view, part), 8)
        wanted = [i for i, found in enumerate(faults) if found or not only]
        page = _page(len(wanted))
    start = view.material.part(part).start
    return part, faults, [start + i for i in wanted[page * SHOWN : (page + 1) * SHOWN]]


def _page(sentences: int) -> int:
    """Draw the choice of a page of sentences, where there are several; returns it, from 0."""
    pages = max(1, -(-sentences // SHOWN))
    if pages == 1:
        return 0
    key = f"{PAGE}:page"
    if st.session_state.get(key, 1) > pages:
        st.session_state[key] = pages
    return int(st.number_input(f"Page, of {pages}", 1, pages, key=key, width=140)) - 1


def _faults(view: View, part: str) -> list[list[Mistake]]:
    inside = view.material.part(part)
    return [mistakes(true, said) for true, said in zip(view.material.true[inside], view.said()[inside], strict=True)]


def _line(view: View, i: int, chosen: int) -> Line:
    sentence, true, said = view.material.held_out[i], view.material.true[i], view.said()[i]
    line = line_of(sentence.words, said, view.material.kinds, called(view), true)
    wrong = mistakes(true, said)
    fact = FAULTS[wrong[0].fault] if wrong else ""
    return replace(line, fact=fact, chosen=i + 1 == chosen, number=i + 1)
