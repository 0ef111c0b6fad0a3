"""All cosines of a list of words as a table of colours, and their vectors as strips."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, picture, spec
from explorer.figures.naming import quoted
from explorer.figures.palette import Theme, plain

CELL = 30
"""Pixels of a row."""
WRITTEN = 14
"""Up to so many words, the numbers are written into the cells."""
LETTERS = 14


@picture
def cosine_table(table: np.ndarray, words: Sequence[str], theme: Theme) -> Spec:
    """Cosine of each word with each, (n, n), diverging around zero, from -1 to 1."""
    n, side = len(words), _names_width(words, theme)
    height = max(n * _cell(n) * theme.scale, 120) + 80 * theme.scale
    layout = canvas(theme, height, (side, 12, 80 * theme.scale, 4))
    names = {"tickvals": np.arange(n), "ticktext": [plain(word, LETTERS) for word in words], "fixedrange": True}
    ink = {"tickfont": {"size": theme.px(13), "color": theme.ink}}
    layout["xaxis"] = {"side": "top", "range": [-0.5, n - 0.5], "tickangle": -45 if n > 5 else 0, **names, **ink}
    layout["yaxis"] = {"range": [n - 0.5, -0.5], "ticklabelstandoff": 6, **names, **ink}
    shown = np.ascontiguousarray(table, dtype=np.float32)
    heat = {
        "type": "heatmap", "z": shown, "zmin": -1, "zmax": 1, "colorscale": theme.diverging, "showscale": False, "xgap": 2, "ygap": 2,
        "hovertemplate": "%{x}, %{y}: %{z:.3f}<extra></extra>",
    }  # fmt: skip
    if n <= WRITTEN:
        off = ~np.eye(n, dtype=bool)
        heat["text"] = np.where(off, np.char.mod("%.2f", shown), "").tolist()
        heat |= {"texttemplate": "%{text}", "textfont": {"size": theme.px(11)}}
    return spec([heat], layout)


@picture
def vector_strips(vectors: np.ndarray, words: Sequence[str], theme: Theme) -> Spec:
    """Vectors of length 1 as strips, one line for each word, (n, d); equal colours are equal numbers in all lines."""
    n, d = vectors.shape
    side = _names_width(words, theme)
    height = max(n * _cell(n) * theme.scale, 120) + 80 * theme.scale
    layout = canvas(theme, height, (side, 12, 80 * theme.scale, 4))
    bound = float(np.abs(vectors).max(initial=0.0)) or 1.0
    title = {"text": f"the {d} numbers of each vector", "font": {"size": theme.px(12), "color": theme.quiet}}
    layout["xaxis"] = {
        "side": "top",
        "range": [0.5, d + 0.5],
        "showticklabels": False,
        "title": title,
        "fixedrange": True,
    }
    layout["yaxis"] = {
        "range": [n - 0.5, -0.5], "ticklabelstandoff": 6, "tickvals": np.arange(n), "ticktext": [plain(word, LETTERS) for word in words], "fixedrange": True,
        "tickfont": {"size": theme.px(13), "color": theme.ink},
    }  # fmt: skip
    heat = {
        "type": "heatmap", "z": np.ascontiguousarray(vectors, dtype=np.float32), "x": np.arange(1, d + 1, dtype=np.int32),
        "zmin": -bound, "zmax": bound, "colorscale": theme.diverging, "showscale": False, "ygap": 4,
        "hovertemplate": "%{y}<br>number %{x}: %{z:.3f}<extra></extra>",
    }  # fmt: skip
    return spec([heat], layout)


def table_notice(table: np.ndarray, words: Sequence[str]) -> str:
    """The nearest and the farthest pair."""
    if len(words) < 2:
        return ""
    one, other = np.triu_indices(len(words), 1)
    cosines = table[one, other]
    high, low = int(cosines.argmax()), int(cosines.argmin())
    said = f"Nearest are {quoted(words[one[high]])} and {quoted(words[other[high]])}, {cosines[high]:.2f}"
    if len(words) == 2:
        return f"{said}."
    return f"{said}; farthest {quoted(words[one[low]])} and {quoted(words[other[low]])}, {cosines[low]:.2f}.".replace(
        "-", "−"
    )


def odd_notice(words: Sequence[str], at: int, agreement: np.ndarray, near: Sequence[str]) -> str:
    """The odd one out, how clearly it is one, and what is nearest to the average of all."""
    second = np.partition(agreement, 1)[1]
    clear = float(second - agreement[at])
    sure = "clearly" if clear > 0.15 else "" if clear > 0.04 else "barely"
    how = f"{sure + ' ' if sure else ''}the odd one out: cosine {agreement[at]:.2f} with the average of all, the next {second:.2f}"
    said = f"{quoted(words[at])} is {how}.".replace("-", "−")
    return f"{said} Nearest to that average: {', '.join(map(quoted, near))}." if near else said


def _cell(n: int) -> float:
    return CELL if n <= WRITTEN else max(18.0, CELL * WRITTEN / n)


def _names_width(words: Sequence[str], theme: Theme) -> float:
    longest = max((min(len(word), LETTERS) for word in words), default=1)
    return 16 + 0.58 * theme.px(13) * longest
