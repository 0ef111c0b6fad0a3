"""Light or dark, small or large: what pictures need to know of the page they stand on."""

from __future__ import annotations

import streamlit as st

from explorer.app import presentation
from explorer.figures.palette import Theme, theme


def current_theme() -> Theme:
    """The pictures' theme for this page as it is shown now."""
    return theme(dark=st.context.theme.type == "dark", scale=presentation.scale())
