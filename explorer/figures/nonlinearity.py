"""A non-linearity as a curve, with the point at which a unit stands; on the way back its slope there."""

from __future__ import annotations

import numpy as np

from explorer.figures.canvas import Spec, canvas, picture, spec
from explorer.figures.ledger import short, signed, tabular
from explorer.figures.palette import Theme, symbol

NAMES = {"tanh": "tanh", "sigmoid": "σ", "relu": "ReLU"}
RANGES = {"tanh": (-1.0, 1.0), "sigmoid": (0.0, 1.0)}
REACH = 4.0
"""The curve is drawn at least from minus to plus this sum."""


def function(name: str, a: np.ndarray) -> np.ndarray:
    """tanh, sigmoid or ReLU."""
    if name == "tanh":
        return np.tanh(a)
    return np.maximum(a, 0.0) if name == "relu" else 0.5 + 0.5 * np.tanh(0.5 * a)


@picture
def nonlinearity(
    name: str, at: float, theme: Theme, *, slope: float | None = None, argument: str = "a", height: float = 118
) -> Spec:
    """The curve and the point on it.

    Parameters
    ----------
    name : str
        "tanh", "sigmoid" or "relu".
    at : float
        The sum that goes in.
    slope : float, optional
        Draw the tangent: the way back.
    argument : str
        Symbol of the sum.
    """
    reach = max(REACH, 1.15 * abs(at)) if np.isfinite(at) else REACH
    x = np.linspace(-reach, reach, 81)
    y, value = function(name, x), float(function(name, np.array(at)))
    low, high = RANGES.get(name, (0.0, max(1.0, 1.15 * reach)))
    room = 0.16 * (high - low)
    layout = canvas(theme, height * theme.scale, (26 * theme.scale, 8, 20 * theme.scale, 18 * theme.scale))
    layout["xaxis"] = {
        "range": [-reach, reach],
        "fixedrange": True,
        "tickvals": [-4, -2, 0, 2, 4] if reach < 9 else [0],
    }
    layout["yaxis"] = {"range": [low - room, high + room], "fixedrange": True, "tickvals": sorted({low, 0.0, high})[:3]}
    if name == "relu":
        layout["yaxis"]["tickvals"] = [0]
    layout["shapes"] = _axes(reach, low, high, theme) + _drops(at, value, reach, theme)
    lead = theme.gradient if slope is not None else theme.forward
    curve = {"type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip",
             "line": {"color": theme.quiet if slope is not None else theme.forward, "width": 1.6}}  # fmt: skip
    point = {"type": "scatter", "mode": "markers", "x": [at], "y": [value], "marker": {"size": 10, "color": lead},
             "hovertext": [f"{NAMES[name]}({at:.6f}) = {value:.6f}"], "hoverinfo": "text"}  # fmt: skip
    data = [curve, *([_tangent(at, value, slope, reach, theme)] if slope is not None else []), point]
    layout["annotations"] = [_title(name, at, value, slope, argument, theme)]
    return spec(data, layout)


def _title(name: str, at: float, value: float, slope: float | None, argument: str, theme: Theme) -> dict:
    text = f"{NAMES[name]}({signed(at)}) = <b>{signed(value)}</b>"
    if slope is not None:
        text = (
            f"slope at {symbol(argument)} = {signed(at)}: <b>{slope:.3f}</b>"
            if slope >= 5e-4
            else f"slope at {symbol(argument)} = {signed(at)}: <b>{short(slope)}</b>"
        )
    colour = theme.ink if slope is None else theme.gradient_text
    return {"text": tabular(text), "xref": "paper", "yref": "paper", "x": 0, "y": 1,
            "xanchor": "left", "yanchor": "bottom", "xshift": -24 * theme.scale, "showarrow": False,
            "font": {"size": theme.px(13), "color": colour}}  # fmt: skip


def _tangent(at: float, value: float, slope: float, reach: float, theme: Theme) -> dict:
    half = 0.42 * reach / np.sqrt(1.0 + (1.6 * slope) ** 2)
    x = np.array([at - half, at + half])
    return {"type": "scatter", "mode": "lines", "x": x, "y": value + slope * (x - at), "hoverinfo": "skip",
            "line": {"color": theme.gradient, "width": 3}}  # fmt: skip


def _axes(reach: float, low: float, high: float, theme: Theme) -> list[dict]:
    style = {"type": "line", "line": {"width": 1, "color": theme.line}, "layer": "below"}
    return [{**style, "x0": -reach, "x1": reach, "y0": y, "y1": y} for y in sorted({low, 0.0, high})] + [
        {**style, "x0": 0, "x1": 0, "y0": low, "y1": high}
    ]


def _drops(at: float, value: float, reach: float, theme: Theme) -> list[dict]:
    style = {"type": "line", "line": {"width": 1, "color": theme.faint, "dash": "dot"}, "layer": "below"}
    return [
        {**style, "x0": at, "x1": at, "y0": 0, "y1": value},
        {**style, "x0": -reach, "x1": at, "y0": value, "y1": value},
    ]
