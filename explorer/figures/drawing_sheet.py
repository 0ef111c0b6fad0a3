"""Where everything in the drawing of an unrolled network stands, and its arrows."""

from __future__ import annotations

import numpy as np

from explorer.figures.palette import Theme
from explorer.figures.reading import Place, Reading, window

HALF = 0.2
"""Half the width of a strip, in columns."""
WORDS, BELOW, BETWEEN, ABOVE = 50, 30, 26, 46
"""Pixels for the words, below the lowest strip, between two strips, and for the predictions."""
STRIPS = {1: 132, 2: 84, 3: 62}
"""Height of a strip, by the number of layers."""


class Sheet:
    """Where everything stands, in pixels from the bottom."""

    def __init__(self, reading: Reading, at: Place, theme: Theme) -> None:
        self.reading, self.at, self.theme = reading, at, theme
        self.layers, _, self.units = reading.states.shape
        self.steps = window(reading.length, at.step)
        self.strip = STRIPS[self.layers] * (1.0 if theme.scale == 1 else 1.15)
        self.words, self.above = WORDS * theme.scale, ABOVE * theme.scale
        self.top = self.bottom(self.layers - 1) + self.strip + BETWEEN
        self.height = self.top + self.above

    def bottom(self, layer: int) -> float:
        """Where the strip of a layer begins, upwards from the foot."""
        return self.words + BELOW + layer * (self.strip + BETWEEN)

    def cell(self, layer: int, unit: int) -> tuple[float, float]:
        """Lower and upper edge of a unit's cell."""
        tall = self.strip / self.units
        return self.bottom(layer) + unit * tall, self.bottom(layer) + (unit + 1) * tall


class Arrows:
    """Many arrows of one colour as two traces."""

    def __init__(self, colour: str, width: float) -> None:
        self.colour, self.width = colour, width
        self.x: list[float] = []
        self.y: list[float] = []
        self.heads: list[tuple[float, float, str]] = []

    def _line(self, x0: float, y0: float, x1: float, y1: float, head: str) -> None:
        self.x += [x0, x1, np.nan]
        self.y += [y0, y1, np.nan]
        self.heads.append((x1, y1, head))

    def across(self, left: float, right: float, y: float, leftwards: bool) -> None:
        """From one step to its neighbour."""
        start, end = left + HALF + 0.06, right - HALF - 0.08
        if leftwards:
            self._line(end + 0.02, y, start + 0.02, y, "triangle-left")
        else:
            self._line(start, y, end, y, "triangle-right")

    def up(self, x: float, y0: float, y1: float) -> None:
        """Upwards, with a head at the end."""
        self._line(x, y0, x, y1 - 4, "triangle-up")

    def down(self, x: float, y0: float, y1: float) -> None:
        """Downwards."""
        self._line(x, y0, x, y1 + 4, "triangle-down")

    def traces(self) -> list[dict]:
        """What plotly draws: all lines, and all heads."""
        if not self.heads:
            return []
        line = {"type": "scatter", "mode": "lines", "x": np.array(self.x), "y": np.array(self.y), "hoverinfo": "skip",
                "line": {"color": self.colour, "width": self.width}}  # fmt: skip
        head = {"type": "scatter", "mode": "markers", "hoverinfo": "skip",
                "x": np.array([x for x, _, _ in self.heads]), "y": np.array([y for _, y, _ in self.heads]),
                "marker": {"symbol": [s for _, _, s in self.heads], "size": 4 + 2 * self.width, "color": self.colour}}  # fmt: skip
        return [line, head]
