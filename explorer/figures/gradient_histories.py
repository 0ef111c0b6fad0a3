"""How far the gradient reached over the training, for several networks side by side in one colour scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, power, spec
from explorer.figures.decades import Decades, colour_decades
from explorer.figures.gradient_notices import reach
from explorer.figures.naming import count
from explorer.figures.palette import Theme, plain

LEFT, RIGHT, ABOVE, BELOW = 62, 84, 30, 40
GAP = 0.035
MOST_DECADES = 12
"""Decades of the colour scale: what is smaller could not teach anything."""
MOST = 64
"""Moments of one training that are drawn: a panel has hardly more columns."""


@dataclass(frozen=True, eq=False)
class History:
    """Gradient norms of one network over its training.

    Attributes
    ----------
    key, name : str
    training : numpy.ndarray
        Training steps, (N,) ascending.
    norms : numpy.ndarray
        (N, T).
    """

    key: str
    name: str
    training: np.ndarray
    norms: np.ndarray


@picture
def gradient_histories(
    histories: Sequence[History],
    theme: Theme,
    *,
    axis: Decades | None = None,
    end: float | None = None,
    moment: int | None = None,
    steps: Sequence[str] | None = None,
    height: float = 290,
) -> Spec:
    """One panel for each network: training step to the right, time step downwards, as one reads.

    Parameters
    ----------
    axis : Decades, optional
        Of the colours.
    end : float, optional
        Training step at which all panels end.
    moment : int, optional
        The step that is looked at.
    steps : sequence of str, optional
        What is read at each time step.
    """
    axis = axis or colour_decades(np.concatenate([np.ravel(one.norms) for one in histories]), MOST_DECADES)
    end = end or max(float(one.training[-1]) for one in histories)
    length = histories[0].norms.shape[1]
    layout = canvas(theme, height, tuple(theme.scale * side for side in (LEFT, RIGHT, ABOVE, BELOW)))
    layout["yaxis"] = {"range": [length + 0.5, 0.5], "fixedrange": True, "hoverformat": "d", **_words(steps, theme)}
    width = (1 - GAP * (len(histories) - 1)) / len(histories)
    data, notes, shapes = [], [], []
    for i, one in enumerate(histories):
        left, x = i * (width + GAP), "x" if i == 0 else f"x{i + 1}"
        layout[f"xaxis{x[1:]}"] = {
            "domain": [left, left + width], "range": [0, max(end, 1)], "nticks": 5, "tickformat": ",d", "anchor": "y",
            "title": _title("training step", theme) if i == len(histories) // 2 else None,
        }  # fmt: skip
        data.append(_heat(one, axis, x, i == 0, theme))
        notes.append(_name(one, left, theme))
        if moment is not None:
            shapes.append({"type": "line", "xref": x, "x0": moment, "x1": moment, "yref": "paper", "y0": 0, "y1": 1,
                           "line": {"color": theme.ink, "width": 1.4}})  # fmt: skip
    layout["annotations"], layout["shapes"] = notes, shapes
    return spec(data, layout)


def thinned(training: np.ndarray, norms: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """At most so many moments as a panel can show, the first and the last among them."""
    if len(training) <= MOST:
        return training, norms
    keep = np.unique(np.linspace(0, len(training) - 1, MOST).round().astype(int))
    return training[keep], norms[keep]


def _heat(one: History, axis: Decades, x: str, first: bool, theme: Theme) -> dict:
    training, norms = thinned(np.asarray(one.training), np.asarray(one.norms, dtype=float))
    logs = np.clip(axis.place(norms), axis.low, axis.high)
    return {
        "type": "heatmap", "x": training.astype(np.float32), "y": np.arange(1, norms.shape[1] + 1, dtype=np.int32),
        "z": np.ascontiguousarray(logs.T, dtype=np.float32), "zmin": axis.low, "zmax": axis.high, "xaxis": x, "yaxis": "y",
        "colorscale": theme.sequential, "hoverongaps": False, "showscale": first, "colorbar": _key(axis, theme),
        "hovertemplate": f"{plain(one.name)}, training step %{{x}}, time step %{{y}}: 10^%{{z:.1f}}<extra></extra>",
    }  # fmt: skip


def _key(axis: Decades, theme: Theme) -> dict:
    ticks = axis.ticks(4)
    text = [f"{power(tick)} or less" if tick == axis.low else power(tick) for tick in ticks]
    return {
        "x": 1.0, "xpad": 10, "xanchor": "left", "ypad": 0, "len": 1, "thickness": 4, "outlinewidth": 0, "ticks": "",
        "tickvals": ticks, "ticktext": text, "tickfont": {"size": theme.px(10), "color": theme.quiet},
    }  # fmt: skip


def _words(steps: Sequence[str] | None, theme: Theme) -> dict:
    if steps is None or len(steps) > 24:
        return {"title": _title("time step", theme), "nticks": 7}
    return {"tickvals": list(range(1, len(steps) + 1)), "ticktext": [plain(step, 8) for step in steps]}


def _title(text: str, theme: Theme) -> dict:
    return {"text": text, "font": {"size": theme.px(12), "color": theme.quiet}, "standoff": 6}


def _name(one: History, left: float, theme: Theme) -> dict:
    style = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 6}
    return note(f"<b>{plain(one.name)}</b>", left, 1, font={"size": theme.px(13), "color": theme.architecture(one.key)}, **style)


def histories_notice(histories: Sequence[History]) -> str:
    """How far back at least a hundredth of the gradient reached, before training and now, for each network."""
    told = []
    for one in histories:
        before, now = (reach(one.norms[i]) for i in (0, -1))
        told.append(f"{one.name} {before} → {count(now)}" if len(one.training) > 1 else f"{one.name} {count(before)}")
    when = "before training and now" if any(len(one.training) > 1 for one in histories) else "before training"
    return f"Reach, how many steps back at least 1 % of the gradient arrives, {when}: {', '.join(told)}."
