"""An analogy as a parallelogram: the exact plane of its three words, and beside it how far real words stand off that plane."""

from __future__ import annotations

import numpy as np

from explorer.figures.analogy_above import arrows, seen_from_above
from explorer.figures.analogy_marks import Question
from explorer.figures.analogy_side import nearer, reach, seen_from_side
from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.palette import Theme

WIDTH = 780
"""Pixels, about, for which names are placed."""
PLAN, SIDE = (0.0, 0.57), (0.66, 1.0)
"""Where the two views stand, as shares of the width."""


@picture
def analogy_plane(question: Question, theme: Theme, *, height: float = 390) -> Spec:
    """The plane from above at the left; at the right every word's distance from the fourth corner, within and off the plane."""
    margin = tuple(theme.scale * side for side in (14, 36, 34, 44))
    layout = canvas(theme, height, margin)
    plan, side = _ranges(question, height - margin[2] - margin[3])
    layout["xaxis"] = {"domain": PLAN, "range": plan[0], "visible": False}
    layout["yaxis"] = {"range": plan[1], "visible": False, "scaleanchor": "x"}
    layout["xaxis2"] = {"domain": SIDE, "range": side[0], "anchor": "y2", **_axis("within the plane", theme)}
    layout["yaxis2"] = {"range": side[1], "anchor": "x2", "scaleanchor": "x2", **_axis("off the plane", theme)}
    layout["annotations"] = [
        _title("The plane of the three words", PLAN[0], theme),
        _title("How far from the corner", SIDE[0], theme),
    ]
    layout["annotations"] += [*arrows(question.shape.corners, theme), *nearer(question, theme)]
    data = seen_from_above(question, _pixels(plan, PLAN), theme)
    return spec([*data, *seen_from_side(question, side, _pixels(side, SIDE), theme)], layout)


def _axis(title: str, theme: Theme) -> dict:
    font = {"size": theme.px(12), "color": theme.quiet}
    return {"showline": True, "dtick": 0.5, "title": {"text": title, "font": font, "standoff": 4}}


def _title(text: str, x: float, theme: Theme) -> dict:
    font = {"size": theme.px(13), "color": theme.quiet}
    return note(text, x, 1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=12, font=font)


def _ranges(question: Question, pixels: float) -> tuple[tuple[list, list], tuple[list, list]]:
    """Ranges of both views' axes, of equal scale within each view."""
    shape = question.shape
    places = np.vstack([shape.corners, shape.places])
    low, high = places.min(axis=0), places.max(axis=0)
    room = np.array([0.2, 0.12]) * max(float((high - low).max()), 1e-6)
    plan = _filled(low - room, high + room, (PLAN[1] - PLAN[0]) * WIDTH / pixels)
    most = reach(question)
    low, high = np.array([-0.03, -0.09]) * most, np.array([1.4, 1.12]) * most  # the names of b and c stand on the axis
    side = _filled(low, high, (SIDE[1] - SIDE[0]) * WIDTH / pixels, grow_low=False)
    return plan, side


def _filled(low: np.ndarray, high: np.ndarray, ratio: float, grow_low: bool = True) -> tuple[list, list]:
    """Ranges widened so that width over height is `ratio`."""
    span = high - low
    wanted = np.array([max(span[0], ratio * span[1]), max(span[1], span[0] / ratio)])
    extra = wanted - span
    low = low - extra / 2 if grow_low else low
    return [low[0], low[0] + wanted[0]], [low[1], low[1] + wanted[1]]


def _pixels(ranges: tuple[list, list], domain: tuple[float, float]) -> float:
    """Pixels of a unit."""
    return (domain[1] - domain[0]) * WIDTH / (ranges[0][1] - ranges[0][0])
