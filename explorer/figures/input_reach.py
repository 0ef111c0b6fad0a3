"""How strongly the answer's loss listens to each input, for several architectures at once, on a log axis with its floor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, end_labels, note, picture, power, spec
from explorer.figures.gradients import log_norms
from explorer.figures.lanes import hue, pen
from explorer.figures.moment import FLOOR
from explorer.figures.naming import share_of
from explorer.figures.palette import Theme, plain

MARGIN = (118, 64, 40, 44)
HEARD = 0.01
"""An input counts as heard from this share of the strongest on."""
LEAST = 3
"""Decades shown at least."""


@dataclass(frozen=True, eq=False)
class Hearing:
    """The gradient at each input of one architecture.

    Attributes
    ----------
    name, title : str
    norms : (T,) array
        Mean over samples of |dL/dx_t|.
    """

    name: str
    title: str
    norms: np.ndarray


def heard(norms: np.ndarray, share: float = HEARD) -> int:
    """At how many inputs the gradient (T,) is at least `share` of its largest."""
    norms = np.nan_to_num(np.asarray(norms, dtype=float), nan=0.0, posinf=0.0)
    return int((norms >= share * norms.max()).sum()) if norms.size and norms.max() > 10.0**FLOOR else 0


@picture
def input_reach(
    hearings: Sequence[Hearing], theme: Theme, *, low: int | None = None, high: int | None = None, height: float = 300
) -> Spec:
    """One line for each architecture over the positions of the input, named where it begins: at the oldest input.

    Parameters
    ----------
    low, high : int, optional
        Decades between which the axis runs, so that it can stay where it is; see `decades`.
    """
    found = decades(hearings)
    low, high = found[0] if low is None else low, found[1] if high is None else high
    length = max((len(one.norms) for one in hearings), default=1)
    layout = canvas(theme, height, tuple(theme.scale * side for side in MARGIN), hovermode="closest")
    title = {
        "text": "input, from the first read to the last",
        "font": {"size": theme.px(12), "color": theme.quiet},
        "standoff": 4,
    }
    layout["xaxis"] = {
        "range": [0.5, length + 0.5] if length < 3 else [1, length],
        "nticks": 8,
        "tickformat": "d",
        "title": title,
        "showline": True,
    }
    ticks = list(range(low, high + 1, max(1, -(-(high - low) // 4))))
    words = [f"{power(tick)} floor" if tick == low == FLOOR else power(tick) for tick in ticks]
    layout["yaxis"] = {
        "range": [low - 0.1, high + 0.1],
        "side": "right",
        "showgrid": True,
        "fixedrange": True,
        "tickvals": ticks,
        "ticktext": words,
    }
    drawn = [(one, *log_norms(np.asarray(one.norms, dtype=float), low)) for one in hearings]
    layout["annotations"] = [*_names(drawn, low, high, height, theme), _heading(theme)]
    return spec([_line(one, logs, floored, theme) for one, logs, floored in drawn], layout)


def decades(hearings: Sequence[Hearing]) -> tuple[int, int]:
    """Whole decades around all gradients, not below the floor."""
    known = np.concatenate([np.asarray(one.norms, dtype=float) for one in hearings] or [np.zeros(0)])
    known = known[np.isfinite(known)]
    above = known[known > 10.0**FLOOR]
    if not above.size:
        return FLOOR, FLOOR + LEAST
    high = int(np.ceil(np.log10(above.max())))
    low = FLOOR if (known <= 10.0**FLOOR).any() else int(np.floor(np.log10(above.min())))
    return max(FLOOR, min(low, high - LEAST)), high


def _line(one: Hearing, logs: np.ndarray, floored: np.ndarray, theme: Theme) -> dict:
    few = len(logs) <= 16
    return {
        "type": "scatter", "mode": "lines+markers" if few else "lines", "x": np.arange(1, len(logs) + 1, dtype=np.float32), "y": logs.astype(np.float32),
        "line": pen(one.name, theme), "marker": {"color": hue(one.name, theme), "size": 6, "symbol": np.where(floored, "triangle-down-open", "circle")},
        "customdata": np.asarray(one.norms, dtype=np.float64), "hovertemplate": f"{plain(one.title)}, input %{{x}}<br>gradient %{{customdata:.3g}}<extra></extra>",
    }  # fmt: skip


def _names(drawn: Sequence[tuple], low: int, high: int, height: float, theme: Theme) -> list[dict]:
    """At the left: there the lines lie furthest apart."""
    ends = []
    for one, logs, _ in drawn:
        known = logs[np.isfinite(logs)]
        ends.append((float(known[0]) if known.size else float(low), plain(one.title), hue(one.name, theme)))
    pixels = height - (MARGIN[2] + MARGIN[3]) * theme.scale
    return [
        {**label, "x": 0, "xanchor": "right", "xshift": -10} for label in end_labels(ends, low, high, pixels, theme)
    ]


def _heading(theme: Theme) -> dict:
    font = {"size": theme.px(13), "color": theme.quiet}
    place = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 12}
    return note("gradient of the answer's loss at each input (log)", 0, 1, font=font, **place)


def reach_notice(hearings: Sequence[Hearing]) -> str:
    """Who hears how much of the oldest input, and how many inputs each hears at all."""
    able = [one for one in hearings if np.isfinite(one.norms).all() and np.max(one.norms, initial=0.0) > 10.0**FLOOR]
    if not able:
        return "No gradient can be measured yet."
    length = max(len(one.norms) for one in able)
    if length == 1:
        return "There is a single input, so nothing has to be carried."
    counts = sorted(((heard(one.norms), one) for one in able), key=lambda pair: -pair[0])
    far, near = counts[0], counts[-1]
    shares = {one.title: float(one.norms[0] / np.max(one.norms)) for one in (far[1], near[1])}
    measure = f"a gradient of at least {share_of(HEARD)} of its strongest"
    if far[0] == near[0]:
        return f"All of them listen to {_of(far[0], length)} inputs ({measure})."
    return (
        f"{far[1].title} listens to {_of(far[0], length)} inputs, {near[1].title} to {_of(near[0], length)} ({measure}). "
        f"At the very first input {share_of(shares[far[1].title])} is left for {far[1].title}, {share_of(shares[near[1].title])} for {near[1].title}."
    )


def _of(count: int, length: int) -> str:
    return f"all {length}" if count == length else f"{count} of {length}"
