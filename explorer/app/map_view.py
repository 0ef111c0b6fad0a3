"""The leading picture of the page "Word map", and what a click or a lasso on it does."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from explorer.app import presentation
from explorer.app.components.live_plot import Selection, seen
from explorer.app.drawn import drawn
from explorer.app.links import safe_markdown
from explorer.app.map_colour import own_serial
from explorer.app.map_export import forget
from explorer.app.map_layout import Layout, formula_layout, pca_layout
from explorer.app.map_scene import Scene, draw, scene_of
from explorer.app.map_setting import PAGE, MapSetting, go
from explorer.app.map_words import Words, select, selected
from explorer.embedding import UnknownWord
from explorer.embedding.projection.components import Components
from explorer.figures.map_sentences import component_sentence

DRAGS = {"pan": "Move", "select": "Box", "lasso": "Lasso"}


def still_map(words: Words, now: MapSetting) -> Components | None:
    """Draw a map that is there at once; returns its components, where it has some. What cannot be drawn is said."""
    found = None
    try:
        if now.method == "pca":
            layout, found = pca_layout(words, now)
        else:
            layout = formula_layout(words, now)
    except (ValueError, UnknownWord) as error:
        _instead(str(error))
        return None
    more = []
    if found is not None:
        shown = [now.across - 1, now.up - 1, *([now.deep - 1] if now.space else [])]
        more.append(component_sentence(found.variance, shown, "variance" if now.centre else "mean square"))
    picture(words, now, layout, more)
    return found


def _instead(problem: str) -> None:
    """What stands in the place of a map that cannot be drawn."""
    forget()
    with st.container(height=420, border=False, vertical_alignment="center", horizontal_alignment="center"):
        st.warning(safe_markdown(problem), icon=":material/edit:")
        st.caption("The map comes back as soon as that is put right.")


def picture(
    words: Words, now: MapSetting, layout: Layout, more: list[str], between: Callable[[], None] | None = None
) -> Scene:
    """Draw the map, with what stands `between` it and its sentences, and do what was clicked."""
    scene = scene_of(words, now, layout)
    look, drag = seen(f"{PAGE}:map"), st.session_state.get(f"{PAGE}:drag", "pan")
    labelled = (len(selected()), int(selected().sum())) if st.session_state.get(f"{PAGE}:labelled") else None
    version = (words.serial, now, layout.key, layout.settled, look, drag, labelled, own_serial(), presentation.is_on())
    pointed = drawn(
        PAGE, "map", version, lambda: (draw(scene, look, drag), [*more, *scene.sentences()]),
        f"word-map-{now.method}", select=True, roam=True, between=between,
    )  # fmt: skip
    obey(pointed, words)
    return scene


def obey(pointed: Selection | None, words: Words) -> None:
    """A click looks at a word, a box or lasso takes many."""
    if pointed is None:
        return
    if pointed.kind == "click" and pointed.ids:
        look_at(pointed.ids[0], words)
    elif pointed.kind in ("box", "lasso"):
        select(pointed.ids, words.source)
        st.rerun(scope="app")
    elif pointed.kind == "clear" and len(selected()):
        select((), words.source)
        st.rerun(scope="app")


def look_at(number: str | float, words: Words) -> None:
    """Look at the word with this place in the source, counted from 1."""
    if isinstance(number, (int, float)) and 1 <= number <= len(words.source):
        go(word=words.source.words[int(number) - 1])
        st.rerun(scope="app")


def no_words() -> None:
    """What stands here while there are no vectors."""
    with st.container(height=420, border=False, vertical_alignment="center", horizontal_alignment="center"):
        st.markdown("There are no words yet.")
        st.caption("Choose GloVe, or open a file with word vectors in the sidebar, and their map appears here.")


def drag_control(now: MapSetting) -> None:
    """What a drag on the map does; in space it turns."""
    if now.method == "pca" and now.space:
        return
    st.segmented_control(
        "A drag on the map", list(DRAGS), default=st.session_state.get(f"{PAGE}:drag", "pan"), format_func=DRAGS.get, required=True,
        key=f"{PAGE}:drag:control", label_visibility="collapsed", on_change=_take_drag,
        help="Move the map, or draw around words to list, name or isolate them. The wheel zooms; a double click shows all.",
    )  # fmt: skip


def _take_drag() -> None:
    st.session_state[f"{PAGE}:drag"] = st.session_state[f"{PAGE}:drag:control"]
