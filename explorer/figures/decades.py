"""A logarithmic axis for gradients that may fade to nothing or grow without bound, with the floor of the numbers drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import note, power
from explorer.figures.palette import Theme, fade

SINGLE_FLOOR = float(np.log10(np.finfo(np.float32).smallest_subnormal))
"""Decade of the smallest number above zero that float32 knows, about -44.85: what is smaller is exactly 0 in a training."""
DOUBLE_FLOOR = float(np.log10(5e-324))
"""The same for float64, in which gradients are measured here: about -323.3."""
FLOORS = (
    (SINGLE_FLOOR, f"floor of float32, {power(round(SINGLE_FLOOR))}: a training sees exactly 0 below"),
    (DOUBLE_FLOOR, f"floor of float64, {power(round(DOUBLE_FLOOR))}: not even measured below"),
)
LOWEST = (-6, -12, -48, -330)
HIGHEST = (1, 3, 8, 20, 45, 100, 310)
"""Ends that the axis may have, in powers of ten: few of them, so that it stays where it is while a setting moves."""
TICKS = 7
SHADES = 24
"""Decades of a colour scale; what is smaller has the colour of the lowest."""
ROOM = 0.06
"""Share of the axis that is left free below its lowest decade, for what is exactly zero."""


@dataclass(frozen=True)
class Decades:
    """An axis from 10^low to 10^high."""

    low: int = -6
    high: int = 1

    @property
    def span(self) -> int:
        return self.high - self.low

    @property
    def bottom(self) -> float:
        """Where the axis ends below: zeros are drawn on it."""
        return self.low - ROOM * self.span

    @property
    def top(self) -> float:
        return self.high + 0.02 * self.span

    @property
    def floors(self) -> tuple[tuple[float, str], ...]:
        """The floors that lie on the axis, and how they are called."""
        return tuple((one, name) for one, name in FLOORS if self.low <= one <= self.high)

    def widened(self, other: Decades) -> Decades:
        """An axis that shows what either shows."""
        return Decades(min(self.low, other.low), max(self.high, other.high))

    def place(self, norms: np.ndarray) -> np.ndarray:
        """Where gradient norms stand: their log10, zeros at the bottom, what is no finite number nowhere (NaN)."""
        norms = np.asarray(norms, dtype=float)
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.log10(norms)
        logs = np.where(norms == 0, self.bottom, logs)
        return np.where(np.isfinite(logs), np.clip(logs, self.bottom, self.top), np.nan)

    def ticks(self, most: int = TICKS) -> list[int]:
        """Round decades from low to high, about `most` of them."""
        step = next((one for one in (1, 2, 3, 6, 12, 24, 48, 100) if self.span / one <= most), 200)
        first = -(-self.low // step) * step
        return list(range(first, self.high + 1, step))


def decades(norms: Iterable[np.ndarray]) -> Decades:
    """An axis for all these norms; its ends move in few, large jumps."""
    known = [np.ravel(np.asarray(one, dtype=float)) for one in norms]
    values = np.concatenate(known) if known else np.empty(0)
    values = values[np.isfinite(values) & (values > 0)]
    if not values.size:
        return Decades()
    least, most = np.log10(values.min()), np.log10(values.max())
    low = next((end for end in reversed(sorted(LOWEST)) if end <= least), LOWEST[-1])
    high = next((end for end in sorted(HIGHEST) if end >= most), HIGHEST[-1])
    return Decades(low, high)


def colour_decades(norms: np.ndarray, most: int = SHADES) -> Decades:
    """Decades for a colour scale: those that occur, but no more than the eye tells apart."""
    known = np.asarray(norms, dtype=float)
    known = known[np.isfinite(known) & (known > 0)]
    if not known.size:
        return Decades(-1, 0)
    high = int(np.ceil(np.log10(known.max())))
    return Decades(min(max(int(np.floor(np.log10(known.min()))), high - most), high - 1), high)


def decade_axis(axis: Decades, most: int = TICKS, **more: object) -> dict:
    """Settings of the axis itself, with about `most` numbers at it."""
    ticks = axis.ticks(most)
    text = [power(decade) for decade in ticks]
    return {
        "range": [axis.bottom, axis.top], "tickvals": ticks, "ticktext": text, "showgrid": True, "fixedrange": True, **more,
    }  # fmt: skip


def floor_marks(axis: Decades, theme: Theme, ref: str = "y") -> tuple[list[dict], list[dict]]:
    """The floors of float32 and float64 as lines with their words; where none lies on the axis, the words say how far it is."""
    style = {"xref": "paper", "yref": ref, "xanchor": "left", "xshift": 6, "yanchor": "bottom", "yshift": 1}
    style |= {"font": {"size": theme.px(10.5), "color": theme.quiet}, "bgcolor": fade(theme.background, 0.8)}
    if not axis.floors:
        further = axis.low - round(SINGLE_FLOOR)
        return [], [note(f"float32 ends {further} decades further down", 0, axis.bottom, **(style | {"yshift": 9}))]
    line = {"color": theme.quiet, "width": 1, "dash": "dot"}
    shape = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": ref, "line": line}
    return (
        [{**shape, "y0": floor, "y1": floor} for floor, _ in axis.floors],
        [note(name, 0, floor, **style) for floor, name in axis.floors],
    )
