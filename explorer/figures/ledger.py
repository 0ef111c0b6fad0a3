"""A sum written out, one line for each term: what it is, what was multiplied, a small signed bar, the number.

Forward sums are drawn in the colours of activations, sums of gradients in orange.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import plotly.graph_objects as go

from explorer.figures.canvas import canvas, figure
from explorer.figures.moment import round_up
from explorer.figures.palette import Theme, blend, fade
from explorer.figures.rows import nothing

LINE = 20
"""Pixels of one line."""
TABULAR = "font-variant-numeric:tabular-nums"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a ledger.

    Attributes
    ----------
    label, detail : str
        What is added, and smaller how it comes about; trusted text, already escaped.
    amount : float or None
        The signed number; None for a heading.
    kind : str
        "term", "rest" (fainter), "sum" (a rule above, bold), "factor" (a number without a bar), "heading".
    hover : str
        The exact numbers.
    key : float or None
        What a click on the line means.
    """

    label: str
    detail: str = ""
    amount: float | None = None
    kind: Literal["heading", "term", "rest", "sum", "factor"] = "term"
    hover: str = ""


def signed(value: float, decade: int = 0, places: int = 3) -> str:
    """A number with its sign and always as many places, in units of 10^decade; a true minus."""
    if not np.isfinite(value):
        return "not a number"
    text = f"{value / 10.0**decade:+.{places}f}"
    return text.replace("-", "−") if float(text) else f"{0:.{places}f}"


def bound_of(ledgers: Iterable[Sequence[Line]]) -> float:
    """One length of bars for several ledgers, so that they can be compared."""
    drawn = [
        abs(line.amount) for lines in ledgers for line in lines if line.amount is not None and line.kind != "factor"
    ]
    finite = [size for size in drawn if np.isfinite(size)]
    return round_up(max(finite, default=0.0)) or 1.0


def decade_of(bound: float) -> int:
    """The power of ten in which numbers up to `bound` are written; 0 wherever that is readable."""
    return 0 if bound >= 0.05 or bound <= 0 else int(np.floor(np.log10(bound)))


def ledger(
    lines: Sequence[Line],
    theme: Theme,
    bound: float,
    *,
    backward: bool = False,
    decade: int = 0,
    label_width: float = 118,
) -> go.Figure:
    """The lines under one another, bars from a common zero.

    Parameters
    ----------
    bound : float
        Value at which a bar is full; see `bound_of`.
    backward : bool
        Gradients: orange, whatever their sign.
    decade : int
        Numbers are written in units of 10^decade.
    label_width : float
        Pixels for labels and details.
    """
    size = LINE * theme.scale
    margin = (label_width * theme.scale, 52 * theme.scale, 2, 4)
    layout = canvas(theme, size * len(lines) + 6, margin)
    layout["xaxis"] = {"range": [-1.08 * bound, 1.08 * bound], "fixedrange": True, "showticklabels": False}
    layout["yaxis"] = {"range": [0.5 - len(lines), 0.5], "fixedrange": True, "showticklabels": False}
    layout["annotations"] = [note for i, line in enumerate(lines) for note in _words(line, -i, theme, decade)]
    layout["shapes"] = [shape for i, line in enumerate(lines) for shape in _rules(line, -i, theme)]
    layout["bargap"] = 0.0
    return figure([nothing(0.0), _bars(lines, theme, backward)], layout)


def _bars(lines: Sequence[Line], theme: Theme, backward: bool) -> dict:
    drawn = [(-i, line) for i, line in enumerate(lines) if line.amount is not None and line.kind != "factor"]
    return {
        "type": "bar", "orientation": "h", "width": 0.56,
        "x": np.array([line.amount for _, line in drawn], dtype=np.float64),
        "y": np.array([y for y, _ in drawn], dtype=np.int32),
        "marker": {"color": [_colour(line, theme, backward) for _, line in drawn], "line": {"width": 0}},
        "hovertext": [line.hover or line.label for _, line in drawn], "hoverinfo": "text",
    }  # fmt: skip


def _colour(line: Line, theme: Theme, backward: bool) -> str:
    positive = (line.amount or 0.0) >= 0
    if backward:
        hue = theme.gradient
    else:
        hue = blend(*(theme.positive if positive else theme.negative), 0.45)
    return fade(hue, 0.45) if line.kind == "rest" else hue


def _words(line: Line, y: float, theme: Theme, decade: int) -> list[dict]:
    common = {"y": y, "showarrow": False, "yanchor": "middle"}
    left = {"xref": "paper", "x": 0, "xanchor": "left", "xshift": 0, "align": "left"}
    if line.kind == "heading":
        text = f"{line.label}&nbsp;&nbsp;{line.detail}" if line.detail else line.label
        return [{**common, **left, "text": text, "xshift": -_margin(theme), "yshift": -2,
                 "font": {"size": theme.px(12), "color": theme.quiet}}]  # fmt: skip
    ink = theme.quiet if line.kind == "rest" else theme.ink
    strong = ("<b>", "</b>") if line.kind == "sum" else ("", "")
    found = [{**common, **left, "text": f"{strong[0]}{line.label}{strong[1]}", "xshift": -_margin(theme),
              "font": {"size": theme.px(13), "color": ink}}]  # fmt: skip
    if line.detail:
        detail = f'<span style="{TABULAR}">{line.detail}</span>'
        found.append({**common, "xref": "paper", "x": 0, "xanchor": "right", "xshift": -6, "text": detail,
                      "font": {"size": theme.px(11.5), "color": theme.quiet}})  # fmt: skip
    if line.amount is not None:
        number = f'{strong[0]}<span style="{TABULAR}">{signed(line.amount, decade)}</span>{strong[1]}'
        found.append({**common, "xref": "paper", "x": 1, "xanchor": "right", "xshift": 50 * theme.scale,
                      "text": number, "font": {"size": theme.px(13), "color": ink}})  # fmt: skip
    return found


def _margin(theme: Theme) -> float:
    return 118 * theme.scale


def _rules(line: Line, y: float, theme: Theme) -> list[dict]:
    style = {"type": "line", "line": {"width": 1, "color": theme.faint}, "layer": "below"}
    if line.kind == "heading":
        return []
    shapes = [] if line.kind == "factor" else [{**style, "x0": 0, "x1": 0, "y0": y - 0.5, "y1": y + 0.5}]
    if line.kind == "sum":
        shapes.append({**style, "xref": "paper", "x0": -0.6, "x1": 1.4, "y0": y + 0.5, "y1": y + 0.5})
    return shapes
