"""The leading picture of the shapes: the unrolled graph with a real example in it, and the gradient under it."""

from __future__ import annotations

from explorer.figures.canvas import Spec, canvas, picture, spec
from explorer.figures.palette import Theme, fade
from explorer.figures.topology_arrows import arrows
from explorer.figures.topology_attention import looks
from explorer.figures.topology_marks import frames, ground, pixels, states
from explorer.figures.topology_profile import Decades, axis, decades_of, profile, scale_notes
from explorer.figures.topology_scene import Scene
from explorer.figures.topology_sheet import COMPACT, LARGE, Sheet
from explorer.figures.topology_words import names, written

LEFT, RIGHT = 142, 74
"""Margins in pixels for the names of the rows and the powers of ten."""
PROFILE, AIR = 96, 26
"""Pixels of the gradient's panel, and between it and what is read."""


@picture
def topology_graph(
    scene: Scene,
    theme: Theme,
    decades: Decades | None = None,
    *,
    width: float = 900,
    chosen: int | None = None,
    compact: bool = False,
) -> Spec:
    """Inputs below, states as coloured cells, outputs with probabilities above, the loss where it enters.

    Parameters
    ----------
    scene : Scene
    decades : tuple of int or None
        Powers of ten of the gradient's axis; those of this scene when left out.
    width : float
        Expected pixels; decides what fits.
    chosen : int or None
        A step of the decoder, counted from 0, whose attention stands out; or the step whose column is marked.
    compact : bool
        Lower rows, for a projector.
    """
    left, right = LEFT * theme.scale, RIGHT * theme.scale
    sheet = Sheet(scene, theme, 0.0, width - left - right, COMPACT if compact else LARGE)
    decades = decades or decades_of([scene])
    below, air = (66 if compact else PROFILE) * theme.scale, (16 if compact else AIR) * theme.scale
    total = sheet.height + air + below
    layout = canvas(theme, total + 12, (left, right, 4, 8), barmode="overlay")
    layout["xaxis"] = {"range": [0, width - left - right], "fixedrange": True, "showticklabels": False, "anchor": "y2"}
    layout["yaxis"] = {
        "range": [0, sheet.height],
        "domain": [1 - sheet.height / total, 1],
        "fixedrange": True,
        "showticklabels": False,
    }
    layout["yaxis2"] = axis(decades, theme, [0, below / total])
    layout["shapes"] = frames(sheet) + _marked(sheet, chosen)
    words, notes = written(sheet)
    strips, layout["images"] = pixels(sheet)
    layout["annotations"] = notes + names(sheet) + scale_notes(sheet, decades)
    at = None if chosen is None or chosen < scene.encoder else chosen - scene.encoder
    data = [ground(sheet), *states(sheet), *strips, *looks(sheet, at), *arrows(sheet), *words, *profile(sheet, decades)]
    return spec(data, layout)


def _marked(sheet: Sheet, chosen: int | None) -> list[dict]:
    """A tint behind the chosen column, through both panels."""
    if chosen is None or not 0 <= chosen < sheet.scene.length:
        return []
    x = float(sheet.x(chosen))
    return [{
        "type": "rect", "x0": x - sheet.room / 2, "x1": x + sheet.room / 2, "y0": 0, "y1": 1, "yref": "paper", "layer": "below",
        "line": {"width": 0}, "fillcolor": fade(sheet.theme.forward, 0.09),
    }]  # fmt: skip
