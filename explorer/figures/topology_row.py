"""Five small graphs side by side, one for each shape, over one axis of gradients: to compare, and to choose from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, power, spec
from explorer.figures.palette import Theme, fade
from explorer.figures.topology_arrows import arrows
from explorer.figures.topology_marks import frames, pixels, states
from explorer.figures.topology_profile import axis, decades_of, profile
from explorer.figures.topology_scene import Scene
from explorer.figures.topology_sheet import SMALL, Sheet
from explorer.figures.topology_words import written

TITLE, PROFILE, AIR = 24, 44, 10
"""Pixels of the names, of the gradients, and between them and the graphs."""
INSET = 14
"""Pixels at both sides of a graph."""


@picture
def topology_row(
    scenes: Sequence[Scene], titles: Sequence[str], chosen: int, theme: Theme, *, width: float = 900
) -> Spec:
    """The same world in several shapes. A click on a graph names it: its number, counted from 0.

    Parameters
    ----------
    scenes : sequence of Scene
        Those without states are drawn as empty cells.
    titles : sequence of str
        Our own words.
    chosen : int
        Which of them is tinted.
    """
    margin = 40 * theme.scale
    each = (width - margin) / max(len(scenes), 1)
    sheets = [_sheet(scene, i, each, theme) for i, scene in enumerate(scenes)]
    tall = max((sheet.height for sheet in sheets), default=1.0) + TITLE * theme.scale
    below = PROFILE * theme.scale
    total = tall + AIR + below
    layout = canvas(theme, total + 12, (4, margin, 4, 8), barmode="overlay", hovermode="closest")
    layout["xaxis"] = {"range": [0, each * len(scenes)], "fixedrange": True, "showticklabels": False, "anchor": "y2"}
    layout["yaxis"] = {"range": [0, tall], "domain": [1 - tall / total, 1], "fixedrange": True, "showticklabels": False}
    decades = decades_of(scenes)
    layout["yaxis2"] = axis(decades, theme, [0, below / total])
    layout["shapes"] = [*_panels(len(scenes), each, chosen, theme), *(shape for one in sheets for shape in frames(one))]
    layout["annotations"] = [*_titles(titles, each, tall, chosen, theme), *_scale(decades, theme)]
    data, layout["images"] = [_ground(titles, each, tall)], []
    for sheet in sheets:
        strips, images = pixels(sheet)
        layout["images"] += images
        data += [*states(sheet), *strips, *arrows(sheet), *written(sheet)[0], *profile(sheet, decades)]
    return spec(data, layout)


def _sheet(scene: Scene, number: int, each: float, theme: Theme) -> Sheet:
    """All graphs of one height, so that their states stand level."""
    heights = (SMALL.picture * theme.scale, 2.6 * SMALL.line * theme.scale)
    return Sheet(scene, theme, number * each + INSET, each - 2 * INSET, SMALL, heights)


def _ground(titles: Sequence[str], each: float, tall: float) -> dict:
    places = np.arange(len(titles))
    return {
        "type": "bar", "x": ((places + 0.5) * each).astype(np.float32), "y": np.full(len(titles), tall, dtype=np.float32),
        "base": 0, "width": each, "marker": {"color": "rgba(0,0,0,0)", "line": {"width": 0}}, "hoverinfo": "text",
        "customdata": places.astype(np.int32), "hovertext": [f"Show {title.lower()}" for title in titles],
    }  # fmt: skip


def _panels(count: int, each: float, chosen: int, theme: Theme) -> list[dict]:
    """A tint and a rule for the chosen graph, through both panels; hairlines between the others."""
    common = {"yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    lines = [
        {**common, "type": "line", "x0": i * each, "x1": i * each, "line": {"width": 1, "color": theme.line}}
        for i in range(1, count)
    ]
    x = chosen * each
    tint = {
        **common,
        "type": "rect",
        "x0": x,
        "x1": x + each,
        "line": {"width": 0},
        "fillcolor": fade(theme.forward, 0.09),
    }
    rule = {
        "type": "line",
        "yref": "paper",
        "y0": 1,
        "y1": 1,
        "x0": x,
        "x1": x + each,
        "line": {"width": 3, "color": theme.forward},
    }
    return [*lines, tint, rule]


def _titles(titles: Sequence[str], each: float, tall: float, chosen: int, theme: Theme) -> list[dict]:
    return [
        note(f"<b>{title}</b>" if i == chosen else title, (i + 0.5) * each, tall - 0.5 * TITLE * theme.scale,
             font={"size": theme.px(13.5), "color": theme.ink if i == chosen else theme.quiet})
        for i, title in enumerate(titles)
    ]  # fmt: skip


def _scale(decades: tuple[int, int], theme: Theme) -> list[dict]:
    style = {"xref": "paper", "yref": "y2", "xanchor": "left", "xshift": 5, "yanchor": "middle"}
    font = {"size": theme.px(10), "color": theme.quiet}
    return [note(power(decade), 1, decade, font=font, **style) for decade in decades]
