"""An analogy seen from the side: how far each word is from the fourth corner, within the plane and off it."""

from __future__ import annotations

import numpy as np

from explorer.figures.analogy_marks import LETTERS, Question, answer_dots, corner_mark, named_points
from explorer.figures.canvas import note
from explorer.figures.label_sides import label_sides
from explorer.figures.palette import Theme, fade, plain

AXES = {"xaxis": "x2", "yaxis": "y2"}


def reach(question: Question) -> np.ndarray:
    """How far the view goes, (2,): to the farthest answer, with the best answer's circle whole."""
    shape = question.shape
    best = float(shape.distances[0]) if len(shape.words) else min(shape.sides)
    return np.array([max(float(part.max(initial=0.0)), best, 0.1) for part in (shape.apart, shape.heights)])


def seen_from_side(question: Question, ranges: tuple[list, list], scale: float, theme: Theme) -> list[dict]:
    """The circle of the best answer, the answers, those of the question's words that are near, and the corner.

    Parameters
    ----------
    ranges : (list, list)
        Of both axes.
    scale : float
        Pixels of a unit.
    """
    shape = question.shape
    answers = np.stack([shape.apart, shape.heights], axis=1)
    far = np.linalg.norm(shape.corners[:3] - shape.target, axis=1)
    near = [i for i in range(3) if far[i] <= 0.95 * ranges[0][1]]
    names, own = [question.words[i] for i in near], np.stack([far[near], np.zeros(len(near))], axis=1)
    letters = [*(min(len(word), LETTERS) for word in names), *question.letters]
    edge = np.stack([np.full(40, ranges[0][1]), np.linspace(ranges[1][0], ranges[1][1], 40)], axis=1)
    sides = label_sides(np.vstack([own, answers]) * scale, letters, theme.px(15.5), edge * scale)
    words = answer_dots(question, answers, sides[len(near) :], theme) | AXES
    marks = named_points(own, names, sides[: len(near)], theme, bold=True) | AXES
    marks |= {"marker": {"size": 10, "color": theme.ink}, "hoverinfo": "text"}
    marks["hovertext"] = [
        f"{plain(word)}: {far[i]:.2f} from the corner, in the plane" for word, i in zip(names, near, strict=True)
    ]
    corner = {"type": "scatter", "mode": "markers", "x": [0.0], "y": [0.0], "hoverinfo": "text", "hovertext": ["the corner"],
              "cliponaxis": False, "marker": corner_mark(theme)}  # fmt: skip
    return [*_circle(question, theme), words, marks, corner | AXES]


def _circle(question: Question, theme: Theme) -> list[dict]:
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


def nearer(question: Question, theme: Theme) -> list[dict]:
    """What the circle means, written along its foot."""
    if not question.shape.words:
        return []
    radius, font = float(question.shape.distances[0]), {"size": theme.px(11), "color": theme.quiet}
    text = f"nearer than<br>{plain(question.shape.words[0], LETTERS)}"
    return [note(text, 0.1 * radius, 0.42 * radius, xref="x2", yref="y2", xanchor="left", align="left", font=font)]
