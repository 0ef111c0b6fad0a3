"""An analogy seen from above: the plane of its three words, the parallelogram in it, and all answers projected."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.analogy_marks import LETTERS, Question, answer_dots, corner_mark, named_points, sum_of
from explorer.figures.label_sides import label_sides
from explorer.figures.palette import Theme, fade

OWN_SIDES = ["middle left", "middle right", "middle left"]
"""Of a, b and c: clear of the arrows."""


def seen_from_above(question: Question, scale: float, theme: Theme) -> list[dict]:
    """The parallelogram, the answers, then a, b, c and the corner, each with its name; `scale` is the pixels of a unit."""
    shape = question.shape
    covered = _covered(shape.corners, question.words, scale, theme)
    sides = label_sides(shape.places * scale, question.letters, theme.px(14), covered)
    answers = answer_dots(question, shape.places, sides, theme)
    own = named_points(shape.corners[:3], question.words, OWN_SIDES, theme, bold=True)
    own |= {"marker": {"size": 10, "color": theme.ink}, "hoverinfo": "skip"}
    name, below = [sum_of(question.words)], ["bottom center"]
    corner = named_points(shape.corners[3:], name, below, theme, colour=theme.forward, letters=60)
    corner |= {"marker": corner_mark(theme), "hovertext": ["the fourth corner"], "hoverinfo": "text"}
    return [_outline(shape.corners, theme), answers, own, corner]


def arrows(corners: np.ndarray, theme: Theme) -> list[dict]:
    """b - a, from a and again from c."""
    style = {"showarrow": True, "axref": "x", "ayref": "y", "xref": "x", "yref": "y", "text": "", "arrowhead": 2,
             "arrowsize": 1.1, "arrowcolor": theme.forward, "arrowwidth": 2.4}  # fmt: skip
    place = [(corners[0], corners[1], 1.0), (corners[2], corners[3], 0.55)]
    return [
        {**style, "ax": start[0], "ay": start[1], "x": end[0], "y": end[1], "opacity": strength}
        for start, end, strength in place
        if np.linalg.norm(end - start) > 1e-6
    ]


def _outline(corners: np.ndarray, theme: Theme) -> dict:
    """The parallelogram's area and its quiet sides."""
    ring = corners[[0, 1, 3, 2, 0]]
    return {
        "type": "scatter", "mode": "lines", "x": ring[:, 0], "y": ring[:, 1], "fill": "toself", "hoverinfo": "skip",
        "fillcolor": fade(theme.forward, 0.07), "line": {"color": theme.faint, "width": 1, "dash": "dot"},
    }  # fmt: skip


def _covered(corners: np.ndarray, words: Sequence[str], scale: float, theme: Theme) -> np.ndarray:
    """Points in pixels that stand for what names must not cover: the corners and the words beside them, (m, 2)."""
    corners = corners * scale
    letter = 0.58 * theme.px(15)
    beside = [
        corners[i] + [way * (9 + letter * k), 0]
        for i, way in ((0, -1), (1, 1), (2, -1))
        for k in range(1, min(len(words[i]), LETTERS) + 1)
    ]
    half = 0.29 * theme.px(12) * len(sum_of(words))
    below = [corners[3] + [x, -16] for x in np.arange(-half, half, 8)]
    return np.vstack([corners, beside, below])
