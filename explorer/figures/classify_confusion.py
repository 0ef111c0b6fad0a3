"""Which label is taken for which."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.classify_looks import shaded
from explorer.figures.naming import quoted
from explorer.figures.palette import Theme, plain

ROW, LETTER = 34, 6.6
"""Height of a row and width of a letter, in pixels."""
NAME = 22
"""Letters of a label that are written."""


@picture
def classify_confusion(
    labels: Sequence[str], table: np.ndarray, theme: Theme, *, chosen: tuple[int, int] | None = None
) -> Spec:
    """Rows are the right labels, columns the answers; a cell's customdata are both, by number.

    Parameters
    ----------
    table : (c, c) int array
        Counts of held-out texts.
    chosen : (int, int), optional
        The cell whose texts are listed.
    """
    count, scale = len(labels), theme.scale
    names = [plain(label, NAME) for label in labels]
    left = max(18 + LETTER * max(min(len(label), NAME) for label in labels), 96) * scale
    top = (40 + 0.62 * LETTER * max(min(len(label), NAME) for label in labels)) * scale
    layout = canvas(theme, ROW * scale * count + top + 10, (left, 12, top, 10))
    layout["xaxis"] = {"range": [-0.5, count - 0.5], "side": "top", "tickvals": list(range(count)), "ticktext": names,
                       "tickangle": -38, "fixedrange": True}  # fmt: skip
    layout["yaxis"] = {"range": [count - 0.5, -0.5], "tickvals": list(range(count)), "ticktext": names, "fixedrange": True}
    share = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
    layout["annotations"] = [*_numbers(table, share, theme), *_heads(theme)]
    layout["shapes"] = _ring(chosen, theme)
    return spec([*_cells(table, share, names, theme)], layout)


def _cells(table: np.ndarray, share: np.ndarray, names: Sequence[str], theme: Theme) -> list[dict]:
    """Right answers in blue, mistakes in orange, as deep as their share of the row."""
    right = np.eye(len(table), dtype=bool)
    hover = [[f"{names[i]}, answered {names[j]}: {table[i, j]}" for j in range(len(table))] for i in range(len(table))]
    where = np.stack(np.meshgrid(range(len(table)), range(len(table)), indexing="ij"), axis=-1)
    common = {"type": "heatmap", "zmin": 0, "zmax": 1, "showscale": False, "xgap": 2, "ygap": 2, "hoverinfo": "text", "hoverongaps": False,
              "text": hover, "customdata": where.tolist()}  # fmt: skip
    shown = {True: (right, theme.forward), False: (~right, theme.gradient)}
    return [
        {**common, "z": np.where(mask, share, np.nan).astype(np.float32),
         "colorscale": [[0, theme.surface], [1, shaded(1.0, theme, hue)[0]]]}
        for mask, hue in shown.values()
    ]  # fmt: skip


def _numbers(table: np.ndarray, share: np.ndarray, theme: Theme) -> list[dict]:
    return [
        note(str(table[i, j]), j, i, font={"size": theme.px(12), "color": shaded(float(share[i, j]), theme)[1]})
        for i in range(len(table)) for j in range(len(table)) if table[i, j]
    ]  # fmt: skip


def _heads(theme: Theme) -> list[dict]:
    font = {"size": theme.px(12), "color": theme.quiet}
    return [note("answered →<br>right ↓", 0, 1, align="right", xref="paper", yref="paper", xanchor="right", yanchor="bottom", xshift=-8, yshift=6, font=font)]


def _ring(chosen: tuple[int, int] | None, theme: Theme) -> list[dict]:
    if chosen is None:
        return []
    i, j = chosen
    return [{"type": "rect", "x0": j - 0.48, "x1": j + 0.48, "y0": i - 0.48, "y1": i + 0.48, "line": {"color": theme.ink, "width": 2}}]


def confusion_notice(title: str, labels: Sequence[str], table: np.ndarray) -> str:
    """The label that is told best, the one told worst, and the commonest mistake."""
    asked = table.sum(axis=1)
    if not asked.sum():
        return ""
    share = np.diag(table) / np.maximum(asked, 1)
    wrong = table - np.diag(np.diag(table))
    known = np.flatnonzero(asked)
    best, worst = known[int(share[known].argmax())], known[int(share[known].argmin())]
    if not wrong.any():
        return f"{title} tells every one of {asked.sum():,} texts right."
    i, j = np.unravel_index(int(wrong.argmax()), wrong.shape)
    extremes = (
        f"{title} knows {quoted(labels[best])} best ({100 * share[best]:.0f} % of its texts) and {quoted(labels[worst])} worst ({100 * share[worst]:.0f} %). "
        if share[best] > share[worst] else ""
    )  # fmt: skip
    return f"{extremes}The commonest of its {wrong.sum():,} mistakes: {quoted(labels[i])} taken for {quoted(labels[j])}, {wrong[i, j]} times of {asked[i]}."
