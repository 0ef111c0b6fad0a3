"""A visit: one browser tab, from opening to closing."""

from __future__ import annotations

import secrets

import streamlit as st


def visit() -> str:
    """The name of this visit, which nobody else can guess; its runs take commands from it alone."""
    if "visit" not in st.session_state:
        st.session_state["visit"] = secrets.token_urlsafe(16)
    return st.session_state["visit"]
