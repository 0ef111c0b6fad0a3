"""One head large: lines from the words that look to the words that are looked at, and beside them three other opinions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.naming import share_of
from explorer.figures.palette import Theme, fade, plain

ROW, SMALLEST_ROW, TALLEST = 27, 15, 640
TOP, FOOT = 40, 8
FROM, TO, LINES = 0.135, 0.36, (0.145, 0.35)
"""Where the words that look end, where those looked at begin, and the lines between them, as shares of the width."""
BARS, BAR_AIR = (0.50, 1.0), 0.022
FAINT = (0.05, 0.15, 0.3, 0.6, 1.01)
"""Weights of lines that are drawn alike; below the first none is drawn."""
LETTERS = 15


@dataclass(frozen=True, eq=False)
class Opinion:
    """What one way of asking says of every word.

    Attributes
    ----------
    title : str
    values : (u,) array
        NaN where it says nothing.
    told : str
        Stands before the number when a bar is pointed at.
    kind : {"attention", "gradient", "effect"}
        Attention has shares from 0 to 1; the others may be negative, and such bars are hollow.
    """

    title: str
    values: np.ndarray
    told: str
    kind: Literal["attention", "gradient", "effect"]


@picture
def context_head(
    words: Sequence[str], weights: np.ndarray, looked: int, opinions: Sequence[Opinion], theme: Theme, *, separators: Sequence[bool]
) -> Spec:
    """Attention between words, and for the word looked at what each opinion says of all others.

    Parameters
    ----------
    words : sequence of str
        u of them, separators included.
    weights : (u, u) array
        Rows look at columns and sum to 1.
    looked : int
        The word whose lines are strong, from 0; a click on a word tells its number.
    opinions : sequence of Opinion
    separators : sequence of bool
    """
    n, scale = len(words), theme.scale
    row = min(ROW, max(SMALLEST_ROW, TALLEST / n)) * scale
    layout = canvas(theme, n * row + (TOP + FOOT) * scale, (4, 8, TOP * scale, FOOT * scale), barmode="overlay", hoverdistance=24)
    layout["yaxis"] = {"range": [n - 0.5, -0.5], "visible": False, "fixedrange": True}
    layout["xaxis"] = {"domain": [0, 1], "range": [0, 1], "visible": False, "fixedrange": True}
    size = min(theme.px(14), 0.62 * row)
    data = [
        *_faint(weights, looked, theme), *_strong(weights, looked, theme), *_words(words, looked, separators, size, theme),
    ]  # fmt: skip
    notes = [_title("looks", FROM, "right", theme), _title("is looked at", TO, "left", theme)]
    share = (BARS[1] - BARS[0]) / max(len(opinions), 1)
    for k, opinion in enumerate(opinions):
        domain = [BARS[0] + k * share + BAR_AIR, BARS[0] + (k + 1) * share]
        span = _range(opinion, separators)
        layout[f"xaxis{k + 2}"] = {"domain": domain, "range": span, "visible": False, "fixedrange": True, "anchor": "y"}
        notes += _beyond(opinion, span, f"x{k + 2}", theme)
        data.append(_bars(opinion, words, f"x{k + 2}", theme))
        zero = {"type": "line", "xref": f"x{k + 2}", "yref": "paper", "x0": 0, "x1": 0, "y0": 0, "y1": 1, "line": {"color": theme.line, "width": 1}}
        layout.setdefault("shapes", []).append(zero)
        notes.append(_title(opinion.title, domain[0], "left", theme))
    layout["annotations"] = notes
    layout["shapes"].append(
        {"type": "rect", "xref": "x", "yref": "y", "x0": 0, "x1": FROM + 0.006, "y0": looked - 0.5, "y1": looked + 0.5, "layer": "below",
         "fillcolor": theme.surface, "line": {"width": 0}}
    )  # fmt: skip
    return spec(data, layout)


def _faint(weights: np.ndarray, looked: int, theme: Theme) -> list[dict]:
    """Lines of all other words, those of about the same weight in one trace."""
    traces = []
    for low, high in zip(FAINT[:-1], FAINT[1:], strict=True):
        rows, columns = np.nonzero((weights >= low) & (weights < high))
        keep = rows != looked
        rows, columns = rows[keep], columns[keep]
        x = np.tile([*LINES, np.nan], len(rows))
        y = np.stack([rows, columns, np.full(len(rows), np.nan)], axis=1).ravel()
        line = {"color": fade(theme.quiet, 0.10 + 0.35 * low), "width": 0.8 + 2.2 * low}
        traces.append({"type": "scatter", "mode": "lines", "x": x.astype(np.float32), "y": y.astype(np.float32), "line": line, "hoverinfo": "skip"})
    return traces


def _strong(weights: np.ndarray, looked: int, theme: Theme) -> list[dict]:
    return [
        {
            "type": "scatter", "mode": "lines", "x": list(LINES), "y": [looked, int(column)], "hoverinfo": "skip",
            "line": {"color": fade(theme.forward, 0.35 + 0.65 * float(weights[looked, column])), "width": 1 + 7 * float(weights[looked, column])},
        }
        for column in np.flatnonzero(weights[looked] >= 0.01)
    ]  # fmt: skip


def _words(words: Sequence[str], looked: int, separators: Sequence[bool], size: float, theme: Theme) -> list[dict]:
    n = len(words)
    text = [plain(word, LETTERS) for word in words]
    colours = [theme.quiet if separator else theme.ink for separator in separators]
    common = {"type": "scatter", "mode": "text", "y": np.arange(n, dtype=float), "ids": [str(i) for i in range(n)], "hoverinfo": "text",
              "hovertext": [plain(word, 60) for word in words], "cliponaxis": False}  # fmt: skip
    left = [f"<b>{one}</b>" if i == looked else one for i, one in enumerate(text)]
    ink = {"size": size, "color": [theme.forward if i == looked else colour for i, colour in enumerate(colours)]}
    return [
        {**common, "x": np.full(n, FROM), "text": left, "textposition": "middle left", "textfont": ink},
        {**common, "x": np.full(n, TO), "text": text, "textposition": "middle right", "textfont": {"size": size, "color": colours}},
    ]


def _range(opinion: Opinion, separators: Sequence[bool]) -> list[float]:
    """From the least to the most of the words; separators may take far more than any of them, and are cut off."""
    words = opinion.values[~np.asarray(separators) & np.isfinite(opinion.values)]
    most, least = (float(found(words, initial=0.0)) for found in (np.max, np.min))
    span = max(most - min(least, 0.0), 1e-9)
    return [min(least, 0.0) - 0.04 * span, most + 0.04 * span]


def _beyond(opinion: Opinion, span: list[float], axis: str, theme: Theme) -> list[dict]:
    """The number of a bar that is cut off, in it."""
    font = {"size": theme.px(11), "color": theme.background}
    return [
        note(f"{share_of(float(value))} →", span[1], k, xref=axis, yref="y", xanchor="right", xshift=-2, font=font)
        for k, value in enumerate(opinion.values)
        if opinion.kind == "attention" and value > span[1]
    ]


def _bars(opinion: Opinion, words: Sequence[str], axis: str, theme: Theme) -> dict:
    values = np.asarray(opinion.values, dtype=float)
    colour = {"attention": theme.forward, "gradient": theme.gradient, "effect": theme.category(2)}[opinion.kind]
    told = [share_of(float(v)) if opinion.kind == "attention" else f"{v:.3g}".replace("-", "−") for v in values]
    solid, hollow = fade(colour, 0.75), fade(colour, 0.28)
    return {
        "type": "bar", "orientation": "h", "x": np.nan_to_num(values), "y": np.arange(len(values), dtype=float), "xaxis": axis, "yaxis": "y", "width": 0.62,
        "marker": {"color": [solid if v >= 0 else hollow for v in np.nan_to_num(values)], "line": {"color": colour, "width": 0.8}},
        "hovertext": [f"{plain(word, 40)}: {opinion.told} {one}" if np.isfinite(v) else plain(word, 40) for word, one, v in zip(words, told, values, strict=True)],
        "hoverinfo": "text",
    }  # fmt: skip


def _title(text: str, x: float, anchor: str, theme: Theme) -> dict:
    font = {"size": theme.px(12), "color": theme.quiet}
    return note(text, x, 1, xref="paper", yref="paper", xanchor=anchor, yanchor="bottom", yshift=6, align=anchor, font=font)
