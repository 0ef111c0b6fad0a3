"""How much the loss cares about the state at each step: gradient magnitudes on a log axis with its floor drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import note, power, spread
from explorer.figures.moment import Moment, Ranges
from explorer.figures.palette import Theme, symbol
from explorer.figures.rows import Row

CROWDED = 64
"""More steps than this are drawn as a line instead of stems."""
LABEL = 13
"""Pixels between the labels at the ends of the lines."""


@dataclass(frozen=True)
class Profile:
    """Gradient norms (T,) under one name, and how they are drawn."""

    name: str
    norms: np.ndarray
    colour: str
    width: float = 2.0
    dash: str = "solid"
    symbol: str = "circle"
    stems: bool = False


def gradient_row(moment: Moment, theme: Theme, ranges: Ranges, layer: int = -1, show_naive: bool = False) -> Row:
    """|dL/dh_t| at each step: now, at the start of training, for the LSTM's memory, and read naively."""
    low, high = ranges.shown_decades
    profiles = _profiles(moment, theme, layer, show_naive)
    height = 112.0
    traces = [trace for profile in profiles for trace in _draw(profile, low, moment.length)]
    notes = _ends(profiles, low, high, height, theme) + _floor(low, theme)
    ticks = list(range(low, high + 1, max(1, -(-(high - low) // 3))))
    scale = {
        "range": [low - 0.12 * (high - low), high + 0.06 * (high - low)],
        "tickvals": ticks,
        "ticktext": [power(decade) for decade in ticks],
        "ticklabelposition": "inside top",
        "tickfont": {"size": theme.px(10), "color": theme.faint},
        "showgrid": True,
        "gridcolor": theme.line,
        "gridwidth": 1,
    }
    name = f"gradient |∂{symbol('L')}/∂{symbol('h', 't')}|"
    return Row(name, height, traces, scale, f"of {moment.answer}", notes, 14)


def _profiles(moment: Moment, theme: Theme, layer: int, show_naive: bool) -> list[Profile]:
    """From the faintest to the one that leads, so that the leading one is drawn on top."""
    crowded = moment.length > CROWDED
    found = []
    if show_naive and "grad_naive" in moment.arrays:
        naive = _total(moment.arrays["grad_naive"])
        found.append(Profile("naive reading", naive, theme.quiet, 1.2, "dot", "x-thin-open"))
    if moment.start is not None and "grad_hidden" in moment.start:
        start = _total(moment.start["grad_hidden"][layer])
        if len(start) == moment.length:
            found.append(Profile("at the start", start, theme.faint, 1.2, "solid", "circle-open"))
    if "grad_cell" in moment.arrays:
        memory = _total(moment.arrays["grad_cell"][layer])
        found.append(Profile(f"memory {symbol('c', 't')}", memory, theme.gradient_text, 1.2, "solid", "diamond-open"))
    if "grad_hidden" in moment.arrays:
        norms = moment.arrays["grad_hidden"][layer]
        if len(norms) == 1:
            found.append(Profile("now", norms[0], theme.gradient, 2.4, stems=not crowded))
        else:
            found.append(Profile("now ←", norms[1], theme.gradient, 1.4, "dash", "circle-open"))
            found.append(Profile("now →", norms[0], theme.gradient, 2.4, stems=not crowded))
    return found


def _total(norms: np.ndarray) -> np.ndarray:
    """The joint norm of both directions, (D, T) to (T,)."""
    return np.sqrt((np.asarray(norms, dtype=float) ** 2).sum(axis=0))


def log_norms(norms: np.ndarray, low: int) -> tuple[np.ndarray, np.ndarray]:
    """Log10 of gradient norms drawn no lower than the floor, and which of them lie on it.

    Zero has no logarithm: it is drawn on the floor. What is not a number stays a gap.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log10(norms)
    floored = logs < low
    logs = np.where(floored, float(low), logs)
    return np.where(np.isfinite(logs), logs, np.nan), floored


def _draw(profile: Profile, low: int, length: int) -> list[dict]:
    logs, floored = log_norms(profile.norms, low)
    steps = np.arange(1, length + 1, dtype=np.float32)
    traces = []
    if profile.stems:
        x, y = np.repeat(steps, 3), np.full(3 * length, np.nan, dtype=np.float32)
        y[0::3], y[1::3] = low, logs
        stem = {"color": profile.colour, "width": 2.5 if length <= 24 else 1.5}
        traces.append({"type": "scatter", "mode": "lines", "x": x, "y": y, "line": stem, "hoverinfo": "skip"})
    crowded = length > CROWDED
    size = 4 if crowded else 9 if profile.stems else 6
    shapes = np.where(floored, "triangle-down-open", profile.symbol)
    main = {
        "type": "scatter",
        "mode": "markers" if profile.stems else "lines" if crowded else "lines+markers",
        "x": steps,
        "y": logs.astype(np.float32),
        "customdata": np.asarray(profile.norms, dtype=np.float64),
        "line": {"color": profile.colour, "width": profile.width, "dash": profile.dash},
        "marker": {"color": profile.colour, "size": size, "symbol": shapes, "opacity": 1},
        "hovertemplate": f"step %{{x}}<br>gradient {profile.name}: %{{customdata:.3g}}<extra></extra>",
    }
    return [*traces, main]


def _ends(profiles: list[Profile], low: int, high: int, height: float, theme: Theme) -> list[dict]:
    """Names at the right ends of the lines, kept apart."""
    last = [_last(log_norms(profile.norms, low)[0], low) for profile in profiles]
    gap = LABEL * theme.scale * (high - low) * 1.18 / height
    places = spread(last, gap, low, high + 0.06 * (high - low))
    size = {"size": theme.px(11)}
    return [
        note(
            profile.name,
            1,
            float(y),
            xref="paper",
            xanchor="left",
            xshift=10,
            font={**size, "color": _ink(profile, theme)},
        )
        for profile, y in zip(profiles, places, strict=True)
    ]


def _ink(profile: Profile, theme: Theme) -> str:
    return {theme.gradient: theme.gradient_text, theme.faint: theme.quiet}.get(profile.colour, profile.colour)


def _last(logs: np.ndarray, low: int) -> float:
    finite = logs[np.isfinite(logs)]
    return float(finite[-1]) if finite.size else float(low)


def _floor(low: int, theme: Theme) -> list[dict]:
    font = {"size": theme.px(10), "color": theme.quiet}
    text = f"▽ floor: {power(low)} or less"
    return [note(text, 0, low, xref="paper", xanchor="left", yanchor="top", yshift=-1, font=font)]
