"""Byte-pair merges: a text cut into pieces that grow, merge by merge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.naming import quoted
from explorer.figures.palette import Theme, blend, plain

ROW, LEFT, ABOVE = 34, 96, 22
LETTER = 9.0
"""Pixels that a letter needs at least."""


@dataclass(frozen=True, eq=False)
class Cut:
    """One text, cut in one way.

    Attributes
    ----------
    name : str
        Of the way: a number of merges, "letters".
    pieces : sequence of str
        In the order of the text; joined they are the text.
    """

    name: str
    pieces: Sequence[str]


@picture
def growing_pieces(cuts: Sequence[Cut], theme: Theme, *, heading: str = "merges", width: float = 900) -> Spec:
    """A line for each way; a piece that the line above did not have is blue.

    Parameters
    ----------
    heading : str
        Above the names of the ways.
    width : float
        Expected pixels; decides the size of the letters.
    """
    length = max((sum(len(piece) for piece in cut.pieces) for cut in cuts), default=1)
    row = ROW * theme.scale
    layout = canvas(theme, row * len(cuts) + ABOVE * theme.scale + 6, (LEFT * theme.scale, 72 * theme.scale, ABOVE * theme.scale, 6))
    layout["xaxis"] = {"range": [0, length], "showticklabels": False, "fixedrange": True}
    layout["yaxis"] = {"range": [len(cuts) - 0.5, -0.5], "showticklabels": False, "fixedrange": True}
    letter = (width - (LEFT + 72) * theme.scale) / length
    boxes, texts = _boxes(cuts, theme), _texts(cuts, theme, letter)
    layout["annotations"] = [*_margins(cuts, theme), _heading(heading, 0, "right", -12, theme), _heading("pieces", 1, "left", 12, theme)]
    return spec([boxes, texts], layout)


def placed(cuts: Sequence[Cut]) -> list[tuple[int, int, str, bool]]:
    """Line, first letter, piece, and whether the line above did not have it there."""
    found, above = [], set()
    for line, cut in enumerate(cuts):
        at, here = 0, set()
        for piece in cut.pieces:
            here.add((at, piece))
            found.append((line, at, piece, line > 0 and (at, piece) not in above))
            at += len(piece)
        above = here
    return found


def _boxes(cuts: Sequence[Cut], theme: Theme) -> dict:
    found = placed(cuts)
    new, old = blend(theme.background, theme.forward, 0.32), blend(theme.background, theme.ink, 0.08)
    return {
        "type": "bar", "orientation": "h", "width": 0.76, "base": np.array([at + 0.06 for _, at, _, _ in found], dtype=np.float32),
        "x": np.array([len(piece) - 0.12 for _, _, piece, _ in found], dtype=np.float32), "y": np.array([line for line, *_ in found], dtype=np.int32),
        "marker": {"color": [new if fresh else old for *_, fresh in found], "line": {"width": 0}, "cornerradius": 4},
        "hovertext": [plain(piece, 40) for _, _, piece, _ in found], "hoverinfo": "text",
    }  # fmt: skip


def _texts(cuts: Sequence[Cut], theme: Theme, letter: float) -> dict:
    found = placed(cuts)
    size = min(14.5 * theme.scale, letter * 1.35)
    return {
        "type": "scatter", "mode": "text", "x": np.array([at + len(piece) / 2 for _, at, piece, _ in found], dtype=np.float32),
        "y": np.array([line for line, *_ in found], dtype=np.int32), "text": np.array([_shown(piece) for _, _, piece, _ in found], dtype=str),
        "textposition": "middle center", "textfont": {"size": round(size, 1), "color": theme.ink}, "hoverinfo": "skip", "cliponaxis": False,
    }  # fmt: skip


def _shown(piece: str) -> str:
    """A blank before or behind a word stays a blank; alone it becomes visible."""
    return plain(piece, 40) if not piece.startswith(" ") or piece == " " else plain(piece[1:], 40)


def _margins(cuts: Sequence[Cut], theme: Theme) -> list[dict]:
    notes = []
    for line, cut in enumerate(cuts):
        font = {"size": theme.px(13), "color": theme.ink if line == len(cuts) - 1 else theme.quiet}
        style = {"xref": "paper", "yanchor": "middle", "font": font}
        notes.append(note(plain(cut.name, 12), 0, line, xanchor="right", xshift=-12 * theme.scale, **style))
        notes.append(note(f"{len(cut.pieces):,}", 1, line, xanchor="left", xshift=12 * theme.scale, **style))
    return notes


def _heading(text: str, x: float, anchor: str, shift: float, theme: Theme) -> dict:
    font = {"size": theme.px(11.5), "color": theme.quiet}
    return note(text, x, 1, xref="paper", yref="paper", xanchor=anchor, yanchor="bottom", xshift=shift * theme.scale, yshift=4, font=font)


def merge_notice(cuts: Sequence[Cut], merges: int) -> str:
    """How much shorter the text became by so many merges, and its longest piece."""
    first, last = cuts[0].pieces, cuts[-1].pieces
    longest = max(last, key=lambda piece: len(piece.strip()))
    letters = sum(len(piece) for piece in last)
    return (
        f"{merges:,} merges turn {len(first):,} pieces into {len(last):,}: {letters / max(len(last), 1):.1f} characters a piece. "
        f"The longest here is {quoted(longest.strip())}: what is frequent becomes one piece, what is rare stays in letters."
    )
