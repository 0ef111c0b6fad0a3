"""The summaries as texts beside one another, and one sentence with those it is most like."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app.links import safe_markdown
from explorer.app.notes import note
from explorer.app.summary_reading import Summaries
from explorer.app.summary_setting import PAGE
from explorer.applications.summary.spaces import SPACES
from explorer.figures.naming import hundredths, quoted
from explorer.figures.summary_lanes import shared_words
from explorer.text.spreadsheets import write_csv
from explorer.text.stop_words import stop_words

WAITING = "Comes when its vectors are there."
NOTHING = "Ranks nothing: no two sentences are linked."
LONGEST = 600
"""Characters of a sentence that are shown."""


def sentence_view(found: Summaries, looked: int | None) -> None:
    """The sentence that was clicked, and in each space the one it is most like."""
    if looked is None:
        st.caption("Click a bar to read its sentence and to see which others it is linked to.")
        return
    sentence = found.document.sentences[looked]
    with st.container(key="summary_sentence", border=True):
        st.markdown(f":orange[**{looked + 1}**] {safe_markdown(sentence.text[:LONGEST])}")
    columns = st.columns(max(len(found.lanes), 1), gap="large")
    for column, lane in zip(columns, found.lanes, strict=True):
        weights = lane.links[looked].copy()
        weights[looked] = 0.0
        other = int(np.argmax(weights))
        with column:
            place = f"place {found.orders[lane.space].index(looked) + 1} of {len(weights)}" if lane.is_ranked else "not ranked"
            st.caption(safe_markdown(f"{lane.name}: {place}"))
            if weights[other] > 0:
                shared = shared_words(sentence.words, found.document.sentences[other].words, stop_words())[:6]
                words = f", shared: {', '.join(map(quoted, shared))}" if shared else ", no word of content in common"
                told = f"Strongest link ({hundredths(float(weights[other]))}) to {other + 1}{words}: {found.document.sentences[other].text[:LONGEST]}"
                note(f"{PAGE}_link_{lane.space}", told)
            else:
                note(f"{PAGE}_link_{lane.space}", "It is linked to no other sentence.")


def texts_view(found: Summaries) -> None:
    """The first sentences and the summaries, each in the order of the text."""
    st.subheader("Read them", anchor=False)
    st.caption(
        "Each in the order of the text, with the number of each sentence. The first sentences are the summary to beat."
    )
    ways = {"lead": "First sentences", **SPACES}
    with st.container(key="summary_texts"):
        for column, (way, name) in zip(st.columns(len(ways), gap="medium"), ways.items(), strict=True):
            with column:
                st.markdown(f"**{name}**")
                for i in sorted(found.orders[way][: found.lead]) if way in found.orders else ():
                    _sentence(found, i)
                if not found.orders.get(way):
                    st.caption(NOTHING if way in found.orders else WAITING)
    st.download_button(
        "All sentences and their scores (.csv)", data=lambda: scores_csv(found), file_name="summary.csv", mime="text/csv", on_click="ignore",
        key=f"{PAGE}:csv", icon=":material/download:", type="tertiary",
    )  # fmt: skip


def _sentence(found: Summaries, i: int) -> None:
    text = found.document.sentences[i].text
    shown = text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."
    others = sum(i in set(order[: found.lead]) for way, order in found.orders.items() if way != "lead")
    number = f":blue-background[{i + 1}]" if others > 1 else f":gray[{i + 1}]"
    st.markdown(f"{number} {safe_markdown(shown)}")


def scores_csv(found: Summaries) -> bytes:
    """One row for each sentence."""
    names = [f"{lane.name}, times the average" for lane in found.lanes]
    n = len(found.document.sentences)
    return write_csv(
        ["number", "paragraph", "sentence", *names],
        ([i + 1, one.paragraph + 1, one.text, *(float(lane.scores[i] * n) if lane.is_ranked else "" for lane in found.lanes)] for i, one in enumerate(found.document.sentences)),
    )  # fmt: skip
