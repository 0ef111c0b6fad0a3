"""How well each word of one language suits each of the other, as a table of shades."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, picture, spec
from explorer.figures.naming import quoted
from explorer.figures.palette import Theme, plain

CELL, LETTERS = 22, 12


@picture
def translate_scores(table: np.ndarray, pairs: Sequence[tuple[str, str]], theme: Theme, *, name: str) -> Spec:
    """Scores, (k, k), a row for each word that is translated; the right cells are framed, the best of each row has a dot.

    Parameters
    ----------
    name : str
        What the score is, for the hover.
    """
    k = len(pairs)
    side = (14 + 7.2 * min(max((len(one) for one, _ in pairs), default=4), LETTERS)) * theme.scale
    top = (14 + 6.2 * min(max((len(other) for _, other in pairs), default=4), LETTERS)) * theme.scale
    layout = canvas(theme, k * CELL * theme.scale + top + 8, (side, 12, top, 6))
    names = {"tickvals": np.arange(k), "fixedrange": True, "tickfont": {"size": theme.px(12), "color": theme.ink}}
    layout["xaxis"] = {
        "side": "top",
        "range": [-0.5, k - 0.5],
        "tickangle": -60,
        "ticktext": [plain(b, LETTERS) for _, b in pairs],
        **names,
    }
    layout["yaxis"] = {
        "range": [k - 0.5, -0.5],
        "ticktext": [plain(a, LETTERS) for a, _ in pairs],
        "ticklabelstandoff": 6,
        **names,
    }
    layout["shapes"] = [_frame(i, theme) for i in range(k)]
    known = table[np.isfinite(table)]
    low, high = (float(np.quantile(known, 0.2)), float(known.max())) if known.size else (0.0, 1.0)
    heat = {
        "type": "heatmap", "z": table.astype(np.float32), "zmin": low, "zmax": max(high, low + 1e-6), "showscale": False, "xgap": 1, "ygap": 1,
        "colorscale": theme.shades(theme.forward), "hovertemplate": f"%{{y}} → %{{x}}: {name} %{{z:.3f}}<extra></extra>", "hoverongaps": False,
    }  # fmt: skip
    rows = np.flatnonzero(np.isfinite(table).all(axis=1))
    best = table[rows].argmax(axis=1) if rows.size else rows
    dots = {
        "type": "scatter", "mode": "markers", "x": best.astype(np.int32), "y": rows.astype(np.int32), "hoverinfo": "skip",
        "marker": {"size": 7 * theme.scale, "color": [theme.background if a == b else theme.warning for a, b in zip(rows, best, strict=True)],
                   "symbol": ["circle" if a == b else "x" for a, b in zip(rows, best, strict=True)],
                   "line": {"width": 1, "color": theme.background}},
    }  # fmt: skip
    return spec([heat, dots], layout)


def _frame(i: int, theme: Theme) -> dict:
    return {
        "type": "rect",
        "x0": i - 0.5,
        "x1": i + 0.5,
        "y0": i - 0.5,
        "y1": i + 0.5,
        "line": {"color": theme.ink, "width": 1},
    }


def hub_notice(nearest: Sequence[str], csls: Sequence[str]) -> str:
    """The word that is most often the answer, by either way of finding it."""
    if not nearest:
        return ""
    (one, often), (other, rarely) = _hub(nearest), _hub(csls)
    said = f"By the plain cosine {quoted(one)} is the answer to {often} of {len(nearest)} words; by CSLS the most frequent answer, {quoted(other)}, is given {rarely} times."
    return said if often > 1 else "By the plain cosine no word is the answer twice."


def _hub(found: Sequence[str]) -> tuple[str, int]:
    words, counts = np.unique(np.array(found, dtype=object).astype(str), return_counts=True)
    at = int(counts.argmax())
    return str(words[at]), int(counts[at])
