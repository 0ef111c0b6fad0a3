"""One number over the training, for several networks in their own colours, with the baseline to beat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, end_labels, note, number, picture, power, spec
from explorer.figures.curves import smoothed
from explorer.figures.moment import round_up
from explorer.figures.palette import Theme, fade, plain

LEFT, RIGHT, ABOVE, BELOW = 58, 150, 28, 30


@dataclass(frozen=True, eq=False)
class Curve:
    """One network's values over its training, raw; they are drawn smoothed, the raw ones faintly.

    Attributes
    ----------
    name, colour : str
        How it is called, and a colour of the theme.
    steps, values : numpy.ndarray
        (N,); NaN where nothing was measured.
    ended : bool
        Whether the last value is where a training came apart: marked with a cross.
    dash : str
    """

    name: str
    colour: str
    steps: np.ndarray
    values: np.ndarray
    ended: bool = False
    dash: str = "solid"


@picture
def several_curves(
    curves: Sequence[Curve],
    theme: Theme,
    *,
    name: str = "loss",
    baseline: float | None = None,
    baseline_name: str = "",
    end: float | None = None,
    moment: int | None = None,
    log: bool = False,
    smooth: bool = True,
    across: str = "",
    height: float = 200,
) -> Spec:
    """Lines over training steps, each named at the right end.

    Parameters
    ----------
    baseline : float, optional
        Drawn dotted.
    end : float, optional
        Where the axis of training steps ends.
    log : bool
        Whether values stand on a logarithmic axis.
    across : str
        What the horizontal axis counts, where it is not training steps.
    """
    below = BELOW + (14 if across else 0)
    layout = canvas(theme, height, tuple(theme.scale * side for side in (LEFT, RIGHT, ABOVE, below)), hovermode="x")
    lines = [(one, _line(one, smooth)) for one in curves]
    low, high = bounds([values for _, values in lines], baseline, log)
    last = end or max((float(one.steps[-1]) for one in curves if len(one.steps)), default=1.0)
    layout["xaxis"] = {"range": [0, max(last, 1.0)], "nticks": 6, "tickformat": ",d", "hoverformat": ",d", "showline": True}
    if across:
        layout["xaxis"]["title"] = {"text": across, "font": {"size": theme.px(12), "color": theme.quiet}, "standoff": 4}
    layout["yaxis"] = value_axis(low, high, log)
    place = np.log10 if log else np.asarray
    ends = [(float(place(_last(values))), f"{plain(one.name)} {number(_last(values))}", one.colour)
            for one, values in lines if np.isfinite(_last(values))]  # fmt: skip
    if baseline is not None:
        ends.append((float(place(baseline)), plain(baseline_name, 40), theme.quiet))
    pixels = height - (ABOVE + below) * theme.scale
    layout["annotations"] = [*end_labels(ends, float(place(low)), float(place(high)), pixels, theme), _title(name, log, theme)]
    layout["shapes"] = [*_dotted(baseline, theme), *_at(moment, theme)]
    return spec([trace for one, values in lines for trace in _traces(one, values, smooth, log)], layout)


def bounds(values: Sequence[np.ndarray], baseline: float | None, log: bool) -> tuple[float, float]:
    """An axis from a round number to a round number; on a logarithmic one whole decades."""
    known = np.concatenate([*values, [np.nan if baseline is None else baseline]])
    known = known[np.isfinite(known) & ((known > 0) | (not log))]
    if not known.size:
        return (0.1, 1.0) if log else (0.0, 1.0)
    if log:
        return 10.0 ** np.floor(np.log10(known.min())), 10.0 ** np.ceil(np.log10(known.max()) + 1e-9)
    return min(0.0, -round_up(-float(known.min()))), round_up(1.05 * float(known.max())) or 1.0


def value_axis(low: float, high: float, log: bool) -> dict:
    """The axis of the values."""
    common = {"fixedrange": True, "showgrid": True}
    if not log:
        return common | {"range": [low, high], "nticks": 5}
    first, last = round(np.log10(low)), round(np.log10(high))
    ticks = range(first, last + 1, max(1, -(-(last - first) // 4)))
    return common | {
        "type": "log", "range": [first, last], "tickvals": [10.0**d for d in ticks], "ticktext": [power(d) for d in ticks],
    }  # fmt: skip


def _line(one: Curve, smooth: bool) -> np.ndarray:
    values = np.asarray(one.values, dtype=float)
    return smoothed(values) if smooth and not one.ended and len(values) else values


def _traces(one: Curve, line: np.ndarray, smooth: bool, log: bool) -> list[dict]:
    common = {"type": "scatter", "mode": "lines", "x": np.asarray(one.steps, dtype=np.float32), "connectgaps": True}
    raw = {**common, "y": np.asarray(one.values, dtype=np.float32), "hoverinfo": "skip",
           "line": {"color": fade(one.colour, 0.22), "width": 1}}  # fmt: skip
    main = {
        **common, "y": line.astype(np.float32), "line": {"color": one.colour, "width": 2.2, "dash": one.dash},
        "hovertemplate": f"{plain(one.name)} %{{y:.4g}}<extra></extra>",
    }  # fmt: skip
    found = [raw, main] if smooth and not one.ended else [main]
    if one.ended and len(line) and np.isfinite(line[-1]):
        cross = {"symbol": "x-thin", "size": 12, "line": {"width": 2.5, "color": one.colour}}
        found.append({**common, "mode": "markers", "x": main["x"][-1:], "y": main["y"][-1:], "marker": cross,
                      "cliponaxis": False, "hovertemplate": f"{plain(one.name)} came apart<extra></extra>"})  # fmt: skip
    return found


def _last(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    return float(known[-1]) if known.size else np.nan


def _dotted(value: float | None, theme: Theme) -> list[dict]:
    if value is None or not np.isfinite(value):
        return []
    line = {"color": theme.quiet, "width": 1.3, "dash": "dot"}
    return [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": value, "y1": value, "line": line}]


def _at(step: int | None, theme: Theme) -> list[dict]:
    if step is None:
        return []
    line = {"color": theme.ink, "width": 1.4}
    return [{"type": "line", "x0": step, "x1": step, "y0": 0, "y1": 1, "yref": "paper", "line": line}]


def _title(name: str, log: bool, theme: Theme) -> dict:
    font = {"size": theme.px(12), "color": theme.quiet}
    text = plain(name, 60) + (", logarithmic" if log else "")
    style = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 6}
    return note(text, 0, 1, font=font, **style)
