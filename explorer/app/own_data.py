"""What visitors bring: a text or a column of numbers, pasted or uploaded. It stays in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from explorer.app.links import safe_markdown
from explorer.sequence.experiment import TEXT_LIMIT

T = TypeVar("T")


def own_text(key: str, current: str, most: int = TEXT_LIMIT) -> str:
    """Widgets for an own text; returns it, or the one from before if the new one cannot be read.

    Parameters
    ----------
    key : str
        Of the widgets; a new one empties them.
    current : str
        The text in use.
    most : int
        Characters that whoever reads it admits.
    """
    pasted = st.text_area(
        "Paste a text", key=f"{key}:paste", height=120, max_chars=200_000, placeholder="At least a few sentences ..."
    )
    uploaded = st.file_uploader("or open a .txt file (UTF-8)", type=["txt"], key=f"{key}:file", max_upload_size=5)
    from explorer.text.decoding import decode_text

    text = _read_once(key, uploaded, pasted, decode_text, current)
    if text:
        st.caption(f"{len(text):,} of at most {most:,} characters, kept in memory only.")
    else:
        st.info("Paste or open a text, and that is read.")
    return text


def own_series(key: str, current: tuple[float, ...]) -> tuple[float, ...]:
    """Widgets for an own column of numbers; as `own_text`."""
    uploaded = st.file_uploader(
        "Open a .csv file with a column of numbers", type=["csv", "txt"], key=f"{key}:file", max_upload_size=5
    )
    from explorer.text.columns import read_column

    values = _read_once(key, uploaded, "", read_column, current)
    if values:
        st.caption(f"{len(values):,} numbers, from {min(values):g} to {max(values):g}.")
    else:
        st.info("Open a file, and the network learns to forecast its first column of numbers.")
    return values


def own_reviews(key: str, current: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Widgets for texts of one's own with a label each; as `own_text`."""
    uploaded = st.file_uploader(
        "Open a .csv file with the columns text and label", type=["csv", "txt"], key=f"{key}:file", max_upload_size=5
    )
    from explorer.text.labelled import read_labelled

    reviews = _read_once(key, uploaded, "", read_labelled, current)
    if reviews:
        counts = Counter(label for _, label in reviews).most_common()
        each = ", ".join(f"{safe_markdown(label)} {count:,}" for label, count in counts)
        st.caption(f"{len(reviews):,} texts, kept in memory only: {each}. Of each, the first 60 words are read.")
    else:
        st.info("Open a file with one text and its label in each line, and the network learns to tell the labels apart.")
    return reviews


def _read_once(key: str, uploaded: Any, pasted: str, read: Callable[[bytes], T], current: T) -> T:
    """What a widget holds, read when it is new and not at every rerun; the current value where it cannot be read."""
    source = uploaded.file_id if uploaded else pasted
    if not source:
        return current
    kept = st.session_state.get(f"{key}:read")
    if kept is None or kept[0] != source:
        try:
            kept = (source, read(uploaded.getvalue() if uploaded else pasted.encode()), "")
        except ValueError as error:
            kept = (source, None, str(error))
        st.session_state[f"{key}:read"] = kept
    if kept[2]:
        st.error(safe_markdown(kept[2]))
    return current if kept[1] is None else kept[1]
