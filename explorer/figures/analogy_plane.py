"""An analogy as a parallelogram: the exact plane of its three words, and beside it how far real words stand off that plane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.embedding.parallelogram import Parallelogram
from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.label_sides import label_sides
from explorer.figures.palette import Theme, fade, plain

WIDTH = 780
"""Pixels, about, for which names are placed."""
PLAN, SIDE = (0.0, 0.57), (0.66, 1.0)
"""Where the two views stand, as shares of the width."""
LETTERS = 16


@dataclass(frozen=True, eq=False)
class Question:
    """What the picture is drawn from.

    Attributes
    ----------
    words : tuple of str
        a, b and c.
    shape : Parallelogram
        With the answers, the best first.
    scores : numpy.ndarray, (n,)
        3CosAdd of each answer.
    expected : str
        The answer a visitor expects, "" for none.
    """

    words: tuple[str, str, str]
    shape: Parallelogram
    scores: np.ndarray
    expected: str = ""


@picture
def analogy_plane(question: Question, theme: Theme, *, height: float = 390) -> Spec:
    """The plane from above at the left; at the right every word's distance from the fourth corner, within and off the plane."""
    margin = tuple(theme.scale * side for side in (14, 36, 34, 44))
    layout = canvas(theme, height, margin)
    plan, side = _ranges(question, height - margin[2] - margin[3], theme)
    layout["xaxis"] = {"domain": PLAN, "range": plan[0], "visible": False}
    layout["yaxis"] = {"range": plan[1], "visible": False, "scaleanchor": "x"}
    layout["xaxis2"] = {"domain": SIDE, "range": side[0], "anchor": "y2", **_axis("within the plane", theme)}
    layout["yaxis2"] = {"range": side[1], "anchor": "x2", "scaleanchor": "x2", **_axis("off the plane", theme)}
    layout["annotations"] = [
        _title("The plane of the three words", PLAN[0], theme), _title("How far from the corner", SIDE[0], theme)
    ]
    layout["annotations"] += [*_arrows(question.shape.corners, theme), *_nearer(question, theme)]
    data = [*_outline(question.shape.corners, theme), *_dots(question, plan, height, theme)]
    data += [*_arcs(question, theme), *_side_dots(question, side, height, theme)]
    return spec(data, layout)


def _axis(title: str, theme: Theme) -> dict:
    font = {"size": theme.px(12), "color": theme.quiet}
    return {"showline": True, "dtick": 0.5, "title": {"text": title, "font": font, "standoff": 4}}


def _title(text: str, x: float, theme: Theme) -> dict:
    font = {"size": theme.px(13), "color": theme.quiet}
    return note(text, x, 1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=12, font=font)


def _ranges(question: Question, pixels: float, theme: Theme) -> tuple[tuple[list, list], tuple[list, list]]:
    """Ranges of both views' axes, of equal scale within each view."""
    shape = question.shape
    places = np.vstack([shape.corners, shape.places])
    low, high = places.min(axis=0), places.max(axis=0)
    room = np.array([0.2, 0.12]) * max(float((high - low).max()), 1e-6)
    plan = _filled(low - room, high + room, (PLAN[1] - PLAN[0]) * WIDTH / pixels)
    side = _filled(np.zeros(2), np.array([1.4, 1.12]) * _reach(shape), (SIDE[1] - SIDE[0]) * WIDTH / pixels, grow_low=False)
    return plan, side


def _reach(shape: Parallelogram) -> np.ndarray:
    """How far the view from the side goes, (2,): to the farthest answer, with the best answer's circle whole."""
    best = float(shape.distances[0]) if len(shape.words) else min(shape.sides)
    return np.array([max(float(part.max(initial=0.0)), best, 0.1) for part in (shape.apart, shape.heights)])


def _filled(low: np.ndarray, high: np.ndarray, ratio: float, grow_low: bool = True) -> tuple[list, list]:
    """Ranges widened so that width over height is `ratio`."""
    span = high - low
    wanted = np.array([max(span[0], ratio * span[1]), max(span[1], span[0] / ratio)])
    extra = wanted - span
    low = low - extra / 2 if grow_low else low
    return [low[0], low[0] + wanted[0]], [low[1], low[1] + wanted[1]]


def _outline(corners: np.ndarray, theme: Theme) -> list[dict]:
    """The parallelogram's area and its two quiet sides."""
    ring = corners[[0, 1, 3, 2, 0]]
    area = {"type": "scatter", "mode": "lines", "x": ring[:, 0], "y": ring[:, 1], "fill": "toself", "hoverinfo": "skip",
            "fillcolor": fade(theme.forward, 0.07), "line": {"color": theme.faint, "width": 1, "dash": "dot"}}  # fmt: skip
    return [area]


def _arrows(corners: np.ndarray, theme: Theme) -> list[dict]:
    """b - a, from a and again from c."""
    style = {"showarrow": True, "axref": "x", "ayref": "y", "xref": "x", "yref": "y", "text": "", "arrowhead": 2,
             "arrowsize": 1.1, "arrowcolor": theme.forward}  # fmt: skip
    place = [(corners[0], corners[1], 2.4, 1.0), (corners[2], corners[3], 2.4, 0.55)]
    return [
        {**style, "ax": start[0], "ay": start[1], "x": end[0], "y": end[1], "arrowwidth": width, "opacity": strength}
        for start, end, width, strength in place
        if np.linalg.norm(end - start) > 1e-6
    ]


def _dots(question: Question, plan: tuple[list, list], height: float, theme: Theme) -> list[dict]:
    """The answers, then a, b, c and the corner, each with its name."""
    shape, scale = question.shape, _pixels(plan, PLAN)
    letters = [min(len(word), LETTERS) for word in shape.words]
    sides = label_sides(shape.places * scale, letters, theme.px(14), _covered(shape.corners, question.words, scale, theme))
    answers = _words(question, shape.places, sides, theme)
    own = _named(shape.corners[:3], question.words, OWN_SIDES, theme, bold=True)
    own |= {"marker": {"size": 10, "color": theme.ink}, "hoverinfo": "skip"}
    corner = _named(shape.corners[3:], [_sum(question.words)], ["bottom center"], theme, colour=theme.forward, letters=60)
    return [answers, own, corner | {"marker": _ring(theme), "hovertext": ["the fourth corner"], "hoverinfo": "text"}]


OWN_SIDES = ["middle left", "middle right", "middle left"]
"""Of a, b and c: clear of the arrows."""


def _ring(theme: Theme) -> dict:
    return {"size": 15, "symbol": "circle-cross-open", "color": theme.forward, "opacity": 1, "line": {"width": 1.8}}


def _covered(corners: np.ndarray, words: Sequence[str], scale: float, theme: Theme) -> np.ndarray:
    """Points in pixels that stand for what names must not cover: the corners and the words beside them, (m, 2)."""
    corners = corners * scale
    letter = 0.58 * theme.px(15)
    beside = [
        corners[i] + [way * (9 + letter * k), 0]
        for i, way in ((0, -1), (1, 1), (2, -1))
        for k in range(1, min(len(words[i]), LETTERS) + 1)
    ]
    half = 0.29 * theme.px(12) * len(_sum(words))
    below = [corners[3] + [x, -16] for x in np.arange(-half, half, 8)]
    return np.vstack([corners, beside, below])


def _sum(words: Sequence[str]) -> str:
    a, b, c = words
    return f"{b} − {a} + {c}"


def _words(question: Question, places: np.ndarray, sides: list[str], theme: Theme) -> dict:
    """The answers as dots, the first strongest, the expected one with a ring and a tick."""
    shape = question.shape
    is_expected = [bool(question.expected) and word == question.expected for word in shape.words]
    names = [f"{plain(word, LETTERS)}{' ✓' if right else ''}" for word, right in zip(shape.words, is_expected, strict=True)]
    names = [f"<b>{name}</b>" if i == 0 else name for i, name in enumerate(names)]
    text = [name if side else "" for name, side in zip(names, sides, strict=True)]
    strength = [1.0 if i == 0 or right else 0.45 for i, right in enumerate(is_expected)]
    edge = [theme.ink if right else "rgba(0,0,0,0)" for right in is_expected]
    return {
        "type": "scatter", "mode": "markers+text", "x": places[:, 0], "y": places[:, 1], "text": text, "cliponaxis": False,
        "textposition": [side or "middle right" for side in sides],
        "textfont": {"size": theme.px(14), "color": [theme.ink if one == 1 else theme.quiet for one in strength]},
        "marker": {"size": [12 if i == 0 else 8 for i in range(len(text))], "color": [fade(theme.forward, one) for one in strength],
                   "opacity": 1, "line": {"width": 1.6, "color": edge}},
        "hovertext": _hover(question), "hoverinfo": "text",
    }  # fmt: skip


def _hover(question: Question) -> list[str]:
    shape = question.shape
    return [
        f"<b>{plain(word)}</b>, 3CosAdd {score:.3f}<br>{total:.2f} from the corner:<br>{apart:.2f} in the plane, {tall:.2f} off it"
        for word, score, total, apart, tall in zip(
            shape.words, question.scores, shape.distances, shape.apart, shape.heights, strict=True
        )
    ]


def _named(
    points: np.ndarray, names: Sequence[str], sides: list[str], theme: Theme, *, bold: bool = False, colour: str = "", letters: int = LETTERS
) -> dict:
    shown = [f"<b>{plain(name, letters)}</b>" if bold else plain(name, letters) for name in names]
    return {
        "type": "scatter", "mode": "markers+text", "x": points[:, 0], "y": points[:, 1], "text": shown, "cliponaxis": False,
        "textposition": [side or "top center" for side in sides],
        "textfont": {"size": theme.px(15 if bold else 12), "color": colour or theme.ink},
    }  # fmt: skip


def _pixels(ranges: tuple[list, list], domain: tuple[float, float]) -> float:
    """Pixels of a unit."""
    return (domain[1] - domain[0]) * WIDTH / (ranges[0][1] - ranges[0][0])


def _arcs(question: Question, theme: Theme) -> list[dict]:
    """Everything within the best answer's distance from the corner: whatever lies there would beat it."""
    if not len(question.shape.words):
        return []
    radius, angle = float(question.shape.distances[0]), np.linspace(0, np.pi / 2, 61)
    x, y = radius * np.cos(angle), radius * np.sin(angle)
    return [
        {"type": "scatter", "mode": "lines", "x": np.r_[0, x, 0], "y": np.r_[0, y, 0], "xaxis": "x2", "yaxis": "y2",
         "fill": "toself", "fillcolor": fade(theme.forward, 0.07), "hoverinfo": "skip",
         "line": {"color": fade(theme.forward, 0.35), "width": 1}}
    ]  # fmt: skip


def _nearer(question: Question, theme: Theme) -> list[dict]:
    """What the circle means, written along its foot."""
    if not question.shape.words:
        return []
    radius, font = float(question.shape.distances[0]), {"size": theme.px(11), "color": theme.quiet}
    text = f"nearer than<br>{plain(question.shape.words[0], LETTERS)}"
    return [note(text, 0.1 * radius, 0.42 * radius, xref="x2", yref="y2", xanchor="left", align="left", font=font)]


def _side_dots(question: Question, side: tuple[list, list], height: float, theme: Theme) -> list[dict]:
    shape, scale, axes = question.shape, _pixels(side, SIDE), {"xaxis": "x2", "yaxis": "y2"}
    answers = np.stack([shape.apart, shape.heights], axis=1)
    far = np.linalg.norm(shape.corners[:3] - shape.target, axis=1)
    near = [i for i in range(3) if far[i] <= 0.95 * side[0][1]]
    names, own = [question.words[i] for i in near], np.stack([far[near], np.zeros(len(near))], axis=1)
    letters = [min(len(word), LETTERS) for word in (*names, *shape.words)]
    edge = np.stack([np.full(40, side[0][1]), np.linspace(side[1][0], side[1][1], 40)], axis=1)
    sides = label_sides(np.vstack([own, answers]) * scale, letters, theme.px(14), edge * scale)
    words = _words(question, answers, sides[len(near) :], theme) | axes
    marks = _named(own, names, sides[: len(near)], theme, bold=True) | axes
    marks |= {"marker": {"size": 10, "color": theme.ink}, "hoverinfo": "text"}
    marks["hovertext"] = [f"{plain(word)}: {far[i]:.2f} from the corner, in the plane" for word, i in zip(names, near, strict=True)]
    corner = {"type": "scatter", "mode": "markers", "x": [0.0], "y": [0.0], "hoverinfo": "text", "hovertext": ["the corner"],
              "cliponaxis": False, "marker": _ring(theme)}  # fmt: skip
    return [words, marks, corner | axes]
