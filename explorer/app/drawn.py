"""Pictures that are built anew only when what they show has changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.components.live_plot import Selection, live_plot, prepare
from explorer.app.notes import note
from explorer.figures.canvas import Spec

Drawing = tuple[Spec, list[str]]
"""A picture and the sentences under it."""


def drawn(
    page: str,
    name: str,
    version: Hashable,
    draw: Callable[[], Drawing],
    file_name: str,
    select: bool = False,
    roam: bool = False,
    between: Callable[[], None] | None = None,
) -> Selection | None:
    """Show a picture and its sentences; returns what a visitor pointed at, if `select`. For `roam` see `live_plot`.

    Parameters
    ----------
    page, name : str
        Where its state is kept, and its key.
    version : hashable
        Equal as long as the picture would be.
    draw : callable
        Makes it.
    file_name : str
        Name of the file when the visitor saves the picture.
    between : callable, optional
        Draws what stands between the picture and its sentences.
    """
    version = (current_theme(), version)
    kept = st.session_state.get(f"{page}:drawn:{name}")
    if kept is None or kept[0] != version:
        figure, sentences = draw()
        sentences = [sentence for sentence in sentences if sentence]
        kept = (version, prepare(figure, alt=" ".join(sentences), name=file_name, select=select, roam=roam), sentences)
        st.session_state[f"{page}:drawn:{name}"] = kept
    selection = live_plot(kept[1], key=f"{page}:{name}")
    if between is not None:
        between()
    if kept[2]:
        note(f"{page}_{name}", *kept[2])
    return selection
