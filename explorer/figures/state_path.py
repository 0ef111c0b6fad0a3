"""The path of the hidden state through time, seen in the plane in which it moves most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.moment import round_up
from explorer.figures.palette import Theme, fade, plain
from explorer.figures.path_names import clear_names, name_boxes, sides_of

FAR = 2.5
"""A start this many times farther out than every state is left to the border: it would make one dot of all else."""


@dataclass(frozen=True, eq=False)
class Plane:
    """States (T, U) seen in a plane.

    Attributes
    ----------
    points : (T, 2) array
        The states, centred on their mean.
    origin : (2,) array
        Where the zero state lies, from which every sequence starts.
    explained : (2,) array
        Share of the states' variance along each of the two directions.
    """

    points: np.ndarray
    origin: np.ndarray
    explained: np.ndarray

    @property
    def bound(self) -> float:
        """A round number no coordinate exceeds, but for a start that lies far out."""
        states = float(np.abs(self.points).max(initial=0.0))
        start = float(np.abs(self.origin).max(initial=0.0))
        # The start needs room for its name beside it.
        return round_up(max(1.08 * states, 1.25 * start if start <= FAR * states else 0.0)) or round_up(start) or 1.0


def principal_plane(states: np.ndarray, previous: Plane | None = None) -> Plane:
    """The first two principal directions of the states, by SVD of the centred (T, U) matrix.

    The signs and, when two directions are equally strong, the directions themselves are arbitrary: turned by the
    rotation or reflection that brings the points nearest to the previous ones (orthogonal Procrustes: Schönemann
    1966), the picture keeps its place from frame to frame. States that are not finite count as zero.
    """
    states = np.nan_to_num(np.asarray(states, dtype=float), nan=0.0, posinf=0.0, neginf=0.0)
    mean = states.mean(axis=0)
    centred = states - mean
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    plane = np.zeros((states.shape[1], 2))
    plane[:, : len(directions[:2])] = directions[:2].T
    if previous is not None and previous.points.shape[0] == len(states):
        plane = plane @ _turn(centred @ plane, previous.points)
    points = centred @ plane
    total = (centred**2).sum()
    explained = (points**2).sum(axis=0) / total if total > 1e-24 else np.zeros(2)
    return Plane(points, -mean @ plane, explained)


def _turn(points: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The orthogonal (2, 2) matrix that turns points onto the target as nearly as can be."""
    left, _, right = np.linalg.svd(points.T @ target)
    return left @ right


@picture
def state_path(
    plane: Plane, steps: Sequence[str], theme: Theme, *, bound: float | None = None, height: float = 360
) -> Spec:
    """The path from the empty memory through every step, named by the words read.

    Parameters
    ----------
    bound : float or None
        Largest coordinate over the whole history, so that the picture does not jump.
    """
    bound = bound or plane.bound
    layout = canvas(theme, height, (36 * theme.scale, 16, 16, 40 * theme.scale))
    for name, share, more in (("xaxis", plane.explained[0], {}), ("yaxis", plane.explained[1], {"scaleanchor": "x"})):
        title = {"text": _axis_name(name, share), "font": {"size": theme.px(12), "color": theme.quiet}, "standoff": 4}
        layout[name] = {"range": [-bound, bound], "showticklabels": False, "zeroline": True, "title": title, **more}
    side = height - 16 - 40 * theme.scale
    data = path_traces(plane, steps, theme, bound=bound, pixels=side)
    layout["annotations"] = [_start_label(plane, bound, theme)]
    return spec(data, layout)


def path_traces(
    plane: Plane,
    steps: Sequence[str],
    theme: Theme,
    size: float = 13,
    *,
    bound: float | None = None,
    pixels: float = 300,
) -> list[dict]:
    """The line, its arrow heads from pale to strong, the start, and the words.

    Parameters
    ----------
    bound, pixels : float
        Largest coordinate shown, and the pixels from -bound to bound: names that would overlap there are left out.
    """
    bound = bound or plane.bound
    path = np.vstack([shown_start(plane, bound), plane.points])
    n = len(path)
    strength = [fade(theme.forward, 0.25 + 0.75 * i / max(n - 1, 1)) for i in range(n)]
    line = {
        "type": "scatter", "mode": "lines+markers", "x": path[:, 0], "y": path[:, 1], "cliponaxis": False,
        "line": {"color": fade(theme.forward, 0.3 if n <= 30 else 0.2), "width": 2 if n <= 30 else 1.2}, "hoverinfo": "skip",
        "marker": {"symbol": "arrow", "angleref": "previous", "size": 10 if n <= 60 else 6, "color": strength,
                   "opacity": np.r_[0.0, np.ones(n - 1)]},
    }  # fmt: skip
    start = {
        "type": "scatter", "mode": "markers", "x": path[:1, 0], "y": path[:1, 1], "hoverinfo": "skip", "cliponaxis": False,
        "marker": {"symbol": "circle-open", "size": 10, "color": theme.ink, "line": {"width": 1.6}},
    }  # fmt: skip
    names, sides = [plain(step, 14) for step in steps], sides_of(path)
    type_size = theme.px(size if n <= 30 else 11)
    taken = _start_box(plane, bound, pixels, theme)
    boxes = name_boxes(path[1:] * pixels / (2 * bound), [min(len(step), 14) for step in steps], sides, type_size)
    shown = [name if clear else "" for name, clear in zip(names, clear_names(path, boxes, taken), strict=True)]
    words = {
        "type": "scatter", "mode": "text", "x": path[1:, 0], "y": path[1:, 1], "text": np.array(shown), "cliponaxis": False,
        "textposition": sides, "textfont": {"size": type_size, "color": theme.ink},
        "customdata": np.array([f"{i} · {name}" for i, name in enumerate(names, start=1)]),
        "hovertemplate": "after step %{customdata}<extra></extra>",
    }  # fmt: skip
    return [line, start, words]


def shown_start(plane: Plane, bound: float) -> np.ndarray:
    """Where the start is drawn, (2,): at its place, or where the way from it crosses the border."""
    outside = float(np.abs(plane.origin).max(initial=0.0))
    if outside <= bound:
        return plane.origin
    first = plane.points[0] if len(plane.points) else np.zeros(2)
    way = plane.origin - first
    with np.errstate(divide="ignore"):
        share = np.min(
            (0.96 * bound * np.sign(way) - first) / np.where(way == 0, np.inf, way), where=way != 0, initial=1.0
        )
    return first + max(float(share), 0.0) * way


def _axis_name(axis_name: str, share: float) -> str:
    return f"{'first' if axis_name == 'xaxis' else 'second'} direction: {100 * share:.0f} % of the movement"


def _start_label(plane: Plane, bound: float, theme: Theme) -> dict:
    """The name of the start, turned inwards so that it stays in the picture."""
    x, y = shown_start(plane, bound)
    text, side, below = _start_words(plane, bound)
    return note(
        text, float(x), float(y), xanchor=side, xshift={"left": -6, "right": 6}.get(side, 0),
        yanchor="top" if below else "bottom", yshift=-8 if below else 8, font={"size": theme.px(11), "color": theme.quiet},
    )  # fmt: skip


def _start_words(plane: Plane, bound: float) -> tuple[str, str, bool]:
    """The start's name, which of its edges stands at the start, and whether it stands below: away from the path."""
    x, y = shown_start(plane, bound)
    far = np.abs(plane.origin).max(initial=0.0) > bound
    side = "left" if x < -0.6 * bound else "right" if x > 0.6 * bound else "center"
    below = bool(y > -0.75 * bound and (not len(plane.points) or plane.points[0, 1] >= y or y > 0.75 * bound))
    return "empty memory" + ", far outside" * bool(far), side, below


def _start_box(plane: Plane, bound: float, pixels: float, theme: Theme) -> np.ndarray:
    text, side, below = _start_words(plane, bound)
    sides = np.array([f"{'bottom' if below else 'top'} " + {"left": "right", "right": "left"}.get(side, side)])
    point = shown_start(plane, bound)[None] * pixels / (2 * bound) + [0, -8 if below else 8]
    return name_boxes(point, [len(text)], sides, theme.px(11))
