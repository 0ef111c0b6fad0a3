"""Presentation mode: the leading picture, large, and the arrow keys between pages and presets."""

from __future__ import annotations

from typing import Any

import streamlit as st

from explorer.app.clicks import once
from explorer.app.links import expect_link
from explorer.app.presets import neighbour

PARAMETER = "present"
SCALE = 1.35
"""How much larger the type in pictures is on a projector."""


def is_on() -> bool:
    """Whether the address asks for presentation mode."""
    return st.query_params.get(PARAMETER) == "1"


def scale() -> float:
    """Size of type in pictures, as a multiple of the normal size."""
    return SCALE if is_on() else 1.0


def toggle() -> None:
    """Switch presentation mode on or off, keeping everything else in the address."""
    if is_on():
        del st.query_params[PARAMETER]
    else:
        st.query_params[PARAMETER] = "1"


def button() -> None:
    """The button (and the key P) that begins or ends the presentation."""
    label, icon = ("End", ":material/close_fullscreen:") if is_on() else ("Present", ":material/present_to_all:")
    st.button(
        label, icon=icon, key="present_button", on_click=once(toggle), shortcut="P", help="Large type, no sidebar."
    )


def keys(pages: tuple[Any, ...], page: Any) -> None:
    """Buttons that only their shortcuts press: left and right between pages, up and down between presets."""
    paths = [spec.url_path for spec in pages]
    here = paths.index(page.url_path)
    with st.container(key="present_keys", horizontal=True):
        if st.button("Previous page", key="present_left", shortcut="Left", disabled=here == 0):
            _go(pages[here - 1], {})
        if st.button("Next page", key="present_right", shortcut="Right", disabled=here == len(pages) - 1):
            _go(pages[here + 1], {})
        for label, shortcut, step in (("Previous preset", "Up", -1), ("Next preset", "Down", 1)):
            if st.button(label, key=f"present_{shortcut.lower()}", shortcut=shortcut):
                link = {name: value for name, value in st.query_params.items() if name != PARAMETER}
                preset = neighbour(pages[here].file, link, step)
                _go(next(spec for spec in pages if spec.file == preset.page), preset.link())


def _go(spec: Any, link: dict[str, str]) -> None:
    expect_link(spec.state, link)
    st.switch_page(spec.page(), query_params={**link, PARAMETER: "1"})
