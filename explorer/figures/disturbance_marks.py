"""What shuffling and padding do to the answers of several architectures: the largest change, on a log axis with its zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, number, picture, power, spec
from explorer.figures.lanes import hue
from explorer.figures.palette import Theme, fade, plain

LINE = 27
"""Pixels of a row."""
ROUNDING = 1e-5
"""Changes of single-precision numbers below this come from sums in another order."""
LOWEST = -9
"""Decade at which the axis begins; an exact zero stands before it."""
KINDS = {
    "shuffled": ("inputs shuffled", "circle"),
    "padded": ("padding behind, length told", "diamond-open"),
    "careless": ("padding behind, length not told", "x-thin-open"),
}
"""What is done to the example, in words, and its mark."""


@dataclass(frozen=True)
class Disturbance:
    """The largest change of any of a network's outputs when its example is disturbed.

    Attributes
    ----------
    name : str
        What the network is called.
    architecture : str
        Picks the hue.
    shuffled, padded, careless : float or None
        With the inputs in another order; with padding behind whose length is told, or not told. None where it cannot
        be done. 0 only where not a bit changed.
    shown : bool
        Whether it is the network of the page.
    """

    name: str
    architecture: str
    shuffled: float | None
    padded: float | None
    careless: float | None
    shown: bool = False


@picture
def disturbance_marks(found: Sequence[Disturbance], theme: Theme) -> Spec:
    """One row for each network; a mark for each kind of disturbance, exact zeros in a column of their own."""
    size = LINE * theme.scale
    top = max((value for one in found for value in _values(one) if np.isfinite(value)), default=1.0)
    high = max(int(np.ceil(np.log10(max(top, 1e-12)))), 0) + 0.3
    zero = LOWEST - 1.4
    layout = canvas(theme, size * len(found) + 78 * theme.scale, (176 * theme.scale, 24 * theme.scale, 34 * theme.scale, 44 * theme.scale))
    decades = list(range(LOWEST, int(high) + 1, 2))
    layout["xaxis"] = {
        "range": [zero - 0.7, high], "fixedrange": True, "tickvals": [zero, *decades], "ticktext": ["0", *map(power, decades)], "showgrid": True,
    }  # fmt: skip
    layout["yaxis"] = {"range": [0.5 - len(found), 0.5], "fixedrange": True, "showticklabels": False}
    layout["shapes"] = _bands(zero, len(found), theme)
    layout["annotations"] = [*_names(found, theme), *_words(zero, theme)]
    data = [_marks(found, kind, zero, theme) for kind in KINDS]
    layout |= {"showlegend": True, "legend": _legend(theme)}
    return spec(data, layout)


def _values(one: Disturbance) -> list[float]:
    return [value for value in (one.shuffled, one.padded, one.careless) if value is not None]


def _marks(found: Sequence[Disturbance], kind: str, zero: float, theme: Theme) -> dict:
    words, symbol = KINDS[kind]
    rows = [(i, one, getattr(one, kind)) for i, one in enumerate(found) if getattr(one, kind) is not None]
    values = np.array([value for _, _, value in rows], dtype=float)
    with np.errstate(divide="ignore"):
        x = np.where(values > 0, np.maximum(np.log10(values), LOWEST - 0.4), zero)
    hover = [f"{plain(one.name, 40)}, {words}: {'not a bit changes' if value == 0 else number(value)}" for _, one, value in rows]
    return {
        "type": "scatter", "mode": "markers", "name": words, "x": x.astype(np.float32), "y": -np.array([i for i, _, _ in rows], dtype=np.float32),
        "hovertext": np.array(hover, dtype=str), "hoverinfo": "text", "cliponaxis": False,
        "marker": {"symbol": symbol, "size": 11, "color": theme.forward if kind == "shuffled" else theme.ink, "opacity": 1,
                   "line": {"width": 2, "color": theme.forward if kind == "shuffled" else theme.ink}},
    }  # fmt: skip


def _bands(zero: float, rows: int, theme: Theme) -> list[dict]:
    """The column of exact zeros, and where changes are mere rounding."""
    ground = {"type": "rect", "y0": 0.5 - rows, "y1": 0.5, "line": {"width": 0}, "layer": "below"}
    return [
        {**ground, "x0": zero - 0.7, "x1": zero + 0.7, "fillcolor": fade(theme.forward, 0.10)},
        {**ground, "x0": LOWEST - 0.45, "x1": float(np.log10(ROUNDING)), "fillcolor": fade(theme.ink, 0.05)},
    ]


def _names(found: Sequence[Disturbance], theme: Theme) -> list[dict]:
    style = {"xref": "paper", "xanchor": "right", "xshift": -12, "yanchor": "middle"}
    return [
        note(f"<b>{plain(one.name, 30)}</b>" if one.shown else plain(one.name, 30), 0, -i,
             font={"size": theme.px(13), "color": hue(one.architecture, theme)}, **style)
        for i, one in enumerate(found)
    ]  # fmt: skip


def _words(zero: float, theme: Theme) -> list[dict]:
    font = {"size": theme.px(11), "color": theme.quiet}
    below = {"yref": "paper", "y": 0, "yanchor": "top", "yshift": -24 * theme.scale, "font": font}
    return [
        {"text": "not a bit", "x": zero, **below},
        {"text": "rounding of sums", "x": (LOWEST + float(np.log10(ROUNDING))) / 2, **below},
        {"text": "largest change of any output", "x": 1, "xref": "paper", "xanchor": "right", **below},
    ]


def _legend(theme: Theme) -> dict:
    return {
        "orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "bgcolor": "rgba(0,0,0,0)",
        "font": {"size": theme.px(12), "color": theme.quiet}, "itemclick": False, "itemdoubleclick": False,
    }  # fmt: skip
