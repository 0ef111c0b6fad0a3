"""Curves over the training: the loss, raw and smoothed, what was held out, and the baseline to beat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.figures.canvas import End, Spec, canvas, end_labels, note, number, picture, power, spec
from explorer.figures.change_marks import change_marks
from explorer.figures.moment import round_up
from explorer.figures.palette import Theme, fade, plain
from explorer.frame import Change

POINTS = 1500
"""More points than this are thinned evenly: a screen has no more columns."""
Line = tuple[np.ndarray, np.ndarray]
"""Training steps and values, both (n,)."""

LONGEST_NAME = 40
"""Letters of a baseline's name that are shown."""
NAMED, LETTER, NUMBER = 150, 6.4, 7
"""Pixels at the right for the names at the lines' ends: at least, and for each letter; letters of a number. Not those
of the number shown now: the picture would jump with every digit."""


@picture
def curves(
    lines: Mapping[str, Line],
    theme: Theme,
    *,
    name: str = "loss",
    baseline: float | None = None,
    baseline_name: str = "always guessing",
    changes: Sequence[Change] = (),
    before: Mapping[str, float] | None = None,
    moment: int | None = None,
    log: bool = False,
    height: float = 190,
) -> Spec:
    """Lines over training steps, each named at its end.

    Parameters
    ----------
    lines : mapping of str to (steps, values)
        The first is drawn raw and smoothed, its line passing over NaN; the others, measured now and then, as points
        joined by a thin line.
    baseline : float or None
        Drawn dotted and labelled with its value.
    changes : sequence of Change
        Settings changed mid-run, marked where they took effect; `before` names the values they started from.
    moment : int or None
        The training step that is looked at.
    """
    lines = {label: _thinned(*line) for label, line in lines.items()}
    first = next(iter(lines), None)
    smooth = {label: smoothed(y) if label == first else y for label, (_, y) in lines.items()}
    low, high = bounds([*smooth.values()], baseline, log)
    end = max(round_up(max((float(x[-1]) for x, _ in lines.values() if len(x)), default=0.0)), 10.0)
    place = np.log10 if log else np.asarray
    names = [*lines, plain(baseline_name, LONGEST_NAME)] if baseline is not None else [*lines]
    margin = (56, max([NAMED, *(LETTER * (len(one) + NUMBER) for one in names)]), 26, 26)
    layout = canvas(theme, height, tuple(theme.scale * side for side in margin), hovermode="x")
    layout["xaxis"] = {"range": [0, end], "nticks": 6, "tickformat": ",d", "hoverformat": ",d", "showline": True}
    layout["yaxis"] = value_axis(float(place(low)), float(place(high)), log)
    data, ends = _drawn(lines, smooth, theme)
    if baseline is not None and np.isfinite(baseline):
        ends.append((baseline, plain(baseline_name, LONGEST_NAME), theme.quiet))
    shapes, notes = change_marks(changes, before or {}, end, theme)
    layout["shapes"] = shapes + _baseline(baseline, end, theme) + _moment(moment, theme)
    layout["annotations"] = notes + _ends(ends, low, high, log, height, theme) + [_title(name, log, theme)]
    return spec(data, layout)


def _drawn(lines: Mapping[str, Line], smooth: Mapping[str, np.ndarray], theme: Theme) -> tuple[list[dict], list[End]]:
    data, ends = [], []
    for i, (label, (x, y)) in enumerate(lines.items()):
        colour = theme.forward if i == 0 else theme.ink
        if i == 0:
            data += [_line(x, y, fade(colour, 0.28), 1, None), _line(x, smooth[label], colour, 2.4, label)]
        else:
            data.append(_measured(x, y, colour, label))
        ends.append((_last(smooth[label]), plain(label), colour))
    return data, ends


def _measured(x: np.ndarray, y: np.ndarray, colour: str, label: str) -> dict:
    """Points that were measured; the thin line between them only leads the eye."""
    known = np.isfinite(y)
    size = 5.5 if known.sum() <= 40 else 4 if known.sum() <= 120 else 2.5
    return _line(x, y, fade(colour, 0.55), 1, label) | {
        "mode": "lines+markers", "marker": {"color": colour, "size": size}, "cliponaxis": False,
    }  # fmt: skip


def smoothed(values: np.ndarray, share: float = 0.04) -> np.ndarray:
    """Centred moving mean over a share of the points; NaN are left out, windows shrink evenly at both ends."""
    values = np.asarray(values, dtype=float)
    known = np.isfinite(values)
    total = np.concatenate([[0.0], np.cumsum(np.where(known, values, 0.0))])
    count = np.concatenate([[0], np.cumsum(known)])
    index = np.arange(len(values))
    half = np.minimum(np.minimum(index, len(values) - 1 - index), int(len(values) * share / 2))
    with np.errstate(invalid="ignore"):
        return (total[index + half + 1] - total[index - half]) / (count[index + half + 1] - count[index - half])


def _thinned(steps: np.ndarray, values: np.ndarray) -> Line:
    steps, values = np.asarray(steps), np.asarray(values, dtype=float)
    if len(steps) <= POINTS:
        return steps, values
    keep = np.unique(np.linspace(0, len(steps) - 1, POINTS).astype(int))
    return steps[keep], values[keep]


def bounds(values: list[np.ndarray], baseline: float | None, log: bool) -> tuple[float, float]:
    """From zero, or on a log axis from whole decades, to a round number above everything."""
    known = np.concatenate([*values, [np.nan if baseline is None else baseline * 1.08]])
    known = known[np.isfinite(known) & ((known > 0) | (not log))]
    if not known.size:
        return (0.1, 1.0) if log else (0.0, 1.0)
    if log:
        return 10.0 ** np.floor(np.log10(known.min())), 10.0 ** np.ceil(np.log10(known.max()) + 1e-9)
    return min(0.0, -round_up(-float(known.min()))), max(round_up(float(known.max())), 1e-9)


def value_axis(low: float, high: float, log: bool) -> dict:
    """An axis from low to high (for a logarithmic one in decades) with few round ticks."""
    quiet = {"range": [low, high], "showgrid": True, "fixedrange": True}
    if not log:
        ticks = _round_ticks(low, high)
        return quiet | {"tickvals": ticks, "ticktext": [number(tick) for tick in ticks]}
    ticks = range(round(low), round(high) + 1, max(1, round((high - low) / 4)))
    return quiet | {"type": "log", "tickvals": [10.0**d for d in ticks], "ticktext": [power(d) for d in ticks]}


def _round_ticks(low: float, high: float) -> list[float]:
    """Three to six round numbers from low to high, zero among them when it lies between."""
    unit = 10.0 ** np.floor(np.log10((high - low) / 2.5))
    step = next((unit * k for k in (1, 2, 5) if (high - low) / (unit * k) <= 5), unit * 5)
    return [
        float(round(k * step / unit) * unit)
        for k in range(int(np.ceil(low / step - 1e-9)), int(high / step + 1e-9) + 1)
    ]


def _line(x: np.ndarray, y: np.ndarray, colour: str, width: float, label: str | None) -> dict:
    named = {"hovertemplate": f"{plain(label)} %{{y:.4g}}<extra></extra>"} if label else {"hoverinfo": "skip"}
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.asarray(x, dtype=np.float32),
        "y": np.asarray(y, dtype=np.float32),
        "line": {"color": colour, "width": width},
        "connectgaps": True,
        **named,
    }


def _last(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    return float(known[-1]) if known.size else np.nan


def _ends(ends: list[End], low: float, high: float, log: bool, height: float, theme: Theme) -> list[dict]:
    scale = np.log10 if log else float
    ends = [
        (scale(y), f"{name} {number(y)}", colour) for y, name, colour in ends if np.isfinite(y) and (y > 0 or not log)
    ]
    return end_labels(ends, scale(low), scale(high), height - 52 * theme.scale, theme)


def _baseline(value: float | None, end: float, theme: Theme) -> list[dict]:
    if value is None or not np.isfinite(value):
        return []
    line = {"color": theme.quiet, "width": 1.4, "dash": "dot"}
    return [{"type": "line", "x0": 0, "x1": end, "y0": value, "y1": value, "line": line}]


def _moment(step: int | None, theme: Theme) -> list[dict]:
    if step is None:
        return []
    line = {"color": theme.ink, "width": 1.4}
    return [{"type": "line", "x0": step, "x1": step, "y0": 0, "y1": 1, "yref": "paper", "line": line}]


def _title(name: str, log: bool, theme: Theme) -> dict:
    text = plain(name) + (" (log)" if log else "")
    font = {"size": theme.px(12), "color": theme.quiet}
    return note(
        text, 0, 1, xref="paper", yref="paper", xanchor="right", yanchor="bottom", xshift=-8, yshift=6, font=font
    )
