"""Byte-pair merges in the order in which they were learned: what was joined, and how often it met."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, number, picture, spec
from explorer.figures.naming import quoted
from explorer.figures.palette import Theme, fade, plain

ROW, ABOVE, LEFT, RIGHT = 25, 22, 200, 70


@picture
def merge_list(merges: Sequence[tuple[str, str, int]], first: int, most: int, theme: Theme) -> Spec:
    """Bars of counts on a logarithmic axis that is the same for all merges.

    Parameters
    ----------
    merges : sequence of (left, right, count)
        Those that are shown, in their order.
    first : int
        Number of the first of them, from 1.
    most : int
        Count of the most frequent of all: the axis ends there.
    """
    scale, lines = theme.scale, max(len(merges), 1)
    layout = canvas(theme, (ROW * lines + ABOVE + 8) * scale, (LEFT * scale, RIGHT * scale, ABOVE * scale, 8))
    top = np.log10(max(most, 10))
    layout["xaxis"] = {"range": [0, top], "showticklabels": False, "fixedrange": True}
    layout["yaxis"] = {"range": [lines - 0.5, -0.5], "showticklabels": False, "fixedrange": True}
    counts = np.array([max(count, 1) for *_, count in merges], dtype=float)
    bars = {
        "type": "bar", "orientation": "h", "width": 0.62, "x": np.log10(counts).astype(np.float32), "y": np.arange(len(merges), dtype=np.int32),
        "marker": {"color": fade(theme.forward, 0.55), "line": {"width": 0}}, "hoverinfo": "text",
        "hovertext": [f"{plain(left, 30)} + {plain(right, 30)}: met {count:,} times" for left, right, count in merges],
    }  # fmt: skip
    layout["annotations"] = [*_rows(merges, first, theme), _heading(theme)]
    return spec([bars], layout)


def _rows(merges: Sequence[tuple[str, str, int]], first: int, theme: Theme) -> list[dict]:
    notes = []
    for line, (left, right, count) in enumerate(merges):
        style = {"xref": "paper", "yanchor": "middle"}
        quiet, ink = {"size": theme.px(11.5), "color": theme.quiet}, {"size": theme.px(13.5), "color": theme.ink}
        parts = f"{_visible(left)} + {_visible(right)} → <b>{_visible(left + right)}</b>"
        notes.append(note(f"{first + line:,}", 0, line, xanchor="right", xshift=-(LEFT - 30) * theme.scale, font=quiet, **style))
        notes.append(note(parts, 0, line, xanchor="right", xshift=-12 * theme.scale, font=ink, **style))
        notes.append(note(f"{count:,}", 1, line, xanchor="left", xshift=10 * theme.scale, font=quiet, **style))
    return notes


def _visible(piece: str) -> str:
    """A piece with its blanks made visible."""
    return plain(piece.replace(" ", "␣"), 14)


def _heading(theme: Theme) -> dict:
    font = {"size": theme.px(11.5), "color": theme.quiet}
    return note("times they met (log)", 0, 1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=4, font=font)


def list_notice(merges: Sequence[tuple[str, str, int]], first: int, total: int) -> str:
    """What the merges shown have in common."""
    if not merges:
        return ""
    left, right, count = merges[0]
    letters = np.mean([len((one + other).strip()) for one, other, _ in merges])
    return (
        f"Merge {first:,} of {total:,} joined {quoted(left)} and {quoted(right)}, which stood beside each other {number(count)} times. The pieces made here "
        f"have {letters:.1f} letters on average: the later a merge, the longer and rarer its piece."
    )
