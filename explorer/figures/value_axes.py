"""Value axes of pictures that compare several lines: shares in per cent, and logarithms that fit closely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import number, power
from explorer.figures.curves import bounds, value_axis

FEW_DECADES = 2.2
"""On a log axis of fewer decades than this 2 and 5 are marked as well."""
ROOM = 0.06
"""Room above and below everything, as a share of a log axis."""


@dataclass(frozen=True)
class Scale:
    """An axis, and where a value stands on it.

    Attributes
    ----------
    axis : dict
        The layout of plotly's axis.
    low, high : float
        Ends, in the units of the values.
    share, log : bool
        Written in per cent; logarithmic.
    """

    axis: dict
    low: float
    high: float
    share: bool
    log: bool

    def place(self, value: float) -> float:
        """Where annotations have to stand: plotly counts them in logarithms on a log axis; never beyond the ends."""
        within = min(max(value, self.low), self.high)
        return float(np.log10(within)) if self.log else within

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends as `place` has them."""
        return self.place(self.low), self.place(self.high)

    def shows(self, value: float) -> bool:
        """Whether a value lies on the axis."""
        return bool(np.isfinite(value)) and self.low <= value <= self.high

    def said(self, value: float) -> str:
        """A value in words."""
        return f"{100 * value:.1f} %" if self.share else number(value)


def scale_of(values: Sequence[np.ndarray], share: bool, log: bool) -> Scale:
    """The axis for these values, NaN among them: from 0 to 100 %, close around them on a log axis, else from 0."""
    if share:
        ticks = [0, 0.25, 0.5, 0.75, 1]
        words = {"tickvals": ticks, "ticktext": [f"{100 * one:.0f} %" for one in ticks]}
        return Scale({"range": [0, 1.02], "showgrid": True, "fixedrange": True, **words}, 0.0, 1.02, True, False)
    if not log:
        low, high = bounds(list(values), None, False)
        return Scale(value_axis(low, high, False), low, high, False, False)
    known = np.concatenate([np.ravel(one) for one in values] or [np.zeros(0)])
    known = known[np.isfinite(known) & (known > 0)]
    bottom, top = (np.log10(known.min()), np.log10(known.max())) if known.size else (-1.0, 0.0)
    pad = max(ROOM * (top - bottom), 0.05)
    bottom, top = float(bottom - pad), float(top + pad)
    return Scale(_log_axis(bottom, top), 10.0**bottom, 10.0**top, False, True)


def _log_axis(bottom: float, top: float) -> dict:
    decades = range(int(np.floor(bottom)), int(np.ceil(top)) + 1)
    if top - bottom < FEW_DECADES:
        ticks = [mantissa * 10.0**decade for decade in decades for mantissa in (1, 2, 5)]
    else:
        every = max(1, round((top - bottom) / 4))
        ticks = [10.0**decade for decade in decades if decade % every == 0]
    ticks = [tick for tick in ticks if bottom <= np.log10(tick) <= top]
    words = [number(tick) if 1e-4 <= tick <= 1e4 else power(round(np.log10(tick))) for tick in ticks]
    return {
        "type": "log",
        "range": [bottom, top],
        "showgrid": True,
        "fixedrange": True,
        "tickvals": ticks,
        "ticktext": words,
    }
