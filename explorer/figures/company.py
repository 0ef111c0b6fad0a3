"""Who stands near whom: the co-occurrence of words as a heat map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from explorer.figures.canvas import Spec, canvas, number, picture, spec
from explorer.figures.naming import quoted
from explorer.figures.palette import Theme, blend, plain

Measure = Literal["counts", "ppmi"]
LEAST, MOST = 13.0, 28.0
"""Pixels of a cell."""
ROOM = 520
"""Pixels that the rows share."""
NAMES, ABOVE, KEY, FOOT = 112, 96, 52, 8
LETTERS = 15


@picture
def company(
    words: Sequence[str], cells: np.ndarray, measure: Measure, theme: Theme, *, chosen: tuple[int, int] | None = None
) -> Spec:
    """A table of words by words; the darker a cell, the more often the two stand together.

    Parameters
    ----------
    words : sequence of str, n
    cells : numpy.ndarray, (n, n)
        Weighted counts, drawn on a logarithmic scale, or PPMI. Cells of 0 stay empty.
    measure : {"counts", "ppmi"}
    chosen : (int, int) or None
        Row and column of the cell with a frame.
    """
    n = max(len(words), 1)
    sides = (NAMES * theme.scale, KEY * theme.scale, ABOVE * theme.scale, FOOT)
    layout = canvas(theme, height(n, theme), sides)
    size = min(13.5 * theme.scale, 0.86 * _cell(n, theme))
    names = _names(words, size, theme)
    layout["xaxis"] = {
        "range": [-0.5, n - 0.5],
        "side": "top",
        "tickangle": -90 if n > 12 else -55,
        "constrain": "domain",
        **names,
    }
    layout["yaxis"] = {"range": [n - 0.5, -0.5], **names}
    layout["shapes"] = [] if chosen is None else _frame(*chosen, n, theme)
    return spec([_heat(cells, measure, n, theme)], layout)


def height(n: int, theme: Theme) -> float:
    """Pixels of a table of n words."""
    return n * _cell(n, theme) + ABOVE * theme.scale + FOOT


def _cell(n: int, theme: Theme) -> float:
    return float(np.clip(ROOM / max(n, 1), LEAST, MOST)) * theme.scale


def _names(words: Sequence[str], size: float, theme: Theme) -> dict:
    return {
        "tickmode": "array",
        "tickvals": list(range(len(words))),
        "ticktext": [plain(word, LETTERS) for word in words],
        "labelalias": {str(i): plain(word) for i, word in enumerate(words)},
        "tickfont": {"size": size, "color": theme.ink},
        "hoverformat": "d",
    }


def _heat(cells: np.ndarray, measure: Measure, n: int, theme: Theme) -> dict:
    cells = np.asarray(cells, dtype=float)
    positive = cells[cells > 0]
    shown = np.where(cells > 0, cells, np.nan)
    heat = {
        "type": "heatmap", "x": np.arange(n), "y": np.arange(n), "hoverongaps": False, "xgap": 1, "ygap": 1,
        "colorscale": shades(theme), "customdata": cells.astype(np.float32),
    }  # fmt: skip
    if measure == "ppmi":
        high = float(positive.max(initial=1.0))
        unit = "PPMI %{customdata:.2f}"
        return heat | {"z": shown.astype(np.float32), "zmin": 0.0, "zmax": high, "hovertemplate": _hover(unit),
                       "colorbar": {"tickvals": [0, high], "ticktext": ["0", number(high)]}}  # fmt: skip
    low, high = np.log10(positive.min(initial=1.0)), np.log10(positive.max(initial=1.0))
    decades = [k for k in range(int(np.ceil(low)), int(np.floor(high)) + 1)]
    return heat | {
        "z": np.log10(shown).astype(np.float32), "zmin": float(low), "zmax": float(max(high, low + 1e-6)), "hovertemplate": _hover("count %{customdata:,.2f}"),
        "colorbar": {"tickvals": decades, "ticktext": [number(10.0**k) for k in decades]},
    }  # fmt: skip


def shades(theme: Theme) -> list[list]:
    """Colour scale of amounts: from a pale to a deep forward blue; nothing at all stays the background."""
    pale, deep = blend(theme.background, theme.forward, 0.1), theme.positive[1]
    return [[0.0, pale], [0.5, blend(theme.background, theme.forward, 0.6)], [0.8, theme.forward], [1.0, deep]]


def _hover(amount: str) -> str:
    return f"%{{y}} near %{{x}}<br>{amount}<br>click for the sentences<extra></extra>"


def _frame(row: int, column: int, n: int, theme: Theme) -> list[dict]:
    """A frame around the cell, and faint lines that lead to its words."""
    if not (0 <= row < n and 0 <= column < n):
        return []
    x0, y0 = column - 0.5, row - 0.5
    lead = {"type": "line", "line": {"color": theme.quiet, "width": 1, "dash": "dot"}}
    return [
        {**lead, "x0": -0.5, "x1": x0, "y0": row, "y1": row},
        {**lead, "x0": column, "x1": column, "y0": -0.5, "y1": y0},
        {"type": "rect", "x0": x0, "x1": x0 + 1, "y0": y0, "y1": y0 + 1, "line": {"color": theme.ink, "width": 2}},
    ]


def company_notice(words: Sequence[str], cells: np.ndarray, measure: Measure) -> str:
    """The strongest pair of different words, and how many cells are empty."""
    cells = np.array(cells, dtype=float)
    if len(words) < 2:
        return "A table needs at least two words."
    empty = f"{(cells == 0).mean():.0%}".replace("%", " %")
    upper = np.triu(np.minimum(cells, cells.T) if measure == "ppmi" else cells, 1)
    row, column = divmod(int(upper.argmax()), len(words))
    if not upper[row, column]:
        return "No two of these words stand near each other."
    pair, value = f"{quoted(words[row])} and {quoted(words[column])}", number(float(cells[row, column]))
    if measure == "ppmi":
        return (
            f"The strongest bond is between {pair} (PPMI {value}: they meet {number(float(np.exp(cells[row, column])))} times as often as "
            f"chance would have it). {empty} of the cells are empty: there the words meet no more often than by chance."
        )
    return f"{pair} stand together most (weighted count {value}). {empty} of the cells are empty."
