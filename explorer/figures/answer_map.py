"""The paragraphs that were read for a question, sentence by sentence: how well each fits, and which is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.naming import hundredths, quoted
from explorer.figures.palette import Theme, blend, plain

ROW, SIDES = 44, (7.4, 10, 8, 30)
"""Pixels of a paragraph; of a letter of a name, and of the margins at the right, above and below."""
LETTERS = 26


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a paragraph.

    Attributes
    ----------
    row : int
        Place of its paragraph in the picture.
    start, end : int
        Where in the paragraph, in characters.
    text : str
    score : float
    place : int
        Its number among all sentences, the best is 0.
    """

    row: int
    start: int
    end: int
    text: str
    score: float
    place: int


@picture
def answer_map(names: Sequence[str], pieces: Sequence[Piece], theme: Theme, *, chosen: int | None = None, sure: bool = True) -> Spec:
    """A bar for each paragraph, cut into its sentences.

    Parameters
    ----------
    names : sequence of str
        Of the paragraphs, the best first.
    chosen : int, optional
        Place of the sentence that is marked.
    sure : bool
        Whether it is taken for the answer.
    """
    row = ROW * theme.scale
    left, right, top, bottom = (side * theme.scale for side in SIDES)
    left *= max((min(len(name), LETTERS) for name in names), default=0) + 2
    layout = canvas(theme, row * max(len(names), 1) + top + bottom, (left, right, top, bottom))
    longest = max((piece.end for piece in pieces), default=1)
    layout["xaxis"] = {"range": [0, longest], "showticklabels": False, "fixedrange": True}
    layout["yaxis"] = {
        "range": [len(names) - 0.5, -0.5], "tickvals": list(range(len(names))), "fixedrange": True,
        "ticktext": [plain(name, LETTERS) for name in names], "tickfont": {"size": theme.px(13.5), "color": theme.ink},
    }  # fmt: skip
    layout["barmode"] = "overlay"
    low, high = _range(pieces)
    size = {"size": theme.px(12), "color": theme.quiet}
    text = f"every box is a sentence, as long as it is written; the deeper, the better it fits: {hundredths(low)} to {hundredths(high)}"
    layout["annotations"] = [note(text, 0, 0, xref="paper", yref="paper", xanchor="left", yanchor="top", yshift=-8, font=size)]
    return spec([_bars(pieces, low, high, chosen, sure, theme)], layout)


def _range(pieces: Sequence[Piece]) -> tuple[float, float]:
    scores = [piece.score for piece in pieces]
    return (min(scores), max(scores)) if scores else (0.0, 1.0)


def _bars(pieces: Sequence[Piece], low: float, high: float, chosen: int | None, sure: bool, theme: Theme) -> dict:
    depth = [max((piece.score - low) / max(high - low, 1e-9), 0.0) ** 2 for piece in pieces]
    edge = theme.gradient if sure else theme.quiet
    return {
        "type": "bar", "orientation": "h", "base": np.array([piece.start for piece in pieces], dtype=np.float32),
        "x": np.array([piece.end - piece.start for piece in pieces], dtype=np.float32), "y": np.array([piece.row for piece in pieces], dtype=np.int32),
        "width": 0.72, "customdata": np.array([piece.place for piece in pieces], dtype=np.int32),
        "marker": {
            "color": [blend(theme.surface, theme.forward, 0.04 + 0.8 * one) for one in depth],
            "line": {"color": [edge if piece.place == chosen else theme.background for piece in pieces], "width": [3.5 if piece.place == chosen else 1.5 for piece in pieces]},
        },
        "hovertext": [_hover(piece) for piece in pieces], "hoverinfo": "text",
    }  # fmt: skip


def _hover(piece: Piece) -> str:
    lines = [""]
    for word in piece.text.split()[:70]:
        if len(lines[-1]) + len(word) > 70:
            lines.append("")
        lines[-1] += f"{word} "
    return f"fits by {hundredths(piece.score)}, number {piece.place + 1}<br>" + "<br>".join(plain(line, 80) for line in lines[:6])


def map_notice(names: Sequence[str], pieces: Sequence[Piece], chosen: int | None = None) -> str:
    """How many sentences were read, how far the best is ahead, and whether it is another one that is marked."""
    if not pieces:
        return ""
    order = sorted(pieces, key=lambda piece: -piece.score)
    said = f"{len(pieces)} sentences of {len(names)} paragraphs were read; the best stands in {quoted(names[order[0].row], 40)}"
    other = f" Marked is number {chosen + 1}, for its words." if chosen else ""
    if len(order) < 2:
        return said + "."
    return f"{said}, {hundredths(order[0].score - order[1].score)} ahead of the next, in {quoted(names[order[1].row], 40)}.{other}"
