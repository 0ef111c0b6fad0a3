"""A sum written out, one line for each term: what it is, what was multiplied, a small signed bar, the number.

Forward sums are drawn in the colours of activations, sums of gradients in orange.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from explorer.figures.canvas import Spec, canvas, number, picture, spec
from explorer.figures.moment import round_up
from explorer.figures.palette import Theme, blend, fade
from explorer.figures.rows import nothing

LINE = 20
"""Pixels of one line."""
NUMBERS = 54
"""Pixels for the numbers at the right."""


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
        "term", "rest" (fainter), "sum" (a rule above, bold), "heading".
    hover : str
        The exact numbers.
    """

    label: str
    detail: str = ""
    amount: float | None = None
    kind: Literal["heading", "term", "rest", "sum"] = "term"
    hover: str = ""


def signed(value: float, decade: int = 0, places: int = 3) -> str:
    """A number with its sign and always as many places, in units of 10^decade; a true minus."""
    if not np.isfinite(value):
        return "not a number"
    text = f"{value / 10.0**decade:+.{places}f}"
    return text.replace("-", "−") if float(text) else f"{0:.{places}f}"


def raised(decade: int) -> str:
    """A power of ten in letters that need no markup."""
    return "10" + str(decade).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def short(value: float) -> str:
    """Two significant digits; very small numbers with their power of ten."""
    if value == 0 or not np.isfinite(value) or abs(value) >= 1e-3:
        return number(float(f"{value:.2g}"))
    decade = int(np.floor(np.log10(abs(value))))
    return f"{value / 10.0**decade:.1f}·{raised(decade)}".replace("-", "−")


def range_of(ledgers: Iterable[Sequence[Line]]) -> tuple[float, float]:
    """From the lowest to the highest bar of several ledgers, zero between them, so that they can be compared."""
    amounts = [line.amount for lines in ledgers for line in lines if line.amount is not None]
    finite = [amount for amount in amounts if np.isfinite(amount)]
    low, high = -round_up(-min(finite, default=0.0)), round_up(max(finite, default=0.0))
    room = 0.12 * (high - low)
    return (min(low, -room), max(high, room)) if high > low else (-1.0, 1.0)


def decade_of(bars: tuple[float, float]) -> int:
    """The power of ten in which numbers of a range are written; 0 wherever that is readable."""
    bound = max(-bars[0], bars[1])
    return 0 if bound >= 0.05 or bound <= 0 else int(np.floor(np.log10(bound)))


@picture
def ledger(
    lines: Sequence[Line],
    theme: Theme,
    bars: tuple[float, float],
    *,
    backward: bool = False,
    decade: int = 0,
    labels: float = 104,
) -> Spec:
    """The lines under one another, bars from a common zero.

    Parameters
    ----------
    bars : tuple of float
        Lowest and highest value that has room; see `range_of`.
    backward : bool
        Gradients: orange, whatever their sign.
    decade : int
        Numbers are written in units of 10^decade.
    labels : float
        Pixels for labels and details.
    """
    left, right = labels * theme.scale, NUMBERS * theme.scale
    layout = canvas(theme, LINE * theme.scale * len(lines) + 6, (left, right, 2, 4))
    layout["xaxis"] = {"range": list(bars), "fixedrange": True, "showticklabels": False}
    layout["yaxis"] = {"range": [0.5 - len(lines), 0.5], "fixedrange": True, "showticklabels": False}
    layout["annotations"] = [note for i, line in enumerate(lines) for note in _words(line, -i, theme, left, decade)]
    layout["shapes"] = [shape for i, line in enumerate(lines) for shape in _rules(line, -i, theme, left, right)]
    return spec([nothing(0.0), _bars(lines, theme, backward)], layout)


def _bars(lines: Sequence[Line], theme: Theme, backward: bool) -> dict:
    drawn = [(-i, line) for i, line in enumerate(lines) if line.amount is not None]
    return {
        "type": "bar", "orientation": "h", "width": 0.56,
        "x": np.array([line.amount for _, line in drawn], dtype=np.float64),
        "y": np.array([y for y, _ in drawn], dtype=np.int32),
        "marker": {"color": [_colour(line, theme, backward) for _, line in drawn], "line": {"width": 0}},
        "hovertext": [line.hover for _, line in drawn], "hoverinfo": "text",
    }  # fmt: skip


def _colour(line: Line, theme: Theme, backward: bool) -> str:
    ends = theme.positive if (line.amount or 0.0) >= 0 else theme.negative
    hue = theme.gradient if backward else blend(*ends, 0.45)
    return fade(hue, 0.45) if line.kind == "rest" else hue


def _words(line: Line, y: float, theme: Theme, left: float, decade: int) -> list[dict]:
    """Label at the left edge, detail before the bars, number at the right edge."""
    if line.kind == "heading":
        return [_word(line.label, y, 0, "left", -left, theme.px(12), theme.quiet) | {"yshift": -2}]
    ink = theme.quiet if line.kind == "rest" else theme.ink
    before, after = ("<b>", "</b>") if line.kind == "sum" else ("", "")
    found = [_word(f"{before}{line.label}{after}", y, 0, "left", -left, theme.px(13), ink)]
    if line.detail:
        found.append(_word(tabular(line.detail), y, 0, "right", -6, theme.px(11.5), theme.quiet))
    if line.amount is not None:
        text = f"{before}{tabular(signed(line.amount, decade))}{after}"
        found.append(_word(text, y, 1, "right", (NUMBERS - 2) * theme.scale, theme.px(13), ink))
    return found


def _word(text: str, y: float, x: float, anchor: str, shift: float, size: float, ink: str) -> dict:
    style = {"xref": "paper", "xanchor": anchor, "xshift": shift, "yanchor": "middle", "showarrow": False}
    return {"text": text, "x": x, "y": y, "font": {"size": size, "color": ink}, **style}


def tabular(text: str) -> str:
    """Digits of one width, so that numbers under one another line up."""
    return f'<span style="font-variant-numeric:tabular-nums">{text}</span>'


def _rules(line: Line, y: float, theme: Theme, left: float, right: float) -> list[dict]:
    """The zero line of the bars, and a rule above a sum from edge to edge."""
    style = {"type": "line", "line": {"width": 1, "color": theme.faint}, "layer": "below"}
    if line.kind == "heading":
        return []
    shapes = [{**style, "x0": 0, "x1": 0, "y0": y - 0.5, "y1": y + 0.5}]
    if line.kind == "sum":
        rule = {**style, "xref": "paper", "y0": y + 0.5, "y1": y + 0.5}
        shapes.append({**rule, "x0": 0, "x1": 1})
        shapes.append({**rule, "xsizemode": "pixel", "xanchor": 0, "x0": -left, "x1": 0})
        shapes.append({**rule, "xsizemode": "pixel", "xanchor": 1, "x0": 0, "x1": right})
    return shapes
