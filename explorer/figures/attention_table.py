"""What a decoder looked at: a row for each letter it wrote, a column for each step that was read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.palette import Theme, plain

ROW, TALLEST = 22, 620
"""Pixels of a row, and of the whole table at most."""
CROWDED = 42
"""More letters than this at an axis are written small."""


@picture
def attention_table(
    weights: np.ndarray, read: Sequence[str], written: Sequence[str], theme: Theme, *, chosen: int | None = None
) -> Spec:
    """Attention weights as a heat map; each row sums to 1.

    Parameters
    ----------
    weights : (U, S) array
    read, written : sequence of str
        Labels of the S columns and the U rows.
    chosen : int or None
        The row that is outlined, counted from 0.
    """
    rows, columns = weights.shape
    top, bottom, left = 34 * theme.scale, 26 * theme.scale, 86 * theme.scale
    tall = min(ROW * theme.scale * rows, TALLEST * theme.scale)
    layout = canvas(theme, tall + top + bottom, (left, 52 * theme.scale, top, bottom))
    on_end = max((len(one) for one in read), default=1) > 2
    layout["xaxis"] = _axis(read, theme) | {
        "side": "top",
        "range": [0.5, columns + 0.5],
        "tickangle": -90 if on_end else 0,
    }
    layout["yaxis"] = _axis(written, theme) | {"range": [rows + 0.5, 0.5]}
    if chosen is not None and 0 <= chosen < rows:
        layout["shapes"] = [{"type": "rect", "x0": 0.5, "x1": columns + 0.5, "y0": chosen + 0.5, "y1": chosen + 1.5,
                             "line": {"color": theme.ink, "width": 1.6}}]  # fmt: skip
    font = {"size": theme.px(12), "color": theme.quiet}
    layout["annotations"] = [
        note(
            "writes",
            0,
            0.5,
            xref="paper",
            yref="paper",
            xanchor="right",
            xshift=-38 * theme.scale,
            textangle=-90,
            font=font,
        ),
        note(
            "while it looks at what it read",
            0,
            0,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="top",
            yshift=-6,
            font=font,
        ),
    ]
    return spec([_heat(weights, read, written, theme)], layout)


def _axis(labels: Sequence[str], theme: Theme) -> dict:
    size = theme.px(13 if len(labels) <= CROWDED else 9)
    return {
        "tickvals": list(range(1, len(labels) + 1)), "ticktext": [plain(label, 8) for label in labels], "fixedrange": True,
        "tickfont": {"size": size, "color": theme.ink}, "ticklabeloverflow": "allow", "ticklabelstandoff": 3,
    }  # fmt: skip


def _heat(weights: np.ndarray, read: Sequence[str], written: Sequence[str], theme: Theme) -> dict:
    """Whole per cents, in a quarter of the bytes."""
    rows, columns = weights.shape
    told = [[f"writing {plain(own)} it looks at {plain(other)}" for other in read] for own in written]
    return {
        "type": "heatmap", "z": np.rint(100 * np.clip(np.nan_to_num(weights), 0, 1)).astype(np.int8), "zmin": 0, "zmax": 100,
        "x": np.arange(1, columns + 1, dtype=np.int32), "y": np.arange(1, rows + 1, dtype=np.int32),
        "xgap": 1 if columns <= CROWDED else 0, "ygap": 1 if rows <= CROWDED else 0, "text": told,
        "colorscale": theme.shades(theme.forward), "hovertemplate": "%{text}: %{z} %<extra></extra>",
        "colorbar": {"tickvals": [5, 95], "ticktext": ["0", "100 %"]},
    }  # fmt: skip
