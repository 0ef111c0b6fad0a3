"""The path of the hidden state through time, seen in the plane in which it moves most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from explorer.figures.canvas import canvas, figure, note
from explorer.figures.moment import round_up
from explorer.figures.palette import Theme, fade, plain

LABELS = 24
"""At most this many steps of a path are named."""


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
        """A round number no coordinate exceeds."""
        return round_up(1.08 * float(np.abs(np.vstack([self.points, self.origin])).max(initial=0.0))) or 1.0


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


def state_path(
    plane: Plane, steps: Sequence[str], theme: Theme, *, bound: float | None = None, height: float = 360
) -> go.Figure:
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
    layout["annotations"] = [_start_label(plane, theme)]
    return figure(path_traces(plane, steps, theme), layout)


def path_traces(plane: Plane, steps: Sequence[str], theme: Theme, size: float = 13) -> list[dict]:
    """The line, its arrow heads from pale to strong, the start, and the words."""
    path = np.vstack([plane.origin, plane.points])
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
    names = [plain(step, 14) for step in steps]
    shown = [name if clear else "" for name, clear in zip(names, _clear(path[1:]), strict=True)]
    words = {
        "type": "scatter", "mode": "text", "x": path[1:, 0], "y": path[1:, 1], "text": np.array(shown), "cliponaxis": False,
        "textposition": _sides(path), "textfont": {"size": theme.px(size if n <= 30 else 11), "color": theme.ink},
        "customdata": np.array([f"{i} · {name}" for i, name in enumerate(names, start=1)]),
        "hovertemplate": "after step %{customdata}<extra></extra>",
    }  # fmt: skip
    return [line, start, words]


def _clear(points: np.ndarray) -> np.ndarray:
    """Which points can be named without covering a name before them; the last and the first always."""
    ends = {0, len(points) - 1}
    distance = 0.1 * float(np.abs(points).max(initial=0.0))
    kept: list[complex] = []
    clear = np.zeros(len(points), dtype=bool)
    places = [complex(x, y) for x, y in points.tolist()]
    for i in (len(points) - 1, *range(len(points) - 1)):
        if i in ends or (len(kept) < LABELS and all(abs(places[i] - other) >= distance for other in kept)):
            kept.append(places[i])
            clear[i] = True
    return clear


def _sides(path: np.ndarray) -> np.ndarray:
    """Where a word stands beside its point: away from where the path comes from and goes to."""
    ahead = np.vstack([path[2:], 2 * path[-1:] - path[-2:-1]]) if len(path) > 2 else path[-1:]
    away = 2 * path[1:] - path[:-1] - ahead
    vertical = np.where(away[:, 1] >= 0, "top", "bottom")
    sideways = np.where(
        np.abs(away[:, 0]) < 0.4 * np.abs(away[:, 1]), "center", np.where(away[:, 0] >= 0, "right", "left")
    )
    return np.char.add(np.char.add(vertical, " "), sideways)


def _axis_name(axis_name: str, share: float) -> str:
    return f"{'first' if axis_name == 'xaxis' else 'second'} direction: {100 * share:.0f} % of the movement"


def _start_label(plane: Plane, theme: Theme) -> dict:
    font = {"size": theme.px(11), "color": theme.quiet}
    return note("empty memory", float(plane.origin[0]), float(plane.origin[1]), yanchor="top", yshift=-8, font=font)
