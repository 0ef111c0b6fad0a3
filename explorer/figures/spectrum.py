"""What one step does to an error, and what all steps together do: singular values of Jacobians, and their rates."""

from __future__ import annotations

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, number, picture, spec
from explorer.figures.decades import Decades, decade_axis
from explorer.figures.gradient_profiles import time_axis
from explorer.figures.palette import Theme, fade

LEFT, RIGHT, ABOVE, BELOW = 58, 30, 30, 34
STEP, PRODUCT, RATES = (0.72, 1.0), (0.36, 0.6), (0.0, 0.2)
"""Parts of the height, from the bottom, that the three panels take."""
QUARTILES = (0.25, 0.75)
ALIKE = 1.001
"""Below this factor between the best kept direction and the median one, per step, all are kept alike."""
ZERO = -320.0
"""A logarithm below this stands for a singular value of 0."""


@picture
def spectrum(
    steps: np.ndarray, products: np.ndarray, rates: np.ndarray, theme: Theme, *, colour: str | None = None, height: float = 480
) -> Spec:
    """Three panels: each step's singular values, those of the product of all steps from there to the end, and rates per step.

    Parameters
    ----------
    steps, products : (T, S) arrays
        Log10 of the singular values, the largest first; below -320 for exact zeros.
    rates : (S,) array
        Lyapunov exponents per step (natural logarithms), the largest first.
    colour : str, optional
        Of the cell.
    """
    colour = colour or theme.gradient
    length = len(products)
    layout = canvas(theme, height, tuple(theme.scale * side for side in (LEFT, RIGHT, ABOVE, BELOW)))
    layout["xaxis"] = time_axis(length, theme) | {"anchor": "y2", "title": None, "showline": False}
    layout["xaxis2"] = {"domain": [0, 1], "anchor": "y3", "range": [0.4, len(rates) + 0.6], "nticks": 8, "hoverformat": "d"}
    one, all_ = _axis(steps), _axis(products)
    layout["yaxis"] = decade_axis(one, 3, domain=list(STEP), anchor="x")
    layout["yaxis2"] = decade_axis(all_, 3, domain=list(PRODUCT), anchor="x")
    factors = np.exp(np.asarray(rates, dtype=float))
    top = max(1.15, 1.1 * float(np.nanmax(factors, initial=0.0)))
    layout["yaxis3"] = {"domain": list(RATES), "anchor": "x2", "range": [0, top], "fixedrange": True, "nticks": 4, "showgrid": True}
    layout["shapes"] = [_keeps("y", 0.0, theme), _keeps("y2", 0.0, theme), _keeps("y3", 1.0, theme, "x2 domain")]
    layout["annotations"] = _names(theme)
    data = [*_fan(steps, one, colour, "y", "this step", theme), *_fan(products, all_, colour, "y2", "all steps from here", theme)]
    return spec([*data, _dots(factors, colour)], layout)


def _axis(logs: np.ndarray) -> Decades:
    """Wide enough for the upper three quarters of what is not zero; the rest may lie hundreds of decades below."""
    logs = np.asarray(logs, dtype=float)
    known = np.where(logs > ZERO, logs, np.nan)
    rows = known[np.isfinite(known).any(axis=1)]
    if not rows.size:
        return Decades(-1, 1)
    low, high = np.nanquantile(rows, QUARTILES[0], axis=1).min(), np.nanmax(rows)
    return Decades(min(int(np.floor(low)), -1), max(int(np.ceil(high)), 1))


def _fan(logs: np.ndarray, axis: Decades, colour: str, y: str, name: str, theme: Theme) -> list[dict]:
    """From the largest to the smallest in a pale band, the middle half darker, the largest and the median as lines."""
    logs = np.clip(np.asarray(logs, dtype=float), axis.bottom, axis.top)
    x = np.arange(1, len(logs) + 1, dtype=np.float32)
    low, high = np.quantile(logs, QUARTILES, axis=1)
    lines = {"largest": (logs.max(axis=1), 2.2, "solid"), "median": (np.median(logs, axis=1), 1.4, "dot")}
    common = {"type": "scatter", "mode": "lines", "x": x, "xaxis": "x", "yaxis": y}
    edge = common | {"line": {"width": 0}, "hoverinfo": "skip"}
    return [
        {**edge, "y": logs.min(axis=1).astype(np.float32)},
        {**edge, "y": logs.max(axis=1).astype(np.float32), "fill": "tonexty", "fillcolor": fade(colour, 0.12)},
        {**edge, "y": low.astype(np.float32)},
        {**edge, "y": high.astype(np.float32), "fill": "tonexty", "fillcolor": fade(colour, 0.25)},
        *(
            {**common, "y": values.astype(np.float32), "line": {"color": colour, "width": width, "dash": dash},
             "hovertemplate": f"{name}, {which}: 10^%{{y:.2f}}<extra></extra>"}
            for which, (values, width, dash) in lines.items()
        ),
    ]  # fmt: skip


def _dots(factors: np.ndarray, colour: str) -> dict:
    return {
        "type": "scatter", "mode": "markers", "x": np.arange(1, len(factors) + 1, dtype=np.float32),
        "y": factors.astype(np.float32), "xaxis": "x2", "yaxis": "y3", "marker": {"size": 4, "color": colour},
        "hovertemplate": "direction %{x}: ×%{y:.3f} per step<extra></extra>",
    }  # fmt: skip


def _keeps(y: str, at: float, theme: Theme, x: str = "x domain") -> dict:
    """The line of what is kept unchanged."""
    line = {"color": theme.quiet, "width": 1, "dash": "dot"}
    return {"type": "line", "xref": x, "x0": 0, "x1": 1, "yref": y, "y0": at, "y1": at, "line": line}


def _names(theme: Theme) -> list[dict]:
    """What each panel shows, above its left end, and of the dotted lines what they mean."""
    style = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 6}
    font = {"size": theme.px(12), "color": theme.quiet}
    names = ("each step, forward", "all steps from there to the end together", "rate of each direction, per step back")
    found = [note(name, 0, panel[1], font=font, **style) for name, panel in zip(names, (STEP, PRODUCT, RATES), strict=True)]
    small = {"size": theme.px(10.5), "color": theme.quiet}
    keep = {"xref": "paper", "xanchor": "right", "yanchor": "bottom", "font": small, "bgcolor": fade(theme.background, 0.7)}
    return [*found, note("1: keeps its length", 1, 0.0, yref="y", **keep), note("1", 1, 1.0, yref="y3", **keep)]


def spectrum_notice(steps: np.ndarray, products: np.ndarray, rates: np.ndarray) -> str:
    """How differently directions fare, and which rate the gradient ends up with."""
    known = np.asarray(steps)[np.asarray(steps) > ZERO]
    largest, smallest = float(np.max(steps)), float(known.min()) if known.size else -np.inf
    factors = np.exp(np.asarray(rates, dtype=float))
    first, middle = float(factors[0]), float(np.median(factors))
    kept = int((factors > 0.9).sum())
    told = (
        f"One step stretches some direction by up to {number(10.0**largest)} and shrinks another to {number(10.0**smallest)}. "
        if largest > ZERO
        else ""
    )
    if first < ALIKE * middle:
        return f"{told}All directions fare alike, ×{first:.3f} per step: an error keeps its shape and only changes its size."
    return (
        f"{told}Over many steps the best kept direction changes by ×{first:.3f} per step, the median one by ×{middle:.2g}: "
        f"{'no direction keeps' if not kept else f'{kept} of {len(factors)} keep'} more than 0.9 per step. "
        "What is left of an error after many steps points into few directions."
    )
