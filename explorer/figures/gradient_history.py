"""The gradient's history: how far back the loss has reached, over the whole training."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, picture, power, spec
from explorer.figures.gradients import log_norms
from explorer.figures.moment import Ranges
from explorer.figures.palette import Theme, plain
from explorer.frame import Change


@picture
def gradient_history(
    training: np.ndarray,
    norms: np.ndarray,
    steps: Sequence[str],
    theme: Theme,
    over: Ranges | None = None,
    *,
    changes: Sequence[Change] = (),
    moment: int | None = None,
    height: float = 360,
) -> Spec:
    """Gradient norms over training (to the right) and time (downwards, as the words are read).

    Parameters
    ----------
    training : (N,) array
        Training steps of the pictures kept.
    norms : (N, T) array
        |dL/dh_t| at each; zeros are drawn in the colour of the floor.
    steps : sequence of str
        Labels of the T time steps.
    """
    training, norms = np.asarray(training, dtype=float), np.asarray(norms, dtype=float)
    over = over or Ranges().widened({"grad_hidden": norms})
    low, high = over.shown_decades
    logs, _ = log_norms(norms, low)
    heat = {
        "type": "heatmap", "x": training.astype(np.float32), "y": np.arange(1, len(steps) + 1, dtype=np.int32),
        "z": np.ascontiguousarray(logs.T, dtype=np.float32), "zmin": low, "zmax": high, "colorscale": theme.sequential,
        "hoverongaps": False, "ygap": 2 if len(steps) <= 16 else 0,
        "hovertemplate": "training step %{x}<br>%{y}<br>gradient 10^%{z:.1f}<extra></extra>",
        "colorbar": _key(low, high, theme),
    }  # fmt: skip
    layout = canvas(theme, height, (86 * theme.scale, 78 * theme.scale, 16, 40 * theme.scale))
    title = {"text": "training step", "font": {"size": theme.px(12), "color": theme.quiet}, "standoff": 4}
    layout["xaxis"] = dict(nticks=5, tickformat=",d", title=title, **_span(training))
    layout["yaxis"] = dict(range=[len(steps) + 0.5, 0.5], fixedrange=True, **_words(steps, theme, height))
    layout["shapes"] = [_vertical(change.step, theme.quiet, "dot") for change in changes]
    if moment is not None:
        layout["shapes"].append(_vertical(moment, theme.ink, "solid"))
    return spec([heat], layout)


def _span(training: np.ndarray) -> dict:
    return {"range": [0, float(training[-1])]} if len(training) > 1 else {"autorange": True}


def _words(steps: Sequence[str], theme: Theme, height: float) -> dict:
    size = theme.px(13)
    every = max(1, int(np.ceil(len(steps) * size * 1.15 / max(height - 60, 60))))
    values = list(range(1, len(steps) + 1, every))
    return {
        "tickvals": values,
        "ticktext": [plain(steps[v - 1], 11) for v in values],
        "tickfont": {"size": size, "color": theme.ink},
        "ticklabelstandoff": 8,
        "labelalias": {str(i): f"{i} · {plain(step)}" for i, step in enumerate(steps, start=1)},
        "hoverformat": "d",
    }


def _key(low: int, high: int, theme: Theme) -> dict:
    ticks = list(range(low, high + 1, max(1, -(-(high - low) // 4))))
    text = [f"{power(tick)} floor" if tick == low else power(tick) for tick in ticks]
    return {
        "x": 1.0, "xpad": 10, "xanchor": "left", "ypad": 0, "len": 1, "thickness": 4, "outlinewidth": 0, "ticks": "",
        "tickvals": ticks, "ticktext": text, "tickfont": {"size": theme.px(10), "color": theme.quiet},
    }  # fmt: skip


def _vertical(step: float, colour: str, dash: str) -> dict:
    line = {"color": colour, "width": 1.4, "dash": dash}
    return {"type": "line", "x0": step, "x1": step, "y0": 0, "y1": 1, "yref": "paper", "line": line}
