"""Words in the columns of a graph: upright where they fit, else on end."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import note
from explorer.figures.palette import plain
from explorer.figures.topology_sheet import Sheet

Word = tuple[float, float, str, str]
"""Where it stands (x, y), what it says (escaped), and its colour."""


def placed(sheet: Sheet, words: Sequence[Word], tall: float) -> tuple[list[dict], list[dict]]:
    """Words upright where they fit their columns, else on end."""
    longest = max((len(word) for _, _, word, _ in words), default=0)
    scale = sheet.theme.scale
    if longest <= 1:
        size = min(17 * scale, max(1.45 * sheet.room, 6.5))
        return [texts([(x, y, plain(word), ink) for x, y, word, ink in words], size)] if words else [], []
    if sheet.upright(longest):
        size = min(16 * scale, max(1.75 * sheet.room / min(max(longest, 4), 14), 11 * scale))
        letters = max(int(sheet.room / (0.5 * size)), 3)
        return [texts([(x, y, plain(word, letters), ink) for x, y, word, ink in words], size)], []
    size = min(12.5 * scale, max(0.9 * sheet.room, 7.0))
    letters = max(int((tall - 8) / (0.52 * size)), 3)
    font = {"size": round(size, 1)}
    return [], [
        note(plain(word, letters), x, y, textangle=-90, font={**font, "color": ink}) for x, y, word, ink in words
    ]


def texts(words: Sequence[Word], size: float, side: str = "middle center") -> dict:
    x, y, text, ink = zip(*words, strict=True) if words else ((), (), (), ())
    return {
        "type": "scatter", "mode": "text", "cliponaxis": False, "hoverinfo": "skip", "textposition": side,
        "x": np.array(x, dtype=np.float32), "y": np.array(y, dtype=np.float32),
        # Plotly does not bring back a text that was empty once: nothing is a space without width.
        "text": [one or "\u200b" for one in text], "textfont": {"size": round(size, 1), "color": list(ink)},
    }  # fmt: skip
