"""Small pictures for the first page: the same drawings without their words."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, power, spec, spread
from explorer.figures.gradients import log_norms
from explorer.figures.moment import Ranges
from explorer.figures.palette import Theme, plain
from explorer.figures.state_path import Plane, path_traces


@picture
def state_thumbnail(
    states: np.ndarray, steps: list[str], theme: Theme, *, bound: float = 1.0, height: float = 150
) -> Spec:
    """Hidden states (T, U) of one example under its words."""
    length, units = states.shape
    heat = {
        "type": "heatmap", "z": np.ascontiguousarray(states.T, dtype=np.float32), "zmin": -bound, "zmax": bound,
        "x": np.arange(1, length + 1, dtype=np.int32), "y": np.arange(1, units + 1, dtype=np.int32),
        "colorscale": theme.diverging, "showscale": False, "xgap": 3 if length <= 16 else 0, "hoverinfo": "skip",
    }  # fmt: skip
    layout = canvas(theme, height, (4, 4, 26 * theme.scale, 4), hovermode=False)
    words = (
        {"tickvals": list(range(1, length + 1)), "ticktext": [plain(step, 10) for step in steps]}
        if length <= 16
        else {"showticklabels": False}
    )
    font = {"size": theme.px(13), "color": theme.ink}
    layout["xaxis"] = dict(
        side="top", range=[0.5, length + 0.5], fixedrange=True, tickangle=0, ticklabeloverflow="allow", **words
    ) | {"tickfont": font}
    layout["yaxis"] = dict(range=[0.5, units + 0.5], showticklabels=False, fixedrange=True)
    return spec([heat], layout)


@picture
def gradient_thumbnail(
    profiles: Mapping[str, np.ndarray], theme: Theme, over: Ranges | None = None, *, height: float = 150
) -> Spec:
    """Gradient norms (T,) of several cells on one log axis, each named at its left end, where they differ most."""
    over = over or Ranges().widened({"grad_hidden": np.concatenate([*map(np.ravel, profiles.values()), np.empty(0)])})
    low, high = over.shown_decades
    data, ends = [], []
    for cell, norms in profiles.items():
        logs, _ = log_norms(np.asarray(norms, dtype=float), low)
        data.append({
            "type": "scatter", "mode": "lines", "x": np.arange(1, len(logs) + 1, dtype=np.int32), "y": logs.astype(np.float32),
            "line": {"color": theme.architecture(cell), "width": 2.6}, "hoverinfo": "skip", "cliponaxis": False,
        })  # fmt: skip
        ends.append((float(logs[0]) if len(logs) and np.isfinite(logs[0]) else low, cell))
    layout = canvas(theme, height, (46 * theme.scale, 34 * theme.scale, 8, 8), hovermode=False)
    length = max((len(norms) for norms in profiles.values()), default=1)
    layout["xaxis"] = dict(range=[1, max(length, 2)], showticklabels=False, fixedrange=True)
    layout["yaxis"] = dict(range=[low, high], side="right", fixedrange=True, tickvals=[low, high], ticktext=[power(low), power(high)],
                           showgrid=True, gridcolor=theme.line)  # fmt: skip
    places = spread([y for y, _ in ends], 16 * theme.scale * (high - low) / max(height - 16, 40), low, high)
    layout["annotations"] = [
        note(plain(cell.upper()), 0, float(y), xref="paper", xanchor="right", xshift=-6,
             font={"size": theme.px(13), "color": theme.architecture(cell)})
        for (_, cell), y in zip(ends, places, strict=True)
    ]  # fmt: skip
    return spec(data, layout)


@picture
def path_thumbnail(
    plane: Plane, steps: list[str], theme: Theme, *, bound: float | None = None, height: float = 150
) -> Spec:
    """The state's path through time, with its words."""
    bound = bound or plane.bound
    layout = canvas(theme, height, (4, 4, 4, 4), hovermode=False)
    layout["xaxis"] = dict(range=[-bound, bound], showticklabels=False, fixedrange=True)
    layout["yaxis"] = dict(range=[-bound, bound], showticklabels=False, fixedrange=True, scaleanchor="x")
    return spec(path_traces(plane, steps, theme, size=12, bound=bound, pixels=height - 8), layout)
