"""What both views of an analogy consist of: answers as dots with their names, and the marks of the question's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.embedding.parallelogram import Parallelogram
from explorer.figures.palette import Theme, fade, plain

LETTERS = 16
"""Letters of a word that are written out."""


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

    @property
    def letters(self) -> list[int]:
        """How long the answers' names are, with the tick of the expected one."""
        return [min(len(word), LETTERS) + 2 * (word == self.expected) for word in self.shape.words]


def answer_dots(question: Question, places: np.ndarray, sides: list[str], theme: Theme) -> dict:
    """The answers as dots, the first strongest, the expected one with a ring and a tick."""
    shape = question.shape
    is_expected = [bool(question.expected) and word == question.expected for word in shape.words]
    names = [
        f"{plain(word, LETTERS)}{' ✓' if right else ''}" for word, right in zip(shape.words, is_expected, strict=True)
    ]
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


def named_points(
    points: np.ndarray,
    names: Sequence[str],
    sides: list[str],
    theme: Theme,
    *,
    bold: bool = False,
    colour: str = "",
    letters: int = LETTERS,
) -> dict:
    """Points with their names."""
    shown = [f"<b>{plain(name, letters)}</b>" if bold else plain(name, letters) for name in names]
    return {
        "type": "scatter", "mode": "markers+text", "x": points[:, 0], "y": points[:, 1], "text": shown, "cliponaxis": False,
        "textposition": [side or "top center" for side in sides],
        "textfont": {"size": theme.px(15 if bold else 12), "color": colour or theme.ink},
    }  # fmt: skip


def corner_mark(theme: Theme) -> dict:
    """The marker of the fourth corner."""
    return {"size": 15, "symbol": "circle-cross-open", "color": theme.forward, "opacity": 1, "line": {"width": 1.8}}


def sum_of(words: Sequence[str]) -> str:
    """The fourth corner in words."""
    a, b, c = words
    return f"{b} − {a} + {c}"
