"""What visitors bring: a text or a column of numbers, pasted or uploaded. It stays in memory."""

from __future__ import annotations

import streamlit as st

from explorer.app.links import safe_markdown
from explorer.sequence.experiment import TEXT_LIMIT

SHOWN = 300
"""Characters of an own text that are shown back."""


def own_text(page: str, current: str) -> str:
    """Widgets for an own text; returns it, or the one from before if the new one cannot be read."""
    pasted = st.text_area(
        "Paste a text", key=f"{page}:paste", height=120, max_chars=200_000, placeholder="At least a few sentences ..."
    )
    uploaded = st.file_uploader("or open a .txt file (UTF-8, up to 5 MB)", type=["txt"], key=f"{page}:text_file")
    data = uploaded.getvalue() if uploaded else pasted.encode()
    if not data:
        if not current:
            st.info("Paste or open a text, and the network reads that.")
        return current
    from explorer.text.decoding import decode_text

    try:
        text = decode_text(data)
    except ValueError as error:
        st.error(safe_markdown(str(error)))
        return current
    st.caption(f"{len(text):,} of at most {TEXT_LIMIT:,} characters, kept in memory only.")
    return text


def own_series(page: str, current: tuple[float, ...]) -> tuple[float, ...]:
    """Widgets for an own column of numbers; returns it, or the one from before."""
    uploaded = st.file_uploader(
        "Open a .csv file with a column of numbers", type=["csv", "txt"], key=f"{page}:csv_file"
    )
    if uploaded is None:
        if not current:
            st.info("Open a file, and the network learns to forecast its first column of numbers.")
        return current
    from explorer.text.columns import read_column

    try:
        values = read_column(uploaded.getvalue())
    except ValueError as error:
        st.error(safe_markdown(str(error)))
        return current
    st.caption(f"{len(values):,} numbers, from {min(values):g} to {max(values):g}.")
    return values
