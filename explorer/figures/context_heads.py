"""Every head of every layer as a small map of who looks at whom, framed by the pattern that it follows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.mosaic import mosaic, pooled, tile_at
from explorer.figures.naming import share_of
from explorer.figures.palette import Theme, plain

SMALL = 36
"""Cells a side of a small map, at most."""
AIR = 0.34
"""Room between two maps, as a share of a map."""
LEFT, TOP, FOOT = 62, 40, 8
QUIET = -1
"""In place of a colour's number: what says least is seen least."""
PATTERNS = {"previous": ("←", 0), "next": ("→", 3), "separator": ("▮", QUIET), "itself": ("•", 4), "same": ("=", 2)}
"""Sign and colour of each pattern."""
Named = Mapping[tuple[int, int], tuple[str, float]]
"""Layer and head, from 0, to the pattern and the share of attention that follows it."""


@picture
def context_heads(maps: np.ndarray, named: Named, chosen: tuple[int, int], theme: Theme, *, width: float = 900) -> Spec:
    """Small maps (L, A, n, n): rows look at columns. Layers run down, heads across.

    Parameters
    ----------
    maps : (L, A, n, n) array
        Attention; of each head the darkest cell is its largest weight.
    named : mapping
    chosen : (int, int)
        Layer and head, from 0, that are shown large.
    width : float
        Expected pixels; decides how tall the picture is.
    """
    layers, heads = maps.shape[:2]
    tiles = pooled(maps, SMALL)
    side, gap = tiles.shape[-1], gap_of(maps)
    tiles = tiles / np.maximum(tiles.max(axis=(2, 3), keepdims=True), 1e-9)
    sheet = mosaic(tiles, gap)
    rows, columns = sheet.shape
    left, top = LEFT * theme.scale, TOP * theme.scale
    layout = canvas(theme, (width - left) * rows / columns + top + FOOT, (left, 2, top, FOOT))
    layout["xaxis"] = {
        "range": [0.5, columns + 0.5], "fixedrange": True, "side": "top", "tickvals": [1 + k * (side + gap) + (side - 1) / 2 for k in range(heads)],
        "ticktext": [f"head {k + 1}" if k == 0 else str(k + 1) for k in range(heads)], "ticklabelstandoff": round(17 * theme.scale),
    }  # fmt: skip
    layout["yaxis"] = {
        "range": [rows + 0.5, 0.5], "fixedrange": True, "tickvals": [1 + k * (side + gap) + (side - 1) / 2 for k in range(layers)],
        "ticktext": [f"layer {k + 1}" for k in range(layers)], "ticklabelstandoff": 6,
    }  # fmt: skip
    layout["shapes"] = [_frame(layer, head, side, gap, named, chosen, theme) for layer in range(layers) for head in range(heads)]
    layout["annotations"] = [_sign(*place, side, gap, one, theme) for place, one in named.items()]
    heat = {
        "type": "heatmap", "z": sheet, "x": np.arange(1, columns + 1, dtype=np.int32), "y": np.arange(1, rows + 1, dtype=np.int32), "zmin": 0, "zmax": 1,
        "colorscale": theme.shades(theme.forward), "showscale": False, "hoverongaps": False, "hovertemplate": "%{text}<extra></extra>",
        "text": _told(sheet.shape, layers, heads, side, gap, named),
    }  # fmt: skip
    return spec([heat], layout)


def gap_of(maps: np.ndarray) -> int:
    """Cells between two maps."""
    return max(1, round(AIR * min(maps.shape[-1], SMALL)))


def head_at(x: float, y: float, maps: np.ndarray) -> tuple[int, int] | None:
    """Layer and head, from 0, at a place on the axes; None beside all maps."""
    side = min(maps.shape[-1], SMALL)
    return tile_at(x, y, (*maps.shape[:2], side, side), gap_of(maps))


def pattern_key(named: Named, total: int) -> str:
    """How many heads follow each pattern, with its sign, the most frequent first."""
    counts = {name: sum(one == name for one, _ in named.values()) for name in PATTERNS}
    told = [f"{PATTERNS[name][0]} {WORDS[name]}: {count}" for name, count in sorted(counts.items(), key=lambda pair: -pair[1]) if count]
    rest = total - len(named)
    return " · ".join([*told, f"none of these: {rest}"])


WORDS = {
    "previous": "the subword before", "next": "the subword after", "separator": "separators", "itself": "itself", "same": "the same subword elsewhere",
}  # fmt: skip


def _corner(layer: int, head: int, side: int, gap: int) -> tuple[float, float]:
    return head * (side + gap) + 0.5, layer * (side + gap) + 0.5


def _frame(layer: int, head: int, side: int, gap: int, named: Named, chosen: tuple[int, int], theme: Theme) -> dict:
    left, top = _corner(layer, head, side, gap)
    pattern = named.get((layer, head))
    line = {"color": _colour(pattern[0], theme) if pattern else theme.line, "width": 1 if not pattern or pattern[0] == "separator" else 2}
    if (layer, head) == chosen:
        line = {"color": theme.ink, "width": 2.6}
    return {"type": "rect", "x0": left, "x1": left + side, "y0": top, "y1": top + side, "fillcolor": "rgba(0,0,0,0)", "line": line}


def _sign(layer: int, head: int, side: int, gap: int, pattern: tuple[str, float], theme: Theme) -> dict:
    left, top = _corner(layer, head, side, gap)
    font = {"size": theme.px(11), "color": _colour(pattern[0], theme)}
    text = f"<b>{PATTERNS[pattern[0]][0]}</b> {100 * pattern[1]:.0f}"
    return note(text, left, top, xref="x", yref="y", xanchor="left", yanchor="bottom", yshift=1, font=font)


def _colour(pattern: str, theme: Theme) -> str:
    number = PATTERNS[pattern][1]
    return theme.quiet if number == QUIET else theme.category(number)


def _told(shape: tuple[int, int], layers: int, heads: int, side: int, gap: int, named: Named) -> list[list[str]]:
    names = [[_name(layer, head, named) for head in range(heads)] for layer in range(layers)]
    return [
        [names[min(y // (side + gap), layers - 1)][min(x // (side + gap), heads - 1)] for x in range(shape[1])] for y in range(shape[0])
    ]  # fmt: skip


def _name(layer: int, head: int, named: Named) -> str:
    said = f"layer {layer + 1}, head {head + 1}"
    pattern = named.get((layer, head))
    return plain(f"{said}: {share_of(pattern[1])} on {WORDS[pattern[0]]}" if pattern else said, 80)
