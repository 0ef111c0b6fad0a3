"""What the colours of a map's points say: an order, a number, or a group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from explorer.figures.canvas import number
from explorer.figures.palette import Theme, blend, plain

Scale = Literal["ranks", "losses", "values"]
KEY = 150
"""Pixels of a key."""
GROUPS = 24
"""Groups with a colour and sign of their own."""


@dataclass(frozen=True, eq=False)
class Colouring:
    """One value for each point.

    Attributes
    ----------
    title : str
        What the values are.
    values : numpy.ndarray, (n,) float32
        NaN where nothing is known. Of groups: their numbers, from 0.
    groups : sequence of str
        Names of the groups; empty when the values are numbers.
    scale : {"ranks", "losses", "values"}
        Which scale numbers are drawn on.
    low, high : float
        Ends of the scale.
    ends : tuple of str
        What stands at the ends of the key; the numbers themselves when empty.
    """

    title: str
    values: np.ndarray
    groups: Sequence[str] = ()
    scale: Scale = "values"
    low: float = 0.0
    high: float = 1.0
    ends: tuple[str, str] | tuple[()] = ()

    @property
    def known(self) -> np.ndarray:
        """Which points have a value, (n,) bool."""
        return np.isfinite(self.values)


def by_rank(n: int, rows: np.ndarray, of: int) -> Colouring:
    """The order of the words in their source, on a logarithmic scale: frequencies fall like that."""
    logs = np.log10(np.asarray(rows, dtype=float) + 1).astype(np.float32)
    high = float(np.log10(max(of, n, 2)))
    return Colouring("place in the source", logs, scale="ranks", low=0.0, high=high, ends=("first", f"{max(of, n):,}"))


def by_loss(kept: np.ndarray, k: int) -> Colouring:
    """The share of its true neighbours that the map tore away from each word; `kept` is the share it kept."""
    lost = (1 - np.asarray(kept)).astype(np.float32)
    return Colouring("neighbours kept near", lost, scale="losses", ends=(f"all {k}", "none"))


def by_group(title: str, labels: np.ndarray, names: Sequence[str]) -> Colouring:
    """Groups; a label below 0 is none."""
    values = np.where(labels < 0, np.nan, labels).astype(np.float32)
    return Colouring(title, values, tuple(names))


def by_number(title: str, values: np.ndarray) -> Colouring:
    """Numbers of any kind."""
    values = np.asarray(values, dtype=np.float32)
    known = values[np.isfinite(values)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    return Colouring(title, values, low=low, high=high if high > low else low + 1)


def marker(colouring: Colouring, theme: Theme, size: float, key: bool = True) -> dict[str, Any]:
    """Plotly's marker for the points that have a value."""
    values = colouring.values[colouring.known]
    if colouring.groups:
        return _grouped(colouring, values, theme, size)
    made = {"color": values, "cmin": colouring.low, "cmax": colouring.high, "size": size}
    made["colorscale"] = colour_scale(colouring, theme)
    if key:
        made |= {"showscale": True, "colorbar": _key(colouring, theme)}
    return made


def colour_scale(colouring: Colouring, theme: Theme) -> list[list]:
    """Plotly's colour scale of a colouring by numbers."""
    if colouring.scale == "losses":
        return theme.losses
    if colouring.scale == "ranks":
        return theme.ranks
    return [[at, colour] for at, colour in zip((0.0, 0.4, 1.0), (c for _, c in reversed(theme.ranks)), strict=True)]


def unknown_marker(theme: Theme, size: float) -> dict[str, Any]:
    """Plotly's marker for points without a value."""
    return {"color": blend(theme.background, theme.faint, 0.55), "size": size}


def _grouped(colouring: Colouring, values: np.ndarray, theme: Theme, size: float) -> dict[str, Any]:
    count = min(len(colouring.groups), GROUPS)
    steps = [[at / count, theme.category(i)] for i in range(count) for at in (i, i + 1)]
    made = {"color": values, "cmin": -0.5, "cmax": count - 0.5, "colorscale": steps, "size": size}
    if count > len(theme.categories):  # colours come round again: the sign tells the two apart
        made["symbol"] = np.array(SIGNS, dtype=np.int32)[(values // len(theme.categories)).astype(int)]
    return made


SIGNS = (0, 2, 17)
"""Plotly's numbers of a disc, a diamond and a star."""


def _key(colouring: Colouring, theme: Theme) -> dict[str, Any]:
    ends = colouring.ends or (number(colouring.low), number(colouring.high))
    quiet = {"size": theme.px(11), "color": theme.quiet}
    return {
        "orientation": "h", "x": 1, "xanchor": "right", "xref": "paper", "y": 1, "yanchor": "bottom", "yref": "paper",
        "len": KEY * theme.scale, "lenmode": "pixels", "thickness": 5, "outlinewidth": 0, "xpad": 8, "ypad": 1, "ticks": "",
        "tickvals": [colouring.low, colouring.high], "ticktext": [plain(end) for end in ends], "tickfont": quiet,
        "ticklabelposition": "outside", "title": {"text": plain(colouring.title, 40), "font": quiet, "side": "top"},
    }  # fmt: skip
