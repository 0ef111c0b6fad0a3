"""One text, one row for each way of reading: what it answers, and what each word had to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.classify_looks import looks
from explorer.figures.naming import quoted
from explorer.figures.palette import Theme, plain

ROW, LETTER, WORD = 38, 7.0, 16
FEWEST = 10
"""Columns for which there is room at least, so that a short text has no huge cells."""
TELLING = 0.5
"""A word with at least so large a share of the largest is told of."""


@dataclass(frozen=True, eq=False)
class Verdict:
    """What one method says.

    Attributes
    ----------
    name, title : str
    answer : str
        The label that it gives.
    probability : float
    words : (n,) array
        What each word adds to that answer, in a unit of the method's own.
    """

    name: str
    title: str
    answer: str
    probability: float
    words: np.ndarray

    @property
    def relative(self) -> np.ndarray:
        """The same with the largest at 1 or -1; zeros where no word does anything."""
        most = float(np.abs(self.words).max(initial=0.0))
        return self.words / most if most else np.zeros_like(self.words)


@picture
def classify_words(words: Sequence[str], verdicts: Sequence[Verdict], theme: Theme, *, width: float = 1200) -> Spec:
    """Words as columns, methods as rows; blue speaks for the row's answer, red against it.

    Parameters
    ----------
    words : sequence of str
        As they stand in the text.
    verdicts : sequence of Verdict
    """
    scale, count = theme.scale, len(words)
    left = 206 * scale
    places = max(count, FEWEST)
    place = (width - left - 20) / places
    longest = max((min(len(word), WORD) for word in words), default=1)
    steep = place < LETTER * longest * scale + 6
    top = (26 + (0.8 * LETTER * longest if steep else 14)) * scale
    layout = canvas(theme, ROW * scale * len(verdicts) + top + 10, (left, 12, top, 10))
    layout["xaxis"] = {
        "range": [-0.5, places - 0.5], "side": "top", "tickvals": list(range(count)), "fixedrange": True,
        "ticktext": [plain(word, WORD) for word in words], "tickangle": -60 if steep else 0,
        "tickfont": {"size": theme.px(13 if place > 22 else 11), "color": theme.ink},
    }  # fmt: skip
    layout["yaxis"] = {"range": [len(verdicts) - 0.5, -0.5], "fixedrange": True, "showticklabels": False}
    layout["annotations"] = [one for row, verdict in enumerate(verdicts) for one in _name(row, verdict, theme)]
    hover = [
        [f"{plain(verdict.title, 20)}: {plain(word, 30)} {value:+.3g}" for word, value in zip(words, verdict.words, strict=True)]
        for verdict in verdicts
    ]  # fmt: skip
    heat = {
        "type": "heatmap", "z": np.array([verdict.relative for verdict in verdicts], dtype=np.float32).reshape(len(verdicts), count),
        "zmin": -1, "zmax": 1, "colorscale": theme.diverging, "showscale": False, "xgap": 2, "ygap": 6, "text": hover, "hoverinfo": "text",
    }  # fmt: skip
    return spec([heat], layout)


def _name(row: int, verdict: Verdict, theme: Theme) -> list[dict]:
    colour = looks(theme)[verdict.name][0]
    common = {"x": 0, "xref": "paper", "xanchor": "left", "yanchor": "middle"}
    shift = -200 * theme.scale
    return [
        note(plain(verdict.title, 16), y=row, xshift=shift, yshift=8 * theme.scale, font={"size": theme.px(13), "color": colour}, **common),
        note(f"{plain(verdict.answer, 22)} {100 * verdict.probability:.0f} %", y=row, xshift=shift, yshift=-8 * theme.scale,
             font={"size": theme.px(12), "color": theme.quiet}, **common),
    ]  # fmt: skip


def words_notice(words: Sequence[str], verdicts: Sequence[Verdict]) -> str:
    """Whether the methods agree, and on which words each leaned most."""
    answers = {verdict.answer for verdict in verdicts}
    first = f"All answer {quoted(verdicts[0].answer)}. " if len(answers) == 1 and len(verdicts) > 1 else ""
    if len(answers) > 1:
        first = f"They disagree: {'; '.join(f'{v.title} says {quoted(v.answer)}' for v in verdicts)}. "
    told = [f"{verdict.title} leans on {_most(words, verdict)}" for verdict in verdicts if verdict.words.max(initial=0.0) > 0]
    silent = [verdict.title for verdict in verdicts if verdict.words.max(initial=0.0) <= 0]
    end = f" No word speaks for the answer of {', '.join(silent)}: it is what is left when all labels are weighed." if silent else ""
    return f"{first}{'; '.join(told)}{'.' if told else ''}{end}"


def _most(words: Sequence[str], verdict: Verdict) -> str:
    order = [i for i in np.argsort(-verdict.relative, kind="stable") if verdict.relative[i] > 0]
    most = [i for i in order if verdict.relative[i] >= TELLING * verdict.relative[order[0]]][:3]
    return ", ".join(quoted(words[i]) for i in most)
