"""Shares that were counted, under one another: a mark, its 95 % interval, and what it was counted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.embedding.analogy_report import wilson
from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.naming import share_of
from explorer.figures.palette import Theme, plain

ROW, LEFT, RIGHT = 38, 140, 130
"""Pixels of a row, for the names, and for the numbers."""


@dataclass(frozen=True, slots=True)
class Counted:
    """So many of so many, and by whom; `quiet` where it is not what counts."""

    name: str
    right: int
    asked: int
    quiet: bool = False

    @property
    def share(self) -> float:
        """NaN where nothing was asked."""
        return self.right / self.asked if self.asked else float("nan")


@picture
def translate_shares(rows: Sequence[Counted], theme: Theme, *, name: str, chance: float | None = None) -> Spec:
    """One line for each.

    Parameters
    ----------
    name : str
        What the share is of, at the axis.
    chance : float, optional
        What guessing gives, dotted.
    """
    scale = theme.scale
    layout = canvas(theme, (ROW * len(rows) + 46) * scale, (LEFT * scale, RIGHT * scale, 8, 38 * scale))
    layout["xaxis"] = {
        "range": [0, 1], "tickvals": [0, 0.5, 1], "ticktext": ["0 %", "50 %", "100 %"], "showgrid": True,
        "fixedrange": True, "title": {"text": name, "font": {"size": theme.px(12), "color": theme.quiet}, "standoff": 4},
    }  # fmt: skip
    layout["yaxis"] = {"range": [len(rows) - 0.5, -0.5], "visible": False, "fixedrange": True}
    layout["annotations"] = [words for i, row in enumerate(rows) for words in _words(i, row, theme)]
    if chance is not None:
        layout["shapes"] = [{"type": "line", "x0": chance, "x1": chance, "yref": "paper", "y0": 0, "y1": 1,
                             "line": {"color": theme.quiet, "width": 1, "dash": "dot"}}]  # fmt: skip
    return spec([data for i, row in enumerate(rows) if row.asked for data in _marks(i, row, theme)], layout)


def _marks(i: int, row: Counted, theme: Theme) -> list[dict]:
    low, high = wilson(row.right, row.asked)
    colour = theme.quiet if row.quiet else theme.category(2 * (i % 2))
    told = f"{plain(row.name)}: {row.right:,} of {row.asked:,}, {share_of(row.share)}, 95 % interval {share_of(low)} to {share_of(high)}"
    shared = {"type": "scatter", "hovertext": told, "hoverinfo": "text"}
    return [
        {**shared, "mode": "lines", "x": np.array([low, high], dtype=np.float32), "y": np.array([i, i], dtype=np.int32),
         "line": {"color": colour, "width": 3 * theme.scale}},
        {**shared, "mode": "markers", "x": np.array([row.share], dtype=np.float32), "y": np.array([i], dtype=np.int32),
         "marker": {"color": colour, "size": 12 * theme.scale, "symbol": ("circle" if i % 2 == 0 else "diamond") + ("-open" if row.quiet else ""),
                    "line": {"color": colour if row.quiet else theme.background, "width": 1.5}}, "cliponaxis": False},
    ]  # fmt: skip


def _words(i: int, row: Counted, theme: Theme) -> list[dict]:
    number = f"<b>{share_of(row.share)}</b>  {row.right:,} of {row.asked:,}" if row.asked else "not asked yet"
    style = {
        "xref": "paper",
        "yanchor": "middle",
        "font": {"size": theme.px(13), "color": theme.quiet if row.quiet else theme.ink},
    }
    return [
        note(plain(row.name, 26), 0, i, xanchor="right", xshift=-14 * theme.scale, **style),
        note(number, 1, i, xanchor="left", xshift=12 * theme.scale, **style),
    ]


def shares_notice(rows: Sequence[Counted], words: int) -> str:
    """What leaving a pair out costs, and what CSLS changes.

    Parameters
    ----------
    rows : sequence of Counted
        Nearest and CSLS for pairs that were left out, then for pairs that were known.
    words : int
        Among how many a translation is looked for.
    """
    nearest, csls, told, _ = rows
    if not nearest.asked:
        return "Pairs that were left out are counted as they come."
    low, high = wilson(nearest.right, nearest.asked)
    said = (
        f"Left out, {nearest.right:,} of {nearest.asked:,} words are translated right among {words:,} (95 % interval {share_of(low)} to {share_of(high)}), and "
        f"{told.right:,} of {told.asked:,} where the rotation was fitted to the pair itself: only the first number says what it knows."
    )
    change = csls.right - nearest.right
    verdict = "as many" if change == 0 else f"{abs(change):,} {'more' if change > 0 else 'fewer'}"
    small = " With so few words nothing is crowded, and the interval is wide." if words < 100 else ""
    return f"{said} CSLS finds {verdict}.{small}"
