"""The arrows of an unrolled graph: forward blue, orange down from the loss, dotted where an output becomes an input."""

from __future__ import annotations

import numpy as np

from explorer.figures.palette import fade
from explorer.figures.topology_scene import Column
from explorer.figures.topology_sheet import Sheet

HEADS = 9.0
"""Pixels of a column from which on its arrows have heads."""


class Arrows:
    """Many arrows of one colour as two traces."""

    def __init__(self, colour: str, width: float, dash: str = "solid", size: float = 8.0) -> None:
        self.line = {"color": colour, "width": width, "dash": dash}
        self.size = size
        self.x: list[float] = []
        self.y: list[float] = []
        self.heads: list[tuple[float, float, str]] = []

    def add(self, *points: tuple[float, float], head: str = "") -> None:
        """A line through points; its head, e.g. "triangle-up", stands on the last one."""
        self.x += [x for x, _ in points] + [np.nan]
        self.y += [y for _, y in points] + [np.nan]
        if head:
            self.heads.append((*points[-1], head))

    def traces(self) -> list[dict]:
        """None, one, or two of them."""
        if not self.x:
            return []
        found = [{"type": "scatter", "mode": "lines", "x": np.array(self.x, dtype=np.float32), "line": self.line,
                  "y": np.array(self.y, dtype=np.float32), "hoverinfo": "skip"}]  # fmt: skip
        if self.heads:
            x, y, shapes = zip(*self.heads, strict=True)
            found.append({
                "type": "scatter", "mode": "markers", "x": np.array(x, dtype=np.float32), "y": np.array(y, dtype=np.float32),
                "hoverinfo": "skip", "marker": {"symbol": list(shapes), "size": self.size, "color": self.line["color"]},
            })  # fmt: skip
        return found


def arrows(sheet: Sheet) -> list[dict]:
    """Forward blue: up from what is read, on through time, up to what is put out. Orange: down from the loss."""
    theme, small = sheet.theme, not sheet.sizes.words
    size = 5.0 if small else 8.0 * theme.scale
    forward = Arrows(fade(theme.forward, 0.8), 1.2 if small else 1.6, size=size)
    back = Arrows(theme.gradient, 1.4 if small else 2.0, size=size)
    again = Arrows(theme.faint if small else theme.quiet, 1.0 if small else 1.2, "dot", 0.8 * size)
    _through_time(sheet, forward)
    for t, column in enumerate(sheet.scene.columns):
        _of(sheet, t, column, forward, back)
        if column.fed_back:
            _again(sheet, t, again)
    return [*again.traces(), *forward.traces(), *back.traces()]


def _of(sheet: Sheet, t: int, column: Column, forward: Arrows, back: Arrows) -> None:
    x, up = float(sheet.x(t)), "triangle-up" if sheet.room >= HEADS else ""
    down = "triangle-down" if sheet.room >= HEADS else ""
    both = sheet.scene.directions > 1 and sheet.room >= 30
    if column.reads or column.pixels is not None:
        forward.add((x, sheet.read + 1), (x, sheet.bottom - 4), head=up)
        if both:  # what is read goes to both directions, and both speak
            side = x - sheet.half - 0.07 * sheet.room
            low, high = sheet.read + 7, sheet.base(1) + 6
            forward.add((x, low), (side, low), (side, high), (x - sheet.half, high))
    if column.answers:
        forward.add((x, sheet.top + 2), (x, sheet.answer - 4), head=up)
        if both:
            side, y = x + sheet.half + 0.07 * sheet.room, sheet.base(0) + sheet.strip - 6
            forward.add((x + sheet.half, y), (side, y), (side, sheet.top + 8), (x, sheet.top + 8))
    if column.loss:
        above = sheet.height - (15 * sheet.theme.scale if sheet.sizes.words and sheet.room >= 14 else 0)
        back.add((x, above), (x, sheet.loss + 4), head=down)


def _through_time(sheet: Sheet, forward: Arrows) -> None:
    if not sheet.scene.across:
        return
    air = sheet.room - 2 * sheet.half
    for k in range(sheet.scene.directions):
        y = sheet.base(k) + sheet.strip / 2
        for t in range(sheet.scene.length - 1):
            left, right = float(sheet.x(t)) + sheet.half + 2, float(sheet.x(t + 1)) - sheet.half - 2
            if right - left < 5:
                continue
            tip = 3 if air > 12 else 1
            if k:
                forward.add((right, y), (left + tip, y), head="triangle-left")
            else:
                forward.add((left, y), (right - tip, y), head="triangle-right")


def _again(sheet: Sheet, t: int, again: Arrows) -> None:
    """From what was put out one step before, down between the columns, to what is read now."""
    if t == 0 or sheet.room < 30 and sheet.sizes.words or sheet.room < 14:
        return
    before, x = float(sheet.x(t - 1)), float(sheet.x(t))
    lane = (before + x) / 2
    drawn = sheet.scene.columns[t - 1].draws is not None
    high, low = sheet.answer + (0.5 if drawn else 0.2) * sheet.output, sheet.words
    away = sheet.glance / 2 + 2 if drawn and sheet.framed else min(0.42 * sheet.room, sheet.half + 10)
    if sheet.sizes.words and sheet.scene.columns[t].pixels is not None:
        low = sheet.read - 3 - sheet.pixel / 2
    near = 0.44 * sheet.room if sheet.scene.columns[t].pixels is not None else min(0.44 * sheet.room, 14)
    again.add((before + away, high), (lane, high), (lane, low), (x - near, low), head="triangle-right")
