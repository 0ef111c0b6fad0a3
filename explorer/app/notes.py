"""The line under a chart: what to notice, computed from the data."""

from __future__ import annotations

import streamlit as st

from explorer.app.links import safe_markdown


def note(key: str, *sentences: str) -> None:
    """Draw computed sentences; they may quote a visitor's words, so nothing in them is markup."""
    text = " ".join(sentence for sentence in sentences if sentence)
    with st.container(key=f"notice_{key}"):
        st.markdown(safe_markdown(text))
