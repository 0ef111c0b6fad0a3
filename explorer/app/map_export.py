"""The map to take along: coordinates, a bundle for the Embedding Projector, a page that works by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from explorer.app.map_setting import PAGE, MapSetting
from explorer.app.map_words import Words
from explorer.figures.map_colours import Colouring
from explorer.figures.mapped import Mapped
from explorer.figures.palette import Theme

GLASS = "rgba(0,0,0,0)"


@dataclass(frozen=True, eq=False)
class Shown:
    """What was last drawn, as far as it can be taken along."""

    words: Words
    mapped: Mapped
    colouring: Colouring
    theme: Theme


def remember(shown: Shown) -> None:
    """Keep what was drawn: files are made later, outside of any script run, without a look at the session."""
    _held()["shown"] = shown


def forget() -> None:
    """There is no map at this moment, and none of before may be taken for it."""
    _held().pop("shown", None)
    st.session_state.pop(f"{PAGE}:drawn:map", None)  # drawn anew, it is remembered anew


def _held() -> dict[str, Shown]:
    return st.session_state.setdefault(f"{PAGE}:exported", {})


def download_control(now: MapSetting) -> None:
    """Draw the button behind which the files are."""
    held = _held()
    with st.popover(":material/download:", help="Download the map."):
        if now.method == "tsne" and now.six:
            st.caption(
                "One map at a time can be downloaded as a file; the pictures above the six have their own buttons."
            )
            return
        if "shown" not in held:
            st.caption("There is no map to download yet.")
            return
        for key, label, make, file, kind, told in FILES:
            st.download_button(
                label, partial(_made, held, make), file, kind, key=f"{PAGE}:{key}", help=told, on_click="ignore",
                width="stretch", icon=":material/download:",
            )  # fmt: skip
        st.caption("PNG and SVG: the buttons at the upper right of the picture.")


def coordinates(shown: Shown) -> bytes:
    """A line for each word on the map: its place, its number in the source, and what its colour says."""
    from explorer.embedding import map_csv

    columns = {"number": shown.mapped.numbers.tolist(), shown.colouring.title: _told(shown.colouring)}
    # With a byte-order mark: without it some spreadsheets take the text for Latin-1.
    return map_csv(shown.mapped.words, shown.mapped.places, columns).encode("utf-8-sig", errors="replace")


def bundle(shown: Shown) -> bytes:
    """The words on the map with all their dimensions."""
    from explorer.embedding import projector_bundle

    vectors = shown.words.vectors.take(shown.words.shown)
    return projector_bundle(vectors, {shown.colouring.title: _told(shown.colouring)})


def _told(colouring: Colouring) -> list[object]:
    """The values behind the colours: names of groups, or numbers; empty where nothing is known."""
    if colouring.groups:
        return [
            colouring.groups[int(value)] if known else ""
            for value, known in zip(colouring.values, colouring.known, strict=True)
        ]
    return [float(value) if known else "" for value, known in zip(colouring.values, colouring.known, strict=True)]


def html_page(shown: Shown) -> bytes:
    """The map as one file: the drawing library is in it."""
    from explorer.figures.word_map import word_map
    from explorer.figures.word_space import word_space

    deep = shown.mapped.places.shape[1] == 3
    height = 820
    if deep:
        figure = word_space(shown.mapped, shown.colouring, shown.theme, height=height)
    else:
        figure = word_map(shown.mapped, shown.colouring, shown.theme, width=1200, height=height)
    page = figure.to_html(
        include_plotlyjs=True, include_mathjax=False, full_html=True, default_width="100%", default_height=f"{height}px",
        config={"scrollZoom": True, "displaylogo": False, "typesetMath": False, "responsive": True, "plotlyServerURL": ""},
    )  # fmt: skip
    style = f"<style>body{{margin:0;background:{shown.theme.background}}}{ABOVE}</style>"
    return page.replace("<head>", f"<head><title>Word map</title>{style}", 1).encode()


ABOVE = f'.main-svg[style*="{GLASS.replace(",", ", ")}"],.main-svg[style*="{GLASS.replace(",", ", ")}"]~.main-svg{{z-index:1}}'
"""Names above points that the graphics card draws, as in the app."""

FILES = (
    ("csv", "Coordinates, CSV", coordinates, "word-map.csv", "text/csv", "A line for each word: its place, and its colour's value."),
    ("zip", "Vectors for the Embedding Projector", bundle, "projector.zip", "application/zip",
     "On projector.tensorflow.org choose Load, then the two .tsv files in it."),
    ("html", "The map as a page, HTML", html_page, "word-map.html", "text/html", "One file that needs no server and no internet."),
)  # fmt: skip
"""Key, label, what makes it, file name, kind and help of each file."""


def _made(held: dict[str, Shown], make: Callable[[Shown], bytes]) -> bytes:
    return make(held["shown"])
