"""The nearest words of a few watched words, side by side: who came, who stayed, and how near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from textwrap import wrap

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.naming import hundredths, quoted
from explorer.figures.palette import Theme, fade, plain

WIDE, END = 0.76, 0.94
"""Parts of a column: what a bar of cosine 1 fills, and where the numbers end."""
ROW, HEAD = 24, 52
"""Pixels of a row and of the headings."""
LETTERS = 80
"""Letters of type size 13 that all columns together have room for, in a picture of 900 pixels."""
ARRIVED = "+"


@dataclass(frozen=True, eq=False)
class Column:
    """A watched word and its nearest.

    Attributes
    ----------
    word : str
    words : sequence of str
        The nearest first; empty where none can be told.
    values : (n,) array
        Cosine with each.
    arrived : sequence of bool
        Which of them were not among the nearest a moment ago.
    remark : str
        Stands under the word: how often it occurs, or why it has no neighbours.
    """

    word: str
    words: Sequence[str] = ()
    values: np.ndarray = field(default_factory=lambda: np.empty(0))
    arrived: Sequence[bool] = ()
    remark: str = ""


@picture
def neighbour_table(columns: Sequence[Column], theme: Theme, *, rows: int = 10) -> Spec:
    """One column for each watched word, its neighbours from near to far, with bars as long as the cosine."""
    top, row = HEAD * theme.scale, ROW * theme.scale
    layout = canvas(theme, top + rows * row + 8, (2, 2, top, 8), barmode="overlay", bargap=0.16)
    layout["xaxis"] = {"range": [0, max(len(columns), 1)], "visible": False, "fixedrange": True}
    layout["yaxis"] = {"range": [rows - 0.5, -0.5], "visible": False, "fixedrange": True}
    layout["annotations"] = [
        one for k, column in enumerate(columns) for one in _heading(k, column, len(columns), theme)
    ]
    letters = max(LETTERS // max(len(columns), 1) - 6, 6)
    return spec(
        [*_bars(columns, rows, theme), _names(columns, rows, letters, theme), _cosines(columns, rows, theme)], layout
    )


def _cells(columns: Sequence[Column], rows: int) -> list[tuple[int, int]]:
    return [(k, i) for k, column in enumerate(columns) for i in range(min(len(column.words), rows))]


def _bars(columns: Sequence[Column], rows: int, theme: Theme) -> list[dict]:
    cells = _cells(columns, rows)
    values = np.array([np.clip(np.nan_to_num(columns[k].values[i]), 0, 1) for k, i in cells])
    colours = [fade(theme.forward, 0.34 if columns[k].arrived[i] else 0.13) for k, i in cells]
    return [
        {
            "type": "bar", "orientation": "h", "base": np.array([k for k, _ in cells], dtype=float), "x": WIDE * values,
            "y": np.array([i for _, i in cells], dtype=float), "marker": {"color": colours, "line": {"width": 0}},
            "hoverinfo": "skip", "width": 0.84,
        }
    ]  # fmt: skip


def _names(columns: Sequence[Column], rows: int, letters: int, theme: Theme) -> dict:
    cells = _cells(columns, rows)
    text = [_name(columns[k].words[i], columns[k].arrived[i], letters) for k, i in cells]
    place = {"x": np.array([k + 0.02 for k, _ in cells]), "textposition": "middle right"}
    return _texts(place, cells, text, theme.px(14), theme.ink)


def _name(word: str, arrived: bool, letters: int) -> str:
    return f"<b>{plain(word, letters)}</b> {ARRIVED}" if arrived else plain(word, letters)


def _cosines(columns: Sequence[Column], rows: int, theme: Theme) -> dict:
    cells = _cells(columns, rows)
    text = [hundredths(float(columns[k].values[i])) for k, i in cells]
    place = {"x": np.array([k + END for k, _ in cells]), "textposition": "middle left"}
    return _texts(place, cells, text, theme.px(11.5), theme.quiet)


def _texts(place: dict, cells: list[tuple[int, int]], text: list[str], size: float, colour: str) -> dict:
    return {
        "type": "scatter", "mode": "text", "y": np.array([i for _, i in cells], dtype=float), "text": text,
        "textfont": {"size": size, "color": colour}, "hoverinfo": "skip", "cliponaxis": False, **place,
    }  # fmt: skip


def _heading(k: int, column: Column, columns: int, theme: Theme) -> list[dict]:
    place = {"xanchor": "left", "yref": "paper", "yanchor": "bottom"}
    letters = max(LETTERS // max(columns, 1) - 2, 8)
    word = f"<b>{plain(column.word, letters)}</b>"
    font = {"size": theme.px(16), "color": theme.forward}
    remark = {"size": theme.px(11), "color": theme.quiet}
    head = note(word, k, 1, font=font, yshift=22 * theme.scale, **place)
    if column.words:
        return [head, note(plain(column.remark, 2 * letters), k, 1, font=remark, yshift=5 * theme.scale, **place)]
    lines = "<br>".join(plain(line, 2 * letters) for line in wrap(column.remark, round(1.2 * letters)))
    return [head, note(lines, k, 1, font=remark, yshift=4, align="left", **place | {"yanchor": "top"})]


def neighbour_notice(columns: Sequence[Column], since: int | None) -> str:
    """How many neighbours changed since the moment before, and which pair is the nearest."""
    known = [column for column in columns if len(column.words)]
    if not known:
        return ""
    total = sum(len(column.words) for column in known)
    fresh = sum(sum(map(bool, column.arrived)) for column in known)
    best = max(known, key=lambda column: float(np.nan_to_num(column.values[0], nan=-1.0)))
    cosine = hundredths(float(best.values[0]))
    nearest = f"The nearest pair here is {quoted(best.word)} and {quoted(best.words[0])}, cosine {cosine}."
    if since is None:
        return nearest
    if not fresh:
        return f"None of these {total} neighbours is new since step {since:,}. {nearest}"
    return f"{fresh} of these {total} neighbours (bold, {ARRIVED}) {'is' if fresh == 1 else 'are'} new since step {since:,}. {nearest}"
