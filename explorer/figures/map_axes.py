"""What stands along the edges of a map: what an axis is, the words at its ends, and below all how the map was made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from explorer.figures.canvas import note
from explorer.figures.palette import Theme, plain

LETTER = 0.52
"""Width of a letter as a share of the type size, on average over words."""
TITLE = 6
"""Letters that a title may have beyond its third of the edge."""
CAPTION, LINE = 10.5, 14
"""Type size of the caption, and pixels of a line of it."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One direction of a map.

    Attributes
    ----------
    title : str
        What it is, as written by the visitor or by us.
    low, high : sequence of str
        Words at its two ends, the farthest first.
    """

    title: str
    low: Sequence[str] = ()
    high: Sequence[str] = ()


def edge_notes(axis: Axis, theme: Theme, pixels: float, up: bool) -> list[dict]:
    """Title and end words of an axis, along the lower edge of the picture or (`up`) along the left one."""
    size, quiet = theme.px(11.5), theme.quiet
    ends = _letters(pixels, size)
    low, high = (_listed(words, ends) for words in (axis.low, axis.high))
    notes = [
        (f"‹ {low}" if low else "", 0.0, quiet),
        (f"<b>{plain(axis.title, ends + TITLE)}</b>", 0.5, theme.ink),
        (f"{high} ›" if high else "", 1.0, quiet),
    ]
    return [_edge(text, at, up, size, colour, theme) for text, at, colour in notes if text]


def _letters(pixels: float, size: float) -> int:
    """Letters that a third of an edge has room for."""
    return max(int(pixels / 3 / (LETTER * size)) - 2, 6)


def _listed(words: Sequence[str], letters: int) -> str:
    """As many words as fit, escaped."""
    text, used = [], 0
    for word in words:
        used += min(len(word), 18) + 2
        if used > letters + 2 and text:
            break
        text.append(plain(word, 18))
    return ", ".join(text)


def _edge(text: str, at: float, up: bool, size: float, colour: str, theme: Theme) -> dict:
    font = {"size": size, "color": colour}
    side = (
        "left" if at == 0 else "right" if at == 1 else "center",
        "bottom" if at == 0 else "top" if at == 1 else "middle",
    )
    if up:
        return note(text, 0, at, xref="paper", yref="paper", xanchor="right", yanchor=side[1], xshift=-5 * theme.scale,
                    textangle=-90, font=font)  # fmt: skip
    return note(
        text, at, 0, xref="paper", yref="paper", xanchor=side[0], yanchor="top", yshift=-5 * theme.scale, font=font
    )


def caption_lines(caption: Sequence[str], theme: Theme, width: float) -> list[str]:
    """The caption of a map, broken where a picture of so many pixels ends."""
    letters = max(int(width / (0.45 * theme.px(CAPTION))), 30)
    return [part for line in caption if line for part in wrap(line, letters)]


def caption_notes(lines: Sequence[str], theme: Theme, below: float, left: float = 0) -> list[dict]:
    """The caption, so many pixels below the plane; part of the picture, so that it is saved with it."""
    if not lines:
        return []
    style = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top", "align": "left"}
    font = {"size": theme.px(CAPTION), "color": theme.quiet}
    text = "<br>".join(plain(line, 300) for line in lines)
    return [note(text, 0, 0, xshift=left * theme.scale, yshift=-below * theme.scale, font=font, **style)]
