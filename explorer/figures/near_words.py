"""One word's neighbours by two measures: two columns, and a line between the places of the same word in both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, number, picture, spec
from explorer.figures.naming import hundredths
from explorer.figures.palette import Theme, blend, plain

ROW, HEAD = 22, 26
"""Pixels of a row and of the headings."""
INNER = (0.44, 0.56)
"""Where the names of the two columns end and begin, as shares of the width."""
LETTERS = 15
REACH = 150
"""Pixels from a name's end within which a click means it: a word is longer than plotly looks."""


@dataclass(frozen=True, eq=False)
class Near:
    """The nearest words by one measure.

    Attributes
    ----------
    words : sequence of str
        The nearest first.
    values : numpy.ndarray, (n,)
        Cosine or distance.
    numbers : numpy.ndarray, (n,) int32
        Place of each word in its source, from 1.
    on_map : numpy.ndarray, (n,) bool
        Whether the word is on the map.
    """

    words: Sequence[str]
    values: np.ndarray
    numbers: np.ndarray
    on_map: np.ndarray


@picture
def near_words(cosine: Near, euclidean: Near, theme: Theme) -> Spec:
    """Two columns of names, told by their numbers when they are clicked; words that are not on the map are pale."""
    rows = max(len(cosine.words), len(euclidean.words), 1)
    row, head = ROW * theme.scale, HEAD * theme.scale
    layout = canvas(theme, head + rows * row + 4, (0, 0, head, 4), hoverdistance=REACH)
    layout["xaxis"] = {"range": [0, 1], "visible": False, "fixedrange": True}
    layout["yaxis"] = {"range": [rows - 0.5, -0.5], "visible": False, "fixedrange": True}
    layout["annotations"] = [
        _heading("cosine", "right", INNER[0], theme), _heading("Euclidean distance", "left", INNER[1], theme),
    ]  # fmt: skip
    values = (
        _values(cosine, 0.0, "middle right", hundredths, theme),
        _values(euclidean, 1.0, "middle left", number, theme),
    )
    names = _names(cosine, INNER[0], "middle left", theme), _names(euclidean, INNER[1], "middle right", theme)
    return spec([_lines(cosine, euclidean, theme), *values, *names], layout)


def shared(cosine: Near, euclidean: Near) -> list[tuple[int, int]]:
    """Places of the words that are in both lists."""
    place = {int(one): i for i, one in enumerate(euclidean.numbers)}
    return [(i, place[int(one)]) for i, one in enumerate(cosine.numbers) if int(one) in place]


def _lines(cosine: Near, euclidean: Near, theme: Theme) -> dict:
    pairs = shared(cosine, euclidean)
    x = np.array([[INNER[0] + 0.015, INNER[1] - 0.015, np.nan]] * len(pairs), dtype=np.float32).ravel()
    y = np.array([[i, j, np.nan] for i, j in pairs], dtype=np.float32).ravel()
    line = {"color": blend(theme.background, theme.ink, 0.4), "width": 1.2}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip"}


def _names(near: Near, x: float, side: str, theme: Theme) -> dict:
    colours = np.where(near.on_map, theme.ink, theme.quiet) if len(near.words) else np.empty(0, dtype=str)
    return {
        "type": "scatter", "mode": "text", "x": np.full(len(near.words), x, dtype=np.float32), "y": _places(near),
        "text": np.array([plain(word, LETTERS) for word in near.words], dtype=str), "textposition": side, "customdata": near.numbers,
        "textfont": {"size": theme.px(14), "color": colours}, "hovertemplate": "%{text}  no. %{customdata:,d}<extra></extra>",
        "cliponaxis": False,
    }  # fmt: skip


def _values(near: Near, x: float, side: str, written, theme: Theme) -> dict:
    return {
        "type": "scatter", "mode": "text", "x": np.full(len(near.words), x, dtype=np.float32), "y": _places(near),
        "text": np.array([written(float(value)) for value in near.values], dtype=str), "textposition": side, "hoverinfo": "skip",
        "textfont": {"size": theme.px(11), "color": theme.quiet}, "cliponaxis": False,
    }  # fmt: skip


def _places(near: Near) -> np.ndarray:
    return np.arange(len(near.words), dtype=np.float32)


def _heading(text: str, anchor: str, x: float, theme: Theme) -> dict:
    font = {"size": theme.px(11.5), "color": theme.quiet}
    return note(text, x, 1, yref="paper", xanchor=anchor, yanchor="bottom", yshift=4, font=font)
