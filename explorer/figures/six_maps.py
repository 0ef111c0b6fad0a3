"""Several maps of the same words side by side: what they share is in the words, the rest is chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.map_axes import LINE, caption_lines, caption_notes
from explorer.figures.map_colours import Colouring, marker, unknown_marker
from explorer.figures.map_names import around
from explorer.figures.mapped import escaped
from explorer.figures.palette import Theme, plain
from explorer.figures.word_map import SHARP

ACROSS = 3
GAP, TITLE = 0.02, 22
"""Space between two maps as a share of the width; pixels above a map."""


@picture
def six_maps(
    maps: Sequence[np.ndarray], titles: Sequence[str], colouring: Colouring, words: tuple[str, ...], numbers: np.ndarray,
    theme: Theme, *, caption: Sequence[str] = (), chosen: int | None = None, width: float = 640, height: float = 470,
) -> Spec:  # fmt: skip
    """Maps (n, 2) of the same n words, three in a row.

    Parameters
    ----------
    maps : sequence of numpy.ndarray, (n, 2)
    titles : sequence of str
        One for each map.
    colouring : Colouring
        A word has the same colour on every map.
    words, numbers
        As in `Mapped`.
    chosen : int or None
        Row of the word that is ringed on every map.
    """
    rows, lines = -(-len(maps) // ACROSS), caption_lines(caption, theme, width)
    below = LINE * len(lines) + 8
    layout = canvas(theme, height, (2, 2, TITLE * theme.scale, below * theme.scale), dragmode="pan", uirevision="six")
    data, notes = [], []
    for i, (places, title) in enumerate(zip(maps, titles, strict=True)):
        (left, right), (low, high) = _domain(i, rows, (height - below) / rows, theme)
        suffix = "" if i == 0 else str(i + 1)
        window = around(places, 1, 1, equal=True)
        layout[f"xaxis{suffix}"] = {
            "domain": [left, right],
            "range": list(window.x),
            "showticklabels": False,
            "anchor": f"y{suffix}",
        }
        layout[f"yaxis{suffix}"] = {
            "domain": [low, high], "range": list(window.y), "showticklabels": False, "anchor": f"x{suffix}", "scaleanchor": f"x{suffix}",
        }  # fmt: skip
        data += _one(places, colouring, words, numbers, theme, suffix, chosen, len(maps))
        notes.append(_title(title, (left + right) / 2, high, theme))
    layout["annotations"] = notes + caption_notes(lines, theme, 4)
    return spec(data, layout)


def _domain(i: int, rows: int, tall: float, theme: Theme) -> tuple[tuple[float, float], tuple[float, float]]:
    row, column = divmod(i, ACROSS)
    wide = (1 - GAP * (ACROSS - 1)) / ACROSS
    left = column * (wide + GAP)
    high = 1 - row / rows
    head = TITLE * theme.scale / (tall * rows) if row else 0.0
    return (left, left + wide), (high - 1 / rows + 0.01, high - head)


def _one(
    places: np.ndarray, colouring: Colouring, words: tuple[str, ...], numbers: np.ndarray, theme: Theme, suffix: str,
    chosen: int | None, maps: int,
) -> list[dict]:  # fmt: skip
    size, names = theme.scale * float(np.clip(12 * len(words) ** -0.17, 2.0, 5.0)), escaped(words)
    kind = "scattergl" if maps * len(words) > SHARP else "scatter"
    axes = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
    parts = [
        (~colouring.known, unknown_marker(theme, size)),
        (colouring.known, marker(colouring, theme, size, key=False)),
    ]
    found = [
        {
            "type": kind, "mode": "markers", "x": places[part, 0], "y": places[part, 1], "text": names[part], "customdata": numbers[part],
            "marker": {"line": {"width": 0}, "opacity": 0.75, **look}, "hovertemplate": "<b>%{text}</b><extra></extra>", **axes,
        }
        for part, look in parts if part.any()
    ]  # fmt: skip
    if chosen is not None:
        ring = {"symbol": "circle-open", "size": size + 9, "color": theme.ink, "line": {"width": 2}}
        at = {"x": places[[chosen], 0], "y": places[[chosen], 1]}
        found.append({"type": kind, "mode": "markers", **at, "marker": ring, "hoverinfo": "skip", **axes})
    return found


def _title(text: str, x: float, y: float, theme: Theme) -> dict:
    font = {"size": theme.px(11.5), "color": theme.quiet}
    return note(
        plain(text, 40), x, y, xref="paper", yref="paper", xanchor="center", yanchor="bottom", yshift=2, font=font
    )
