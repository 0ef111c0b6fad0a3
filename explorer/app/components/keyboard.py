"""Keeps keys where they belong: nothing to see, mounted once on every page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

ASSETS = Path(__file__).parents[3] / "assets"

_mount = st.components.v2.component(
    "unrolled_keyboard", js=(ASSETS / "keyboard.js").read_text(encoding="utf-8"), html="<span></span>"
)


def keyboard() -> None:
    """Arrow keys on a slider move the slider alone; the space bar always plays and pauses."""
    with st.container(key="keyboard"):
        _mount(key="keyboard_guard")
