"""The map of words in three dimensions, to be turned with the mouse."""

from __future__ import annotations

import html

import numpy as np

from explorer.figures.canvas import Spec, canvas, picture, spec
from explorer.figures.map_axes import LINE, Axis, caption_lines, caption_notes
from explorer.figures.map_colours import Colouring, marker, unknown_marker
from explorer.figures.mapped import LONGEST, Mapped, escaped, point_size
from explorer.figures.palette import Theme, blend, fade, plain

LEFT, TOP = 24, 34
"""Pixels left of the caption, and above the scene, where the key of a scale stands."""
NAMES = 40
"""Most names: from another side they may cover one another."""
SYMBOLS = {0: "circle", 2: "diamond", 17: "cross"}
"""Signs of groups in space, by plotly's numbers in the plane."""


@picture
def word_space(mapped: Mapped, colouring: Colouring, theme: Theme, *, width: float = 640, height: float = 470) -> Spec:
    """A map in space; parameters as in `word_map`, places (n, 3)."""
    lines = caption_lines(mapped.caption, theme, width - LEFT)
    margin = (0, 0, TOP * theme.scale, (LINE * len(lines) + 6) * theme.scale)
    layout = canvas(theme, height, margin, uirevision=mapped.revision)
    axes = mapped.axes or (Axis(""),) * 3
    layout["scene"] = {
        "aspectmode": "data" if mapped.equal else "cube", "bgcolor": theme.background, "dragmode": "orbit",
        "camera": {"eye": {"x": 1.2, "y": 1.2, "z": 0.65}, "center": {"x": 0, "y": 0, "z": -0.12}}, "hovermode": "closest",
        **{f"{letter}axis": _axis(axis, theme) for letter, axis in zip("xyz", axes, strict=True)},
    }  # fmt: skip
    layout["annotations"] = caption_notes(lines, theme, 0, LEFT)
    return spec([*_points(mapped, colouring, theme), *_ties(mapped, theme), _names(mapped, theme)], layout)


def _axis(axis: Axis, theme: Theme) -> dict:
    ends = " … ".join(plain(words[0], 16) for words in (axis.low, axis.high) if words)
    text = plain(axis.title, 30) + (f": {ends}" if ends else "")
    return {
        "title": {"text": text, "font": {"size": theme.px(11), "color": theme.quiet}}, "showticklabels": False, "showgrid": False,
        "zeroline": False, "showline": True, "linecolor": theme.faint, "showbackground": False, "showspikes": False,
    }  # fmt: skip


def _points(mapped: Mapped, colouring: Colouring, theme: Theme) -> list[dict]:
    size, names, known = 0.36 * point_size(len(mapped.words), theme), escaped(mapped.words), colouring.known
    parts = [(~known, unknown_marker(theme, size)), (known, _in_space(marker(colouring, theme, size)))]
    return [
        {
            "type": "scatter3d", "mode": "markers", **_at(mapped.places[part]), "text": names[part],
            "customdata": mapped.numbers[part], "marker": {"line": {"width": 0}, "opacity": 0.75, **look},
            "hovertemplate": "<b>%{text}</b>  no. %{customdata:,d}<extra></extra>",
        }
        for part, look in parts if part.any()
    ]  # fmt: skip


def _in_space(look: dict) -> dict:
    if "symbol" in look:
        look = look | {"symbol": np.array([SYMBOLS[int(sign)] for sign in look["symbol"]])}
    return look


def _at(places: np.ndarray) -> dict:
    return dict(zip("xyz", np.ascontiguousarray(places.T), strict=True))


def _ties(mapped: Mapped, theme: Theme) -> list[dict]:
    if mapped.chosen is None:
        return []
    return [
        _segments(mapped, mapped.kept, blend(theme.background, theme.ink, 0.5)),
        _segments(mapped, mapped.torn, fade(theme.warning, 0.75)),
    ]


def _segments(mapped: Mapped, rows: np.ndarray, colour: str) -> dict:
    ends = mapped.places[rows]
    starts = np.broadcast_to(mapped.places[mapped.chosen], ends.shape)
    way = np.stack([starts, ends, np.full_like(ends, np.nan)], axis=1).reshape(-1, 3)
    return {
        "type": "scatter3d",
        "mode": "lines",
        **_at(way),
        "line": {"color": colour, "width": 2.5},
        "hoverinfo": "skip",
    }


def in_space(word: str) -> str:
    """A word as plotly writes it in space, where it knows tags but no entities: angle brackets become single quotes."""
    return html.unescape(plain(word, LONGEST)).translate({ord("<"): "‹", ord(">"): "›"})


def _names(mapped: Mapped, theme: Theme) -> dict:
    """The chosen word, its neighbours, added words, and the first of the others."""
    own = 0 if mapped.chosen is None else 1 + len(mapped.torn) + len(mapped.kept)
    rows = mapped.order()[0][: own + min(mapped.names, NAMES)]
    text = [in_space(mapped.words[i]) for i in rows]
    colours = [theme.warning if i in set(mapped.torn.tolist()) else theme.ink for i in rows]
    added = [in_space(word) for word in mapped.added]
    places = np.vstack([mapped.places[rows], mapped.added_places.reshape(-1, 3)])
    return {
        "type": "scatter3d", "mode": "text", **_at(places), "text": np.array([*text, *added], dtype=str), "hoverinfo": "skip",
        "textposition": "top center",
        "textfont": {"size": theme.px(12), "color": np.array([*colours, *[theme.ink] * len(added)], dtype=str)},
    }  # fmt: skip
