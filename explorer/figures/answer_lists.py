"""The answers to an analogy, the best first, by one method beside another; the question's own words stand where they would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.palette import Theme, fade, plain

ROW, HEAD = 27, 50
"""Pixels of a row and of the headings."""
GAP = 0.5
"""Rows left free where answers are left out."""
FIRST, WIDE, END = 0.12, 0.69, 0.96
"""Parts of a column: where bars begin, what the longest fills, and where the numbers end."""
LETTERS = 17


@dataclass(frozen=True)
class Answer:
    """One line of a list.

    Attributes
    ----------
    word : str
    score : float
    rank : int
        0 for a word of the question that is no answer.
    is_own, is_expected : bool
        Whether it is a word of the question, and whether it is the answer that was expected.
    """

    word: str
    score: float
    rank: int
    is_own: bool = False
    is_expected: bool = False


@dataclass(frozen=True)
class AnswerList:
    """One method's answers, the best first."""

    title: str
    remark: str
    answers: Sequence[Answer]


@picture
def answer_lists(lists: Sequence[AnswerList], theme: Theme) -> Spec:
    """One column for each method; bars are as long as the scores, from zero; below it there are none."""
    places = [_places(one.answers) for one in lists]
    rows = max((place[-1] + 1 for place in places if place), default=0)
    top, row = HEAD * theme.scale, ROW * theme.scale
    layout = canvas(theme, top + rows * row + 8, (2, 2, top, 8), barmode="overlay")
    layout["xaxis"] = {"range": [0, max(len(lists), 1)], "visible": False, "fixedrange": True}
    layout["yaxis"] = {"range": [rows - 0.5, -0.5], "visible": False, "fixedrange": True}
    layout["annotations"] = [one for k, column in enumerate(lists) for one in _heading(k, column, theme)]
    cells = [
        (k, y, answer) for k, column in enumerate(lists) for y, answer in zip(places[k], column.answers, strict=True)
    ]
    layout["annotations"] += [_gap(k, y, theme) for k, y, _ in cells if y % 1]
    longest = [max((answer.score for answer in column.answers if answer.score > 0), default=1.0) for column in lists]
    return spec([_bars(cells, longest, theme), *_texts(cells, theme)], layout)


def _bars(cells: list[tuple[int, float, Answer]], longest: list[float], theme: Theme) -> dict:
    width = [WIDE * max(answer.score, 0.0) / longest[k] for k, _, answer in cells]
    colours = [_shade(answer, theme) for _, _, answer in cells]
    hover = [f"{plain(answer.word, 40)}: {answer.score:.4f}" for _, _, answer in cells]
    return {
        "type": "bar", "orientation": "h", "base": np.array([k + FIRST for k, _, _ in cells], dtype=float),
        "x": np.array(width, dtype=float), "y": np.array([y for _, y, _ in cells], dtype=float), "width": 0.84,
        "marker": {"color": colours, "line": {"width": 0}}, "hovertext": hover, "hoverinfo": "text",
    }  # fmt: skip


def _shade(answer: Answer, theme: Theme) -> str:
    if answer.rank == 0:
        return fade(theme.quiet, 0.12)
    return fade(theme.forward, 0.34 if answer.rank == 1 or answer.is_expected else 0.13)


def _texts(cells: list[tuple[int, float, Answer]], theme: Theme) -> list[dict]:
    """Ranks, words and scores."""
    y = np.array([y for _, y, _ in cells], dtype=float)
    inks = [theme.quiet if answer.rank == 0 else theme.ink for _, _, answer in cells]
    style = {"type": "scatter", "mode": "text", "y": y, "hoverinfo": "skip", "cliponaxis": False}
    ranks = [f"{answer.rank:,}" if answer.rank else "" for _, _, answer in cells]
    scores = [f"{answer.score:.3f}".replace("-", "−") for _, _, answer in cells]
    quiet = {"size": theme.px(11.5), "color": theme.quiet}
    return [
        {**style, "x": np.array([k + FIRST - 0.012 for k, *_ in cells]), "text": ranks, "textposition": "middle left", "textfont": quiet},
        {**style, "x": np.array([k + FIRST + 0.012 for k, *_ in cells]), "text": [_name(answer) for *_, answer in cells],
         "textposition": "middle right", "textfont": {"size": theme.px(14), "color": inks}},
        {**style, "x": np.array([k + END for k, *_ in cells]), "text": scores, "textposition": "middle left", "textfont": quiet},
    ]  # fmt: skip


def _name(answer: Answer) -> str:
    name = plain(answer.word, LETTERS) + (" ✓" if answer.is_expected else "")
    name = f"<b>{name}</b>" if answer.rank == 1 else name
    return f"{name} <i>{'own word' if answer.rank else 'barred'}</i>" if answer.is_own else name


def _places(answers: Sequence[Answer]) -> list[float]:
    """Where each line stands, with a gap where answers are left out."""
    places: list[float] = []
    rank = 0
    for i, answer in enumerate(answers):
        left_out = answer.rank > rank + 1
        places.append(i + GAP * left_out)
        rank = max(rank, answer.rank)
    return places


def _gap(k: int, y: float, theme: Theme) -> dict:
    font = {"size": theme.px(12), "color": theme.quiet}
    return note("⋮", k + FIRST + 0.02, y - 0.5 - GAP / 2, xanchor="left", yanchor="middle", font=font)


def _heading(k: int, column: AnswerList, theme: Theme) -> list[dict]:
    place = {"xanchor": "left", "yref": "paper", "yanchor": "bottom"}
    title, remark = {"size": theme.px(15), "color": theme.ink}, {"size": theme.px(11.5), "color": theme.quiet}
    return [
        note(f"<b>{plain(column.title, 30)}</b>", k + FIRST, 1, font=title, yshift=22 * theme.scale, **place),
        note(plain(column.remark, 60), k + FIRST, 1, font=remark, yshift=5 * theme.scale, **place),
    ]


def answers_of(
    words: Sequence[str],
    scores: Sequence[float],
    own: Sequence[str],
    expected: str,
    exclude: bool,
    late: tuple[float, int] | None = None,
) -> list[Answer]:
    """The lines of a list from all words in the order of their scores, the question's own among them.

    Parameters
    ----------
    own : sequence of str
        Words of the question.
    expected : str
        "" for none.
    exclude : bool
        Whether the question's own words are no answers.
    late : (score, rank), optional
        Of the expected answer, when it is not among the words.
    """
    lines, rank = [], 0
    for word, score in zip(words, scores, strict=True):
        counts = not (exclude and word in own)
        rank += counts
        lines.append(
            Answer(word, float(score), rank if counts else 0, word in own, bool(expected) and word == expected)
        )
    if late is not None:
        lines.append(Answer(expected, late[0], late[1], expected in own, True))
    return lines
