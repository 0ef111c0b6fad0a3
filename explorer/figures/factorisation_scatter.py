"""GloVe as what it is, a factorisation: each pair's logarithm of its count against what the vectors make of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, number, picture, spec
from explorer.figures.palette import Theme, fade

AROUND = 0.2
"""Part of the logarithms' range that the axes go on beyond it."""


@dataclass(frozen=True)
class Fit:
    """How well predictions meet the logarithms they are to meet.

    Attributes
    ----------
    error : float
        Mean of the absolute differences, each counted by its weight.
    explained : float
        Weighted R²: 1 minus the weighted squared error over the weighted variance of the logarithms; below 0, the mean
        of the logarithms would do better.
    """

    error: float
    explained: float


def fit(cells: np.ndarray) -> Fit:
    """The fit of (m, 3) cells: log X, prediction, weight f(X)."""
    logs, found, weight = np.asarray(cells, dtype=np.float64).T
    total = weight.sum()
    if not len(logs) or total <= 0 or not np.isfinite(found).all():
        return Fit(np.nan, np.nan)
    mean = (weight * logs).sum() / total
    spread = (weight * (logs - mean) ** 2).sum()
    lost = (weight * (found - logs) ** 2).sum()
    explained = 1 - lost / spread if spread > 0 else np.nan
    return Fit(float((weight * np.abs(found - logs)).sum() / total), float(explained))


def cell_bounds(cells: np.ndarray) -> tuple[float, float]:
    """Ends of both axes: beyond every logarithm, which never change, so that the axes do not either."""
    logs = np.asarray(cells, dtype=float)[:, 0] if len(cells) else np.zeros(1)
    low, high = min(float(logs.min()), 0.0), max(float(logs.max()), 1.0)
    room = AROUND * (high - low)
    return low - room, high + room


@picture
def factorisation_scatter(cells: np.ndarray, theme: Theme, *, bounds: tuple[float, float], height: float = 420) -> Spec:
    """Each sampled pair of words as a dot, the larger and the stronger the more its cell counts.

    Parameters
    ----------
    cells : numpy.ndarray, (m, 3)
        log X, prediction w · c + b + b', and weight f(X) between 0 and 1.
    bounds : (float, float)
        Ends of both axes, see `cell_bounds`.
    """
    logs, found, weight = (np.ascontiguousarray(column, dtype=np.float32) for column in np.asarray(cells).T)
    layout = canvas(theme, height, (58 * theme.scale, 20, 16, 46 * theme.scale))
    for name, title in (("xaxis", "log of how often the pair occurs together"), ("yaxis", "what the vectors say")):
        font = {"size": theme.px(12), "color": theme.quiet}
        layout[name] = {
            "range": list(bounds),
            "nticks": 7,
            "showgrid": True,
            "title": {"text": title, "font": font, "standoff": 6},
        }
    layout["shapes"] = [
        {"type": "line", "x0": bounds[0], "x1": bounds[1], "y0": bounds[0], "y1": bounds[1],
         "line": {"color": theme.quiet, "width": 1.4, "dash": "dot"}}
    ]  # fmt: skip
    layout["annotations"] = [
        note(
            "equal",
            bounds[1],
            bounds[1],
            xanchor="right",
            yanchor="top",
            xshift=-18,
            font={"size": theme.px(11), "color": theme.quiet},
        )
    ]
    layout["transition"] = {"duration": 250, "easing": "linear"}
    dots = {
        "type": "scatter", "mode": "markers", "x": logs, "y": found, "cliponaxis": True,
        "marker": {"size": (3 + 6 * weight) * theme.scale, "color": theme.forward, "opacity": 0.16 + 0.5 * weight,
                   "line": {"width": 0.5, "color": fade(theme.background, 0.6)}},
        "customdata": weight, "hovertemplate": "log X %{x:.2f}, vectors %{y:.2f}, weight %{customdata:.2f}<extra></extra>",
    }  # fmt: skip
    return spec([dots], layout)


def fit_notice(cells: np.ndarray, start: np.ndarray | None = None) -> str:
    """How well the vectors fit, and how much better than at the start."""
    now = fit(cells)
    if not np.isfinite(now.error):
        return "The predictions are no longer finite numbers."
    before = fit(start).error if start is not None else np.nan
    fell = f", {number(before)} before training" if np.isfinite(before) and before > now.error else ""
    low, high = cell_bounds(cells)
    outside = int(((cells[:, 1] < low) | (cells[:, 1] > high)).sum())
    text = f"On average the vectors miss the logarithm by {number(now.error)}{fell}, each pair counted by its weight."
    text += f" {outside:,} of {len(cells):,} pairs lie outside of the picture." if outside else ""
    if now.explained <= 0:
        return f"{text} One number for all pairs would still do as well (weighted R² {number(now.explained)})."
    return f"{text} They explain {100 * now.explained:.0f} % of the weighted variance (R²)."
