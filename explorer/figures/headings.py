"""What stands above the columns: words upright or on end, bare numbers, or runs of characters, whichever fits."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.figures.palette import Theme, plain
from explorer.figures.rows import LEFT, RIGHT

STANDING = 92
"""Most pixels that words standing on end may take above the columns."""


def columns(steps: Sequence[str], theme: Theme, width: float) -> tuple[dict, float]:
    """The shared x axis with the words as headings, and the pixels they take. Columns are numbered from 1."""
    room = column_width(len(steps), theme, width)
    settings = {
        "range": [0.5, len(steps) + 0.5],
        "labelalias": {str(i): f"{i} · {plain(step)}" for i, step in enumerate(steps, start=1)},
        "hoverformat": "d",
        "tickmode": "array",
        "ticklabeloverflow": "allow",
    }
    if _size(steps, room, theme) < 10 * theme.scale:
        steps = _counted(steps)
    longest, size = max((len(step) for step in steps), default=1), _size(steps, room, theme)
    if size >= 10 * theme.scale or longest == 1 and size >= 8:
        return settings | _headings(steps, size, theme), size * 1.3 + 18
    if longest > 1 and room >= 13 * theme.scale:
        size = min(12.5 * theme.scale, room * 0.85)
        letters = min(longest, 14, int((STANDING - 14) / (0.55 * size)))
        return settings | _headings(steps, size, theme, letters) | {"tickangle": -90}, letters * size * 0.55 + 14
    return settings | _excerpts(steps, theme, room), 16 * theme.scale + 14


def _size(steps: Sequence[str], room: float, theme: Theme) -> float:
    """The type size at which every word fits its column, with a gap; single characters have it in themselves."""
    longest = max((len(step) for step in steps), default=1)
    return min(19 * theme.scale, room / (0.56 * (min(longest, 14) + (1.2 if longest > 1 else 0.2))))


def _counted(steps: Sequence[str]) -> Sequence[str]:
    """Steps that are only counted, "row 1" to "row 28", as the bare numbers; the hover text names them in full."""
    words, _, numbers = zip(*(step.rpartition(" ") for step in steps), strict=True)
    alike = len(set(words)) == 1 and words[0].isalpha() and all(number.isdecimal() for number in numbers)
    return numbers if alike else steps


def column_width(length: int, theme: Theme, width: float) -> float:
    """Pixels of one time step's column in a picture of the given width."""
    return (width - (LEFT + RIGHT) * theme.scale) / max(length, 1)


def _headings(steps: Sequence[str], size: float, theme: Theme, letters: int = 14) -> dict:
    return {
        "tickvals": list(range(1, len(steps) + 1)),
        "ticktext": [plain(step, letters) for step in steps],
        "tickfont": {"size": round(size, 1), "color": theme.ink},
        "tickangle": 0,
    }


def _excerpts(steps: Sequence[str], theme: Theme, room: float) -> dict:
    """Headings for columns too narrow for words of their own: runs of characters, else every k-th step's number."""
    size = 11 * theme.scale
    characters = all(len(step) == 1 for step in steps)
    if characters and room >= 0.5 * size:
        starts = range(0, len(steps), 10)
        text = ["".join("␣" if c.isspace() else c for c in steps[i : i + 10]) for i in starts]
        middles = [i + (min(10, len(steps) - i) + 1) / 2 for i in starts]
        return {
            "tickvals": middles,
            "ticktext": [plain(t) for t in text],
            "tickangle": 0,
            "tickfont": {"size": size, "color": theme.ink},
        }
    every = next(k for k in (1, 2, 5, 10, 20, 50, 100, 1000) if k * room >= 26 * theme.scale)
    values = [1, *range(every, len(steps) + 1, every)] if every > 2 else list(range(1, len(steps) + 1, every))
    return {
        "tickvals": values,
        "ticktext": [str(v) for v in values],
        "tickangle": 0,
        "tickfont": {"size": size, "color": theme.quiet},
    }
