"""`Lane`: one architecture in a race, as a line that is told from the others by hue, dash and name."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from explorer.figures.palette import Theme

HUES = {"window": "feedforward", "average": "feedforward"}
"""Architectures that share a hue with another."""
DASHES = {"average": "dash", "bidirectional": "dashdot"}
"""How they are told apart nevertheless."""
POINTS = 240
"""Most points of a line: several race at once, redrawn several times a second."""
_NONE = np.zeros(0)


@dataclass(frozen=True, eq=False)
class Lane:
    """How far one architecture has come.

    Attributes
    ----------
    name, title : str
        For the colour, and for people.
    steps, seconds : (n,) arrays
        Updates, and seconds of computing until then; NaN where these were not measured.
    values : (n,) array
        What is compared; NaN where it was not measured. Over several seeds the mean.
    low, high : (n,) arrays
        Lowest and highest of several seeds; empty for a single one.
    came_apart : bool
        Whether its training ended in numbers that are none.
    """

    name: str
    title: str
    steps: np.ndarray
    seconds: np.ndarray
    values: np.ndarray
    low: np.ndarray = field(default_factory=lambda: _NONE)
    high: np.ndarray = field(default_factory=lambda: _NONE)
    came_apart: bool = False

    @property
    def last(self) -> float:
        """The newest value; NaN where there is none."""
        known = self.values[np.isfinite(self.values)]
        return float(known[-1]) if known.size else float("nan")

    def value_at(self, step: float) -> float:
        """The newest value up to a step."""
        return _newest(self.values, self.steps <= step)

    def value_after(self, seconds: float) -> float:
        """The newest value within so many seconds of computing."""
        return _newest(self.values, self.seconds <= seconds)

    def thinned(self, points: int = POINTS) -> Lane:
        """The same with what was measured alone, at most so many points, first and last among them."""
        keep = np.flatnonzero(np.isfinite(self.values))
        if len(keep) > points:
            keep = keep[np.unique(np.linspace(0, len(keep) - 1, points).astype(int))]
        low, high = (one[keep] if len(one) else one for one in (self.low, self.high))
        return Lane(
            self.name, self.title, self.steps[keep], self.seconds[keep], self.values[keep], low, high, self.came_apart
        )


def _newest(values: np.ndarray, within: np.ndarray) -> float:
    known = values[within & np.isfinite(values)]
    return float(known[-1]) if known.size else float("nan")


def hue(name: str, theme: Theme) -> str:
    """The colour of an architecture."""
    return theme.architecture(HUES.get(name, name))


def pen(name: str, theme: Theme, width: float = 2.2) -> dict:
    """The line of an architecture."""
    return {"color": hue(name, theme), "width": width, "dash": DASHES.get(name, "solid")}
