"""Where a setting was changed mid-run: a faint line, and its words above the curve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from explorer.figures.canvas import note, number
from explorer.figures.palette import Theme, plain
from explorer.frame import Change

LINES = 2
"""Lines above the curve on which the labels of changes take turns."""
LETTER = 0.0085
"""Width of a letter of a label, as a share of the axis."""


def change_marks(
    changes: Sequence[Change], before: Mapping[str, float], end: float, theme: Theme
) -> tuple[list[dict], list[dict]]:
    """A faint line and a small label for every setting changed mid-run.

    A label that would run into the one before goes to the line above; without room there either it is left out.
    """
    known, shapes, notes, free = dict(before), [], [], [-1.0] * LINES
    line = {"type": "line", "y0": 0, "y1": 1, "yref": "paper", "line": {"color": theme.faint, "width": 1}}
    for change in changes:
        words = change_words(change, known.get(change.field))
        known[change.field] = change.value
        shapes.append({**line, "x0": change.step, "x1": change.step})
        long = end * len(words) * LETTER * theme.scale
        start = min(change.step, end * 1.15 - long)  # clear of the right edge
        level = next((k for k in range(LINES) if start >= free[k]), None)
        if level is not None:
            notes.append(_mark(words, start, level, theme))
            free[level] = start + long
    return shapes, notes


def _mark(words: str, x: float, level: int, theme: Theme) -> dict:
    font = {"size": theme.px(10), "color": theme.quiet}
    place = {"yref": "paper", "xanchor": "left", "yanchor": "bottom", "xshift": -1}
    return note(words, x, 1, yshift=13 * theme.scale * level, font=font, **place)


def change_words(change: Change, old: float | None = None) -> str:
    """A change in words: "learning rate 0.01 → 0.001"."""
    name = plain(change.field.replace("_", " "))
    return f"{name} {number(old)} → {number(change.value)}" if old is not None else f"{name} → {number(change.value)}"
