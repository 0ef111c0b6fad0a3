"""A story of the small world, sentence by sentence, and which of them each reader is at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.lanes import hue as architecture
from explorer.figures.naming import quoted, share_of
from explorer.figures.palette import Theme, plain

ROW, HEAD, FOOT = 33, 40, 76
STORY = 265
"""Pixels of the sentences."""


def hue(reader: str, theme: Theme) -> str:
    """The colour of a reader: attention has that of the Transformer."""
    return architecture("transformer" if reader == "attention" else reader, theme)


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """How one reader, or one of its looks, spreads over the sentences.

    Attributes
    ----------
    reader, title : str
        "gru" or "attention", and the heading.
    shares : numpy.ndarray
        (T,): adding up to 1.
    """

    reader: str
    title: str
    shares: np.ndarray


@dataclass(frozen=True, slots=True)
class Given:
    """The answer of a reader: its place, the chance it gives it, and whether that is right."""

    reader: str
    title: str
    place: str
    chance: float
    right: bool


@picture
def answer_world(facts: Sequence[str], question: str, needed: Sequence[int], columns: Sequence[Column], answers: Sequence[Given], theme: Theme) -> Spec:
    """The story downwards, a column for each look, the answers below.

    Parameters
    ----------
    needed : sequence of int
        The sentences that the answer needs; they are marked.
    """
    row, head, foot, story = (size * theme.scale for size in (ROW, HEAD, FOOT, STORY))
    count, wide = max(len(facts), 1), max(len(columns), 1)
    layout = canvas(theme, row * count + head + foot, (story, 12, head, foot))
    layout["xaxis"] = {"range": [-0.5, wide - 0.5], "showticklabels": False, "fixedrange": True}
    layout["yaxis"] = {"range": [count - 0.5, -0.5], "showticklabels": False, "fixedrange": True}
    layout["annotations"] = [
        *(_fact(text, i, i in needed, theme) for i, text in enumerate(facts)),
        *(_heading(column, x, theme) for x, column in enumerate(columns)),
        *_shares(columns, theme),
        note(f"<b>{plain(question, 40)}</b>", 0, 0, xref="paper", yref="paper", xanchor="right", yanchor="top", xshift=-24, yshift=-26, font={"size": theme.px(16), "color": theme.ink}),
        *_answers(answers, columns, theme),
    ]  # fmt: skip
    layout["shapes"] = [_mark(i, wide, theme) for i in needed]
    return spec([_heat(column, x, theme) for x, column in enumerate(columns)], layout)


def _fact(text: str, row: int, needed: bool, theme: Theme) -> dict:
    said = plain(text, 40)
    colour = theme.gradient_text if needed else theme.ink
    return note(f"<b>● {said}</b>" if needed else said, 0, row, xref="paper", xanchor="right", xshift=-24, font={"size": theme.px(15), "color": colour})


def _heading(column: Column, x: int, theme: Theme) -> dict:
    return note(plain(column.title, 40), x, 1, yref="paper", yanchor="bottom", yshift=10, font={"size": theme.px(14), "color": hue(column.reader, theme)})


def _shares(columns: Sequence[Column], theme: Theme) -> list[dict]:
    return [
        note(f"{100 * share:.0f} %", x, i, font={"size": theme.px(12.5), "color": theme.background if share > 0.6 else theme.ink})
        for x, column in enumerate(columns) for i, share in enumerate(column.shares) if share >= 0.05
    ]  # fmt: skip


def _mark(row: int, wide: int, theme: Theme) -> dict:
    return {
        "type": "rect", "x0": -0.5, "x1": wide - 0.5, "y0": row - 0.48, "y1": row + 0.48, "line": {"color": theme.gradient, "width": 2.5}, "fillcolor": "rgba(0,0,0,0)",
    }  # fmt: skip


def _heat(column: Column, x: int, theme: Theme) -> dict:
    return {
        "type": "heatmap", "z": np.asarray(column.shares, dtype=np.float32)[:, None], "x": [x], "y": np.arange(len(column.shares), dtype=np.int32), "dx": 1,
        "zmin": 0.0, "zmax": 1.0, "colorscale": theme.shades(hue(column.reader, theme)), "showscale": False, "xgap": 14, "ygap": 3,
        "hovertemplate": f"{plain(column.title, 40)}: %{{z:.0%}}<extra></extra>",
    }  # fmt: skip


def _answers(answers: Sequence[Given], columns: Sequence[Column], theme: Theme) -> list[dict]:
    found = []
    for given in answers:
        places = [x for x, column in enumerate(columns) if column.reader == given.reader]
        if not places:
            continue
        middle, below = float(np.mean(places)), {"yref": "paper", "yanchor": "top"}
        mark = "✓" if given.right else "✗"
        colour = hue(given.reader, theme)
        found += [
            note(f"<b>{mark} {plain(given.place)}</b>", middle, 0, yshift=-20, font={"size": theme.px(18), "color": colour}, **below),
            note(f"{plain(given.title)}, {100 * given.chance:.0f} %", middle, 0, yshift=-48 * theme.scale, font={"size": theme.px(12.5), "color": theme.quiet}, **below),
        ]
    return found


def world_notice(facts: Sequence[str], needed: Sequence[int], columns: Sequence[Column]) -> str:
    """Whether attention is at the sentences that are needed."""
    looks = [column for column in columns if column.reader == "attention"]
    if not looks:
        return ""
    best = {i: max(float(column.shares[i]) for column in looks) for i in needed}
    met = [i for i, share in best.items() if share >= 0.5]
    names = " and ".join(quoted(facts[i], 60) for i in needed)
    told = ", ".join(share_of(share) for share in best.values())
    verdict = "all of what is needed" if len(met) == len(needed) else "none of what is needed" if not met else "a part of what is needed"
    return f"Needed (●): {names}. The look that gives most to it gives {told}: attention is at {verdict}."
