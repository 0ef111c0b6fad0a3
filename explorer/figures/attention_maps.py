"""Where a Transformer's heads look: every head as a small map, one of them large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.moment import round_up
from explorer.figures.mosaic import mosaic, pooled, tile_at
from explorer.figures.palette import Theme, plain

LARGE, FROM = 0.54, 0.63
"""Share of the width that the large map takes, and where the small ones begin."""
SIDES = (96, 12, 76, 26)
"""Pixels left, right, above and below."""
WRITTEN = 26
"""Up to so many steps each is written beside the large map."""
LETTER = 8.5
"""Pixels of a row in which a single letter can be read."""
SMALL, BESIDE = 40, 4
"""Cells a side of a small map, and small maps beside one another, at most."""
ROOM = 0.9
"""Width by height of the place where the small maps stand."""
SMALL_TRACE = 1
"""Which trace the small maps are: places on it are what `head_at` is asked about."""


@dataclass(frozen=True)
class Grid:
    """Where the small maps stand, in cells counted from 1: heads of a layer beside one another, or in several rows."""

    layers: int
    heads: int
    side: int

    @property
    def gap(self) -> int:
        return max(1, round(self.side / 4))

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of maps: those with which the maps are largest; of equal ones the fewest gaps."""
        shapes = [(self.layers * -(-self.heads // columns), columns) for columns in range(1, min(self.heads, BESIDE) + 1)]
        return max(shapes, key=lambda shape: (min(ROOM / shape[1], 1 / shape[0]), -shape[0] * shape[1]))

    def place(self, layer: int, head: int) -> tuple[int, int]:
        """Row and column of a map."""
        down, across = divmod(head, self.shape[1])
        return layer * (self.shape[0] // self.layers) + down, across

    def corner(self, layer: int, head: int) -> tuple[float, float]:
        """Left and upper edge of a map."""
        row, column = self.place(layer, head)
        return column * (self.side + self.gap) + 0.5, row * (self.side + self.gap) + 0.5


def grid_of(maps: np.ndarray) -> Grid:
    """The grid of attention maps (L, h, T, T)."""
    layers, heads, length, _ = maps.shape
    return Grid(layers, heads, min(length, SMALL))


@picture
def attention_maps(
    maps: np.ndarray, steps: Sequence[str], theme: Theme, *, layer: int, head: int, answer: int, height: float = 420,
    width: float = 900,
) -> Spec:
    """Weights from 0 to 1: each row is a step that looks, each column a step that is looked at; a row sums to 1.

    Parameters
    ----------
    maps : (L, h, T, T) array
        Attention weights by layer and head.
    steps : sequence of str
        Labels of the T steps.
    layer, head : int
        Which map is large, counted from 0.
    answer : int
        The step whose row is outlined: that of the answer.
    width : float
        Expected pixels; decides how tall the small maps are.
    """
    length, grid = len(steps), grid_of(maps)
    small = _small(maps, grid, theme)
    rows, columns = small["z"].shape
    layout = canvas(theme, height, tuple(side * theme.scale for side in SIDES))
    span = [0.5, length + 0.5]
    room = (height - (SIDES[2] + SIDES[3]) * theme.scale) / length
    layout["xaxis"] = {"domain": [0, LARGE], "side": "top", "range": span, **_words(steps, theme, room, across=True)}
    layout["yaxis"] = {"range": span[::-1], **_words(steps, theme, room, across=False)}
    layout["xaxis2"] = {"domain": [FROM, 1], "anchor": "y2", "range": [0.5, columns + 0.5], "showticklabels": False, "fixedrange": True}
    inner = (width - (SIDES[0] + SIDES[1]) * theme.scale) * (1 - FROM), height - (SIDES[2] + SIDES[3]) * theme.scale
    tall = min(inner[0] * rows / columns / max(inner[1], 1), 1.0)  # about square, as far as there is room
    layout["yaxis2"] = {"domain": [1 - tall, 1], "anchor": "x2", "range": [rows + 0.5, 0.5], "showticklabels": False, "fixedrange": True}
    layout["shapes"] = [_answer(answer, length, theme), *_borders(grid, (layer, head), theme)]
    layout["annotations"] = [_below(layer, head, theme), *_named(grid, (layer, head), theme)]
    return spec([_large(maps, layer, head, theme), small], layout)


def head_at(x: float, y: float, maps: np.ndarray) -> tuple[int, int] | None:
    """Layer and head of the small map at a place on its axes, counted from 0; None beside all maps."""
    grid = grid_of(maps)
    found = tile_at(x, y, (*grid.shape, grid.side, grid.side), grid.gap)
    both = ((layer, head) for layer in range(grid.layers) for head in range(grid.heads))
    return next((one for one in both if grid.place(*one) == found), None)


def darkest(maps: np.ndarray) -> float:
    """The weight that is drawn darkest: no weight is larger, but for steps that have hardly a choice where to look."""
    choosing = maps[..., maps.shape[-1] // 4 :, :]
    return min(round_up(float(choosing.max(initial=0.0))) or 1.0, 1.0)


def _large(maps: np.ndarray, layer: int, head: int, theme: Theme) -> dict:
    steps = np.arange(1, maps.shape[-1] + 1, dtype=np.int32)
    most = darkest(maps)
    key = {
        "x": LARGE, "xanchor": "left", "xpad": 8, "thickness": 4, "outlinewidth": 0, "ticks": "", "len": 0.5, "y": 1, "yanchor": "top",
        "tickvals": [0.06 * most, 0.94 * most], "ticktext": ["0", f"{100 * most:.3g} %"],
        "tickfont": {"size": theme.px(10), "color": theme.quiet},
    }  # fmt: skip
    weights = maps[layer, head]
    return {
        **_heat(weights, theme, most), "x": steps, "y": steps, "xaxis": "x", "yaxis": "y", "showscale": True, "colorbar": key,
        "hovertemplate": "%{y} looks at %{x}: %{z:.1%}<extra></extra>",
    }  # fmt: skip


def _small(maps: np.ndarray, grid: Grid, theme: Theme) -> dict:
    """All maps in one trace."""
    cells, tiles = pooled(maps, SMALL), np.zeros((*grid.shape, grid.side, grid.side), dtype=np.float32)
    for layer in range(grid.layers):
        for head in range(grid.heads):
            tiles[grid.place(layer, head)] = cells[layer, head]
    sheet = np.nan_to_num(mosaic(tiles, grid.gap))
    rows, columns = sheet.shape
    return {
        **_heat(sheet, theme, darkest(maps)), "x": np.arange(1, columns + 1, dtype=np.int32), "y": np.arange(1, rows + 1, dtype=np.int32),
        "xaxis": "x2", "yaxis": "y2", "hoverinfo": "none", "showscale": False,
    }  # fmt: skip


def _heat(weights: np.ndarray, theme: Theme, most: float) -> dict:
    return {
        "type": "heatmap", "z": np.ascontiguousarray(weights, dtype=np.float32), "zmin": 0, "zmax": most,
        "colorscale": theme.shades(theme.forward),
    }  # fmt: skip


def _words(steps: Sequence[str], theme: Theme, room: float, across: bool) -> dict:
    """The labels of an axis; of many steps only single letters are all written, if a row's `room` in pixels allows."""
    length, letters = len(steps), all(len(step) == 1 for step in steps)
    all_fit = length <= WRITTEN or letters and room >= LETTER * theme.scale
    every = 1 if all_fit else next(k for k in (5, 10, 20, 50, 100, 1000) if length / k <= WRITTEN)
    size = theme.px(12) if length <= WRITTEN else min(theme.px(12), room)
    values = [i for i in range(1, length + 1) if every == 1 or i % every == 0]
    text = [plain(steps[i - 1], 11) if every == 1 else str(i) for i in values]
    on_end = across and every == 1 and not letters and sum(len(one) + 1 for one in text) > 58
    return {
        "tickvals": values, "ticktext": text, "tickfont": {"size": size, "color": theme.ink}, "fixedrange": True,
        "tickangle": -90 if on_end else 0, "ticklabelstandoff": 4, "ticklabeloverflow": "allow",
        "labelalias": {str(i): f"{i} · {plain(step)}" for i, step in enumerate(steps, start=1)}, "hoverformat": "d",
    }  # fmt: skip


def _answer(answer: int, length: int, theme: Theme) -> dict:
    """The row of the answer, outlined."""
    return {
        "type": "rect", "xref": "x", "yref": "y", "x0": 0.5, "x1": length + 0.5, "y0": answer + 0.5, "y1": answer + 1.5,
        "line": {"color": theme.ink, "width": 1.6}, "fillcolor": "rgba(0,0,0,0)",
    }  # fmt: skip


def _borders(grid: Grid, chosen: tuple[int, int], theme: Theme) -> list[dict]:
    """A frame around each small map, the chosen one's strong."""
    frames = []
    for layer in range(grid.layers):
        for head in range(grid.heads):
            left, top = grid.corner(layer, head)
            line = {"color": theme.forward, "width": 2.4} if (layer, head) == chosen else {"color": theme.line, "width": 1}
            frames.append({
                "type": "rect", "xref": "x2", "yref": "y2", "x0": left, "x1": left + grid.side, "y0": top, "y1": top + grid.side,
                "fillcolor": "rgba(0,0,0,0)", "line": line,
            })  # fmt: skip
    return frames


def _named(grid: Grid, chosen: tuple[int, int], theme: Theme) -> list[dict]:
    """Each small map's layer and head, above it."""
    notes = []
    for layer in range(grid.layers):
        for head in range(grid.heads):
            left, top = grid.corner(layer, head)
            font = {"size": theme.px(10.5), "color": theme.forward if (layer, head) == chosen else theme.quiet}
            notes.append(note(f"L{layer + 1} H{head + 1}", left, top, xref="x2", yref="y2", xanchor="left", yanchor="bottom", yshift=2, font=font))
    return notes


def _below(layer: int, head: int, theme: Theme) -> dict:
    text = f"layer {layer + 1}, head {head + 1} (L{layer + 1} H{head + 1}): each row looks at the columns"
    font = {"size": theme.px(11), "color": theme.quiet}
    return note(text, 0, 0, xref="paper", yref="paper", xanchor="left", yanchor="top", yshift=-7, font=font)
