"""Words as vectors with a single 1: as long as the vocabulary, and all equally far apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.palette import Theme, plain

ROW, HEAD, FOOT = 27, 10, 44
"""Pixels of a row, above the first and below the last."""
NAMES, NUMBERS = 130, 84
"""Pixels for the words at the left, and for the places of their 1 at the right."""


@picture
def one_hot(words: Sequence[str], places: Sequence[int], length: int, theme: Theme) -> Spec:
    """One line of zeros for each word, with its single 1.

    Parameters
    ----------
    words : sequence of str
    places : sequence of int
        Where each word's 1 stands, counted from 1: its rank in the vocabulary.
    length : int
        Numbers in each vector, the size of the vocabulary.
    """
    row, n = ROW * theme.scale, len(words)
    sides = (NAMES * theme.scale, NUMBERS * theme.scale, HEAD * theme.scale, FOOT * theme.scale)
    layout = canvas(theme, n * row + sides[2] + sides[3], sides)
    high = float(np.log10(max(length, 2)))
    layout["xaxis"] = {"type": "log", "range": [-0.04 * high, 1.01 * high], "fixedrange": True, **_ticks(length, theme)}
    layout["yaxis"] = {"range": [n - 0.5, -0.5], "fixedrange": True, "showticklabels": False}
    layout["shapes"] = [_zeros(i, length, theme) for i in range(n)]
    layout["annotations"] = [
        *(one for i, (word, place) in enumerate(zip(words, places, strict=True)) for one in _row(word, place, i, theme)),
        note("place in the vector, the most frequent word first (logarithmic)", 0.5, 0, xref="paper", yref="paper",
             yanchor="top", yshift=-24 * theme.scale, font={"size": theme.px(12), "color": theme.quiet}),
    ]  # fmt: skip
    return spec([_ones(words, places, length, theme)], layout)


def _zeros(row: int, length: int, theme: Theme) -> dict:
    return {"type": "line", "x0": 1, "x1": max(length, 2), "y0": row, "y1": row, "layer": "below",
            "line": {"color": theme.line, "width": 5}}  # fmt: skip


def _ones(words: Sequence[str], places: Sequence[int], length: int, theme: Theme) -> dict:
    hover = [
        f"{plain(word)}: 1 at place {place:,}, 0 at the other {length - 1:,}"
        for word, place in zip(words, places, strict=True)
    ]
    return {
        "type": "scatter", "mode": "markers+text", "x": np.array(places, dtype=float), "y": np.arange(len(words), dtype=np.int32),
        "marker": {"symbol": "square", "size": theme.px(17), "color": theme.forward}, "text": ["1"] * len(words),
        "textfont": {"color": theme.background, "size": theme.px(12)}, "hovertext": hover, "hoverinfo": "text", "cliponaxis": False,
    }  # fmt: skip


def _row(word: str, place: int, row: int, theme: Theme) -> list[dict]:
    style = {"xref": "paper", "yanchor": "middle"}
    return [
        note(
            plain(word, 16),
            0,
            row,
            xanchor="right",
            xshift=-10,
            font={"size": theme.px(14), "color": theme.ink},
            **style,
        ),
        note(
            f"place {place:,}",
            1,
            row,
            xanchor="left",
            xshift=12,
            font={"size": theme.px(12), "color": theme.quiet},
            **style,
        ),
    ]


def _ticks(length: int, theme: Theme) -> dict:
    values = [10**k for k in range(7) if 10**k <= length]
    if length > 1.6 * values[-1]:
        values.append(length)
    return {
        "tickvals": values,
        "ticktext": [f"{value:,}" for value in values],
        "tickfont": {"size": theme.px(11), "color": theme.quiet},
    }


def one_hot_notice(words: Sequence[str], length: int) -> str:
    """How long the vectors are, and what that makes of any two of them."""
    if len(words) < 2:
        return f"The vector has {length:,} numbers, and all but one of them are 0."
    pairs = len(words) * (len(words) - 1) // 2
    return (
        f"Each of these vectors has {length:,} numbers, and all but one of them are 0. All {pairs:,} pairs of these "
        f"{len(words)} words have the cosine 0 and the distance √2 = {2**0.5:.3f}: nothing says that two words are alike."
    )
