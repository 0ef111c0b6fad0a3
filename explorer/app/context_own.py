"""The widgets for a visitor's own sentences: typed, or a file with the columns text and label."""

from __future__ import annotations

import streamlit as st

from explorer.app.links import safe_markdown

LIMIT = 20_000
"""Characters of the list; longer files are read as far as whole sentences fit."""
EXAMPLE = "weight | The suitcase was light.\nlamp | Turn off the light.\nlamp | The light in the hall is broken."


def own_told(key: str, current: str) -> str:
    """Widgets for own sentences; returns them as text, the one in use where the new one cannot be read."""
    uploaded = st.file_uploader(
        "Open a .csv file with the columns text and label", type=["csv", "txt"], key=f"{key}:file", max_upload_size=5,
        help="The label is the sense of the word in that text. What the file holds is then shown below, where you can change it.",
    )  # fmt: skip
    area = f"{key}:area:{uploaded.file_id if uploaded else ''}"
    start = _from_file(uploaded, key) if uploaded else current
    text = st.text_area(
        "Or type sentences", start, key=area, height=210, max_chars=LIMIT, placeholder=EXAMPLE,
        help="One in each line. If you like, write before it what the word means there, and a bar: lamp | Turn off the light.",
    )  # fmt: skip
    return text or ""


def _from_file(uploaded, key: str) -> str:
    """What a file holds, read once; nothing where it cannot be read."""
    from explorer.applications.contextual.told import fitting
    from explorer.text.labelled import read_labelled

    kept = st.session_state.get(f"{key}:read")
    if kept is None or kept[0] != uploaded.file_id:
        try:
            pairs = read_labelled(uploaded.getvalue())
            text, left_out = fitting([(label, sentence) for sentence, label in pairs], LIMIT)
            said = f"{left_out:,} texts of the file did not fit and were left out." if left_out else ""
            kept = (uploaded.file_id, text, said, False)
        except ValueError as error:
            kept = (uploaded.file_id, "", str(error), True)
        st.session_state[f"{key}:read"] = kept
    if kept[2]:
        (st.error if kept[3] else st.warning)(safe_markdown(kept[2]))
    return kept[1]
