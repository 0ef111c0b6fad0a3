"""What is drawn in the graph of an unrolled network: states as coloured cells, pixels, and what a pointer finds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.palette import Theme, blend, plain
from explorer.figures.pixel_art import pixel_art, placed
from explorer.figures.topology_sheet import Sheet

REST, BEFORE = 0.22, 0.45
"""Strength of the rows of a picture beside the one that is read, and of those that were drawn before."""
PAPER = 0.07
"""Share of ink in the ground of a picture."""
OUTLINED = 9.0
"""Pixels of a column from which on its states are outlined."""


def states(sheet: Sheet) -> list[dict]:
    """One heat map for each direction, a strip of cells for each step."""
    scene, theme = sheet.scene, sheet.theme
    if scene.states is None:
        return []
    return [_strip(sheet, direction, values.T, theme) for direction, values in enumerate(scene.states)]


def _strip(sheet: Sheet, direction: int, values: np.ndarray, theme: Theme) -> dict:
    units, length = values.shape
    z = np.full((units, 2 * length - 1), np.nan, dtype=np.float32)
    z[:, ::2] = values
    middles, base = sheet.x(np.arange(length)), sheet.base(direction)
    bound = sheet.scene.bound
    return {
        "type": "heatmap", "z": z, "zmin": -bound, "zmax": bound, "colorscale": theme.diverging, "showscale": False,
        "x": np.column_stack([middles - sheet.half, middles + sheet.half]).ravel().astype(np.float32),
        "y": np.linspace(base, base + sheet.strip, units + 1, dtype=np.float32), "hoverongaps": False,
        "ygap": 0.6 if sheet.strip / units > 4 and sheet.sizes.words else 0,
        "hoverinfo": "skip",  # the pointer, and a click, are the whole column's
    }  # fmt: skip


def frames(sheet: Sheet) -> list[dict]:
    """An outline around the states of each step."""
    line = {"width": 1 if sheet.room >= OUTLINED else 0, "color": sheet.theme.line}
    empty = sheet.scene.states is None
    return [
        {"type": "rect", "x0": float(x - sheet.half), "x1": float(x + sheet.half), "y0": sheet.base(k), "layer": "above",
         "y1": sheet.base(k) + sheet.strip, "line": {**line, "color": sheet.theme.faint if empty else line["color"]}}
        for k in range(sheet.scene.directions) for x in sheet.x(np.arange(sheet.scene.length))
    ]  # fmt: skip


def pixels(sheet: Sheet) -> tuple[list[dict], list[dict]]:
    """What is read and what is drawn, where it is pixels: traces of single rows, and images of whole pictures."""
    columns = list(enumerate(sheet.scene.columns))
    traces: list[dict] = []
    images = [
        placed(_art(sheet, one.pixels), float(sheet.x(t)), sheet.read / 2, 1.6 * sheet.read, sheet.read - 4)
        for t, one in columns if one.pixels is not None and one.pixels.ndim == 2
    ]  # fmt: skip
    read = [(t, one.pixels) for t, one in columns if one.pixels is not None and one.pixels.ndim == 1]
    drawn = [(t, one.draws) for t, one in columns if one.draws is not None]
    if read and sheet.framed and not drawn:
        images += _framed(sheet, read, sheet.read - 3 - sheet.glance / 2, REST)
    elif read:
        traces.append(_rows(sheet, read, sheet.read - 3 - sheet.pixel, sheet.read - 3))
    if drawn and sheet.framed:
        images += _framed(sheet, drawn, sheet.answer + 4 + sheet.glance / 2, 0.0)
    elif drawn:
        traces.append(_rows(sheet, drawn, sheet.answer + 3, sheet.answer + 3 + sheet.pixel))
    return traces, images


def _framed(sheet: Sheet, rows: Sequence[tuple[int, np.ndarray]], y: float, rest: float) -> list[dict]:
    """Each row in its place in the picture: those before it paler, those after it paler still, or not there yet."""
    whole = np.stack([row for _, row in rows])
    found = []
    for i, (t, _) in enumerate(rows):
        strength = np.full(len(rows), rest)
        strength[:i] = max(rest, BEFORE) if rest == 0 else rest
        strength[i] = 1.0
        found.append(
            placed(_art(sheet, whole * strength[:, None]), float(sheet.x(t)), y, 0.9 * sheet.room, sheet.glance)
        )
    return found


def _art(sheet: Sheet, picture: np.ndarray) -> str:
    theme = sheet.theme
    return pixel_art(picture, blend(theme.background, theme.ink, PAPER), theme.ink)


def _rows(sheet: Sheet, rows: Sequence[tuple[int, np.ndarray]], low: float, high: float) -> dict:
    """Strips of pixels side by side as one heat map, with gaps between the columns."""
    half, width = 0.42 * sheet.room, len(rows[0][1])
    z = np.full((1, len(rows) * (width + 1) - 1), np.nan, dtype=np.float32)
    edges = []
    for i, (t, row) in enumerate(rows):
        z[0, i * (width + 1) : i * (width + 1) + width] = row
        x = float(sheet.x(t))
        edges.append(np.linspace(x - half, x + half, width + 1))
    return _ink(sheet, z, np.concatenate(edges), np.array([low, high]))


def _ink(sheet: Sheet, z: np.ndarray, x: np.ndarray, y: np.ndarray) -> dict:
    theme = sheet.theme
    paper = blend(theme.background, theme.ink, PAPER)
    return {
        "type": "heatmap", "z": z.astype(np.float32), "x": x.astype(np.float32), "y": y.astype(np.float32), "zmin": 0, "zmax": 1,
        "colorscale": [[0.0, paper], [1.0, theme.ink]], "showscale": False, "hoverongaps": False, "hoverinfo": "skip",
    }  # fmt: skip


def ground(sheet: Sheet) -> dict:
    """Invisible bars that make whole columns sensitive: a click names the step, and the pointer is answered."""
    scene = sheet.scene
    steps = np.arange(scene.length)
    return {
        "type": "bar", "x": sheet.x(steps).astype(np.float32), "y": np.full(scene.length, sheet.height, dtype=np.float32),
        "base": 0, "width": sheet.room, "marker": {"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        "customdata": steps.astype(np.int32), "hovertext": [_said(sheet, t) for t in steps.tolist()], "hoverinfo": "text",
    }  # fmt: skip


def _said(sheet: Sheet, t: int) -> str:
    """All about one step, for the pointer."""
    column, gradient = sheet.scene.columns[t], sheet.scene.gradient
    parts = [f"step {t + 1}"]
    if column.reads:
        parts.append(f"reads {plain(column.reads)}")
    parts += [f"puts out {plain(name)} with {100 * share:.1f} %" for name, share in column.guesses[:1]]
    if column.right:
        parts.append(f"right is {plain(column.right)}")
    if gradient is not None and np.isfinite(gradient[t]):
        parts.append(f"gradient {gradient[t]:.3g}")
    return "<br>".join(parts)
