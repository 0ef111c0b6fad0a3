"""Beside the map: the words that were drawn around, and what can be done with them."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app.clicks import once
from explorer.app.map_setting import PAGE
from explorer.app.map_words import Words, isolate, isolations, select, selected, undo_isolation

LISTED = 300
"""Words of a selection that are listed."""


def selection_panel(words: Words) -> None:
    """What was drawn around, and what can be done with it; and the way back from an isolation."""
    rows = selected()
    if isolations():
        with st.container(horizontal=True, vertical_alignment="center", key=f"{PAGE}_isolated"):
            st.caption(f"Isolated: {len(words.shown):,} words.")
            st.button(
                "Back", key=f"{PAGE}:undo", icon=":material/undo:", type="tertiary", on_click=once(undo_isolation)
            )
    if not len(rows):
        return
    names = [words.source.words[row] for row in rows]
    st.markdown(f"**{len(rows):,} word{'s' * (len(rows) != 1)}** inside what you drew")
    with st.container(horizontal=True, gap="small", key=f"{PAGE}_selection"):
        st.button("Isolate", key=f"{PAGE}:isolate", icon=":material/filter_center_focus:", on_click=once(_isolate), args=(rows, False),
                  help="Show these words alone, at their places.")  # fmt: skip
        st.button("Map anew", key=f"{PAGE}:alone", icon=":material/scatter_plot:", on_click=once(_isolate), args=(rows, True),
                  disabled=len(rows) < 4, help="Make a map of these words and no others.")  # fmt: skip
        st.button(
            "Name",
            key=f"{PAGE}:label",
            icon=":material/label:",
            on_click=once(_label),
            help="Write their names on the map.",
        )
        st.button(
            "Clear",
            key=f"{PAGE}:clear",
            icon=":material/close:",
            type="tertiary",
            on_click=once(select),
            args=((), words.source),
        )
    _table(words, rows[:LISTED], names[:LISTED])
    if len(rows) > LISTED:
        st.caption(f"The first {LISTED} are listed.")


def _table(words: Words, rows: np.ndarray, names: list[str]) -> None:
    table = {"word": names, "no.": rows + 1}
    truth = st.session_state.get(f"{PAGE}:truth")
    if truth is not None and truth[0][0] == words.serial and truth[2].neighbours:
        places = [words.row(name) for name in names]
        kept = truth[2].kept
        table[f"kept of {truth[2].neighbours}"] = [
            None if at is None else round(float(kept[at]) * truth[2].neighbours) for at in places
        ]
    st.dataframe(table, hide_index=True, height=220)


def _isolate(rows: np.ndarray, alone: bool) -> None:
    isolate(rows, alone)
    st.session_state.pop(f"{PAGE}:selected", None)


def _label() -> None:
    st.session_state[f"{PAGE}:labelled"] = True
