"""How much the loss cares about the state at each step: gradient magnitudes on a log axis with its floor drawn."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import end_labels, note, power
from explorer.figures.moment import Moment, Ranges
from explorer.figures.palette import Theme, fade, plain, symbol
from explorer.figures.rows import Row

CROWDED = 64
"""More steps than this are drawn as a line instead of stems."""


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


def gradient_row(
    moment: Moment, theme: Theme, ranges: Ranges, layer: int = -1, show_naive: bool = False, height: float = 112
) -> Row:
    """|dL/dh_t| at each step: now, at the start of training, for the LSTM's memory, and read naively."""
    low, high = ranges.shown_decades
    profiles = _profiles(moment, theme, layer, show_naive)
    traces = [trace for profile in profiles for trace in _draw(profile, low, moment.length)]
    notes = _ends(profiles, low, high, height, theme) + _decades(low, high, theme)
    scale = {
        "range": [low - 0.14 * (high - low), high + 0.08 * (high - low)],
        "tickvals": _ticks(low, high),
        "showticklabels": False,
        "showgrid": True,
    }
    name = f"gradient |∂{symbol('L')}/∂{symbol('h', 't')}|"
    return Row(name, height, traces, scale, _wrapped(f"of {moment.answer}"), notes, 16, False)


def _ticks(low: int, high: int) -> list[int]:
    return list(range(low, high + 1, max(1, -(-(high - low) // 3))))


def _wrapped(text: str, n: int = 22) -> str:
    """Words broken into lines of at most n letters."""
    return "<br>".join(textwrap.wrap(plain(text, 60), n))


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
        found.append(Profile(f"memory {symbol('c', 't')}", memory, theme.gradient_text, 1.1, "dot", ""))
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
        stem = {"color": profile.colour, "width": 3 if length <= 16 else 1.5 if length <= 32 else 1}
        traces.append({"type": "scatter", "mode": "lines", "x": x, "y": y, "line": stem, "hoverinfo": "skip"})
    steps, logs, floored, norms = _broken(steps, logs, floored, np.asarray(profile.norms, dtype=float))
    crowded = length > CROWDED
    size = (9 if length <= 16 else 7 if length <= 32 else 5) * (1.0 if profile.stems else 0.7)
    shapes = np.where(floored, "triangle-down-open", profile.symbol or "circle")
    main = {
        "type": "scatter",
        "mode": "markers" if profile.stems else "lines" if crowded or not profile.symbol else "lines+markers",
        "x": steps,
        "y": logs.astype(np.float32),
        "customdata": norms,
        "line": {"color": profile.colour, "width": profile.width, "dash": profile.dash},
        "marker": {"color": profile.colour, "size": size, "symbol": shapes, "opacity": 1},
        "hovertemplate": f"%{{x}}<br>gradient {profile.name}: %{{customdata:.3g}}<extra></extra>",
    }
    return [*traces, main]


def _broken(steps: np.ndarray, logs: np.ndarray, floored: np.ndarray, norms: np.ndarray) -> tuple[np.ndarray, ...]:
    """The same points with gaps where a line would drop to the floor or rise from it."""
    edges = np.flatnonzero(np.diff(floored.astype(np.int8))) + 1
    apart = [np.insert(values.astype(float), edges, np.nan) for values in (steps, logs, norms)]
    return apart[0], apart[1], np.insert(floored, edges, False), apart[2]


def _ends(profiles: list[Profile], low: int, high: int, height: float, theme: Theme) -> list[dict]:
    """Names at the right ends of the lines, the leading one at its place or above, kept apart."""
    ends = [(_last(*log_norms(p.norms, low), low), p.name, _ink(p, theme)) for p in reversed(profiles)]
    ends = [(y - 1e-6 * rank, name, colour) for rank, (y, name, colour) in enumerate(ends)]
    return end_labels(ends, low, high + 0.08 * (high - low), height / 1.22, theme, 11)


def _ink(profile: Profile, theme: Theme) -> str:
    return {theme.gradient: theme.gradient_text, theme.faint: theme.quiet}.get(profile.colour, profile.colour)


def _last(logs: np.ndarray, floored: np.ndarray, low: int) -> float:
    """Where the line ends: at its last point above the floor."""
    above = logs[np.isfinite(logs) & ~floored]
    return float(above[-1]) if above.size else float(low)


def _decades(low: int, high: int, theme: Theme) -> list[dict]:
    """The numbers of the axis, on a little ground of their own so that no line crosses them; the floor in words."""
    style = {"xref": "paper", "xanchor": "left", "font": {"size": theme.px(10), "color": theme.quiet}}
    ground = {"bgcolor": fade(theme.background, 0.8), "yanchor": "bottom"}
    numbers = [note(power(decade), 0, decade, **style, **ground) for decade in _ticks(low, high)[1:]]
    floor = f"floor: {power(low)} or less" + "&nbsp;▽"
    return [*numbers, note(floor, 0, low, yanchor="top", yshift=-1, **style)]
