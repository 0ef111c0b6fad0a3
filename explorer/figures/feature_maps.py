"""What a convolution sees of a picture: its learned filters, and where on the picture each of them answers."""

from __future__ import annotations

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.moment import round_up
from explorer.figures.mosaic import tile_row
from explorer.figures.palette import Theme

BESIDE, MOST = 8, 16
"""Filters beside one another, and shown at all; a network may have more."""
DIGIT, MAPS = 0.2, 0.27
"""Where the picture ends and the maps begin, as shares of the width."""
WIDE, NARROW = 0.86, 0.46
"""Of its place, what a map and a filter take."""
GAP = 10
"""Pixels between filters and their maps; twice as many before the next filters."""


@picture
def feature_maps(pixels: np.ndarray, filters: np.ndarray, maps: np.ndarray, theme: Theme, *, width: float = 900) -> Spec:
    """The picture, the filters of the first layer, and under each the picture as it sees it.

    Parameters
    ----------
    pixels : (H, W) array
        The picture, from 0 to 1.
    filters : (F, k, k) array
        Weights of the first layer.
    maps : (F, h, w) array
        What each filter answers at each place of the picture, after the non-linearity: not negative.
    width : float
        Expected pixels.
    """
    bands = _bands(filters[:MOST], maps[:MOST], width)
    gaps = [GAP * (1 + i % 2) * theme.scale for i in range(len(bands) - 1)]
    inner = max(sum(tall for _, tall, _ in bands) + sum(gaps), DIGIT * width)
    layout = canvas(theme, inner + 34 * theme.scale, (4, 12, 30 * theme.scale, 4))
    layout |= _digit_axes(pixels.shape, DIGIT * width / inner)
    data, top = [_digit(pixels, theme)], inner
    bounds = [_bound(filters[:MOST]), _bound(maps[:MOST])]
    for i, ((tiles, tall, signed), gap) in enumerate(zip(bands, [*gaps, 0], strict=True)):
        axis = str(i + 2)
        data.append(_tiles(tiles, signed, bounds[not signed], theme) | {"xaxis": f"x{axis}", "yaxis": f"y{axis}"})
        layout[f"xaxis{axis}"] = _hidden({"domain": [MAPS, 1], "anchor": f"y{axis}", "range": [0.5, BESIDE + 0.5]})
        domain = [max(top - tall, 0) / inner, top / inner]
        layout[f"yaxis{axis}"] = _hidden({"domain": domain, "anchor": f"x{axis}", "range": [tiles.shape[1] + 0.5, 0.5]})
        top -= tall + gap
    shown = f"{min(len(filters), MOST)} of {len(filters)}" if len(filters) > MOST else f"{len(filters)}"
    layout["annotations"] = [
        _above("the picture", 0, theme),
        _above(f"{shown} filters of {filters.shape[1]} × {filters.shape[2]} weights, and under each where it answers", MAPS, theme),
    ]
    return spec(data, layout)


def _bands(filters: np.ndarray, maps: np.ndarray, width: float) -> list[tuple[np.ndarray, float, bool]]:
    """Rows of tiles with their pixels, and whether they have signs: filters, their maps, the next filters."""
    place = (width - 16) * (1 - MAPS) / BESIDE
    starts = range(0, len(filters), BESIDE)
    return [
        band
        for k in starts
        for band in ((filters[k : k + BESIDE], NARROW * place, True), (maps[k : k + BESIDE], WIDE * place, False))
    ]


def _bound(values: np.ndarray) -> float:
    return round_up(float(np.abs(values).max(initial=0.0))) or 1.0


def _digit(pixels: np.ndarray, theme: Theme) -> dict:
    return {
        "type": "heatmap", "z": np.ascontiguousarray(pixels, dtype=np.float32), "zmin": 0, "zmax": 1, "showscale": False,
        "x": np.arange(1, pixels.shape[1] + 1, dtype=np.int32), "y": np.arange(1, pixels.shape[0] + 1, dtype=np.int32),
        "colorscale": theme.shades(theme.ink), "hovertemplate": "row %{y}, column %{x}: %{z:.2f}<extra></extra>",
    }  # fmt: skip


def _digit_axes(shape: tuple[int, int], share: float) -> dict:
    """Square pixels at the left, from the top."""
    high, wide = shape
    return {
        "xaxis": _hidden({"domain": [0, DIGIT], "range": [0.5, wide + 0.5]}),
        "yaxis": _hidden({"domain": [max(1 - share * high / wide, 0), 1], "range": [high + 0.5, 0.5]}),
    }


def _hidden(axis: dict) -> dict:
    return {**axis, "showticklabels": False, "fixedrange": True}


def _tiles(tiles: np.ndarray, signed: bool, bound: float, theme: Theme) -> dict:
    """One row of filters (with signs) or of maps (without)."""
    values, edges = tile_row(tiles, NARROW if signed else WIDE)
    return {
        "type": "heatmap", "z": values, "x": edges, "y": np.arange(1, len(values) + 1, dtype=np.int32), "zmax": bound,
        "zmin": -bound if signed else 0, "colorscale": theme.diverging if signed else theme.shades(theme.forward),
        "showscale": False, "hoverongaps": False, "hovertemplate": ("weight" if signed else "answer") + " %{z:.3f}<extra></extra>",
    }  # fmt: skip


def _above(text: str, x: float, theme: Theme) -> dict:
    font = {"size": theme.px(12), "color": theme.quiet}
    return note(text, x, 1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=7, font=font)
