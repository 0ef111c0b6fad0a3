"""Where a network's parameters are: in the vectors of tokens, in what makes something of the sequence, in the readout."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.palette import Theme, fade, plain

TALL = 22
"""Pixels of the bar."""
NARROW = 0.16
"""Parts with a smaller share of the bar have their name above it in turn, so that none covers another."""


@picture
def parameter_bar(parts: Mapping[str, int], theme: Theme) -> Spec:
    """One bar, divided among the parts that have any, each with its number and its share.

    Parameters
    ----------
    parts : mapping of str to int
        Learned numbers by part, from the input to the output.
    """
    shown = [(name, count) for name, count in parts.items() if count]
    total = max(sum(count for _, count in shown), 1)
    top, bottom = 26 * theme.scale, 26 * theme.scale
    layout = canvas(theme, TALL * theme.scale + top + bottom, (8, 120 * theme.scale, top, bottom), barmode="stack", hovermode=False)
    layout["xaxis"] = {"range": [0, total], "showticklabels": False, "fixedrange": True}
    layout["yaxis"] = {"range": [-0.5, 0.5], "showticklabels": False, "fixedrange": True}
    ends = np.cumsum([count for _, count in shown])
    data = [
        {"type": "bar", "orientation": "h", "width": 1, "x": np.array([count], dtype=np.float32), "y": np.zeros(1, dtype=np.float32),
         "marker": {"color": fade(theme.forward, strength), "line": {"color": theme.background, "width": 2}}, "hoverinfo": "skip"}
        for (_, count), strength in zip(shown, (0.3, 0.65, 0.45)[-len(shown) :], strict=True)
    ]  # fmt: skip
    layout["annotations"] = [
        _named(name, count, total, float(end), i, theme) for i, ((name, count), end) in enumerate(zip(shown, ends, strict=True))
    ]
    return spec(data, layout)


def _named(name: str, count: int, total: int, end: float, i: int, theme: Theme) -> dict:
    """The name of a part: over the middle of its piece, or where that is narrow, at its outer edge below."""
    words = f"{plain(name)} {count:,} · {100 * count / total:.0f} %"
    font = {"size": theme.px(12.5), "color": theme.ink}
    if count / total >= NARROW:
        return note(words, end - count / 2, 1, yref="paper", yanchor="bottom", yshift=5, font=font)
    first = i == 0
    return note(words, end - count if first else end, 0, yref="paper", yanchor="top", yshift=-5, font=font,
                xanchor="left" if first else "right")  # fmt: skip
