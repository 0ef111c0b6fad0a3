"""What a decoder looks back at, as lines from the encoder's states: the darker, the more it looks."""

from __future__ import annotations

import numpy as np

from explorer.figures.palette import fade
from explorer.figures.topology_sheet import Sheet

LEAST, EVEN = 0.05, 1.5
"""Weights below this, or below so many times those of a step that looks everywhere alike, have no line."""
SHADES = (0.1, 0.2, 0.35, 0.6, 1.01)
"""Upper ends of the weights that are drawn alike: plotly gives a line one colour for its whole length."""
POINTS = 16


def looks(sheet: Sheet, chosen: int | None = None) -> list[dict]:
    """One trace for each shade; with a chosen step of the decoder, counted from 0, its own lines alone stand out."""
    weights = sheet.scene.attention
    if weights is None or not sheet.scene.encoder:
        return []
    found, low = [], max(LEAST, EVEN / weights.shape[1])
    for high in SHADES:
        rows, columns = np.nonzero((weights >= low) & (weights < high))
        if chosen is not None:
            other = rows != chosen
            found += _lines(sheet, rows[other], columns[other], 0.12 * high + 0.05)
            rows, columns = rows[~other], columns[~other]
        found += _lines(sheet, rows, columns, min(high, 0.9) if chosen is not None else 0.75 * min(high, 0.9))
        low = max(low, high)
    return found


def _lines(sheet: Sheet, rows: np.ndarray, columns: np.ndarray, opacity: float) -> list[dict]:
    if not rows.size:
        return []
    theme, way = sheet.theme, np.linspace(0.0, 1.0, POINTS)[None, :]
    start, end = sheet.x(columns)[:, None], sheet.x(rows + sheet.scene.encoder)[:, None]
    foot, roof = sheet.top + 2.0, sheet.answer - 6.0
    # A curve whose control points lie level: it leaves and arrives upright, and lines of one step meet only there.
    far = np.clip(np.abs(end - start) / max(float(sheet.edge - sheet.left), 1.0), 0.0, 1.0)
    peak = foot + (roof - foot) * (0.55 + 0.45 * far) / 0.75
    x = (1 - way) ** 3 * start + 3 * way * (1 - way) * ((1 - way) * start + way * end) + way**3 * end
    y = (1 - way) ** 3 * foot + 3 * way * (1 - way) * peak + way**3 * foot
    gaps = np.full((len(x), 1), np.nan)
    return [{
        "type": "scatter", "mode": "lines", "hoverinfo": "skip", "x": np.hstack([x, gaps]).ravel().astype(np.float32),
        "y": np.hstack([y, gaps]).ravel().astype(np.float32),
        "line": {"color": fade(theme.forward, opacity), "width": (1.0 if sheet.room < 18 else 1.3) * (0.8 + 1.4 * opacity)},
    }]  # fmt: skip
