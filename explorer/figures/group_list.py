"""The groups of a map with their colours, sizes and most typical words: its key, to be clicked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, picture, spec
from explorer.figures.map_colours import SIGNS
from explorer.figures.palette import Theme, plain

ROW = 21
"""Pixels of a row."""
LETTERS = 38
"""Letters of a row that are written."""
REACH = 400
"""Pixels from a row's beginning within which a click means it."""


@picture
def group_list(words: Sequence[Sequence[str]], sizes: Sequence[int], theme: Theme) -> Spec:
    """One row for each group, told by its number, from 0, when it is clicked.

    Parameters
    ----------
    words : sequence of sequence of str
        What each group is called, or the words most typical of it.
    sizes : sequence of int
        Words in each.
    """
    count = len(words)
    layout = canvas(theme, ROW * theme.scale * max(count, 1) + 6, (0, 0, 3, 3), hoverdistance=REACH)
    layout["xaxis"] = {"range": [0, 1], "visible": False, "fixedrange": True}
    layout["yaxis"] = {"range": [count - 0.5, -0.5], "visible": False, "fixedrange": True}
    rows, names = np.arange(count, dtype=np.int32), [_row(one) for one in words]
    signs = np.array([SIGNS[i // len(theme.categories) % len(SIGNS)] for i in range(count)], dtype=np.int32)
    told = {"customdata": rows, "y": rows, "text": np.array(names, dtype=str), "cliponaxis": False}
    hover = {"hovertemplate": "%{text}<extra></extra>"}
    swatch = {
        "type": "scatter", "mode": "markers", "x": np.full(count, 0.025, dtype=np.float32), **told, **hover,
        "marker": {"size": 10 * theme.scale, "color": [theme.category(i) for i in range(count)], "symbol": signs},
    }  # fmt: skip
    text = {
        "type": "scatter", "mode": "text", "x": np.full(count, 0.055, dtype=np.float32), **told, **hover,
        "textposition": "middle right", "textfont": {"size": theme.px(13), "color": theme.ink},
    }  # fmt: skip
    number = {
        "type": "scatter", "mode": "text", "x": np.ones(count, dtype=np.float32), **told, "hoverinfo": "skip",
        "text": np.array([f"{size:,}" for size in sizes], dtype=str), "textposition": "middle left",
        "textfont": {"size": theme.px(11), "color": theme.quiet},
    }  # fmt: skip
    return spec([swatch, text, number], layout)


def _row(words: Sequence[str]) -> str:
    """As many words as fit, the first in bold."""
    text, used = [], 0
    for i, word in enumerate(words):
        used += min(len(word), 20) + 2
        if used > LETTERS and i:
            break
        text.append(f"<b>{plain(word, 20)}</b>" if i == 0 else plain(word, 20))
    return ", ".join(text)
