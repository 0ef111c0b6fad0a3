"""The leading picture: the unrolled network, everything that belongs to one moment in time in one column."""

from __future__ import annotations

from explorer.figures.canvas import Spec, picture, spec
from explorer.figures.expectations import expectation_rows
from explorer.figures.gradients import gradient_row
from explorer.figures.headings import columns
from explorer.figures.inputs import PICTURE_AXIS, input_rows, is_picture
from explorer.figures.moment import Moment, Ranges, ranges
from explorer.figures.palette import Theme, fade
from explorer.figures.rows import stack
from explorer.figures.strips import cell_rows, gate_rows, hidden_rows

COMPACT = 520
"""Height in pixels that fits a 1280 x 720 projector together with the transport bar."""


@picture
def unrolled(
    moment: Moment,
    theme: Theme,
    over: Ranges | None = None,
    *,
    layer: int = -1,
    show_naive: bool = False,
    compact: bool = False,
    width: float = 860,
    selected: int | None = None,
) -> Spec:
    """Words, states, memory, gates, expectations and gradients of one example under one another.

    Parameters
    ----------
    moment : Moment
        The example as the network of this moment sees it.
    over : Ranges or None
        Axis ranges over the whole history; without them, those of this moment and its start.
    layer : int
        Whose gates and gradients are shown; -1 is the top layer.
    show_naive : bool
        Also what `retain_grad` on the fused output would have given.
    compact : bool
        Fit into 520 pixels, for a projector; with more rows than have room for their names it is taller.
    width : float
        Expected width in pixels; decides only whether words fit their columns.
    selected : int or None
        A step, counted from 0, whose column is marked.
    """
    over = over or ranges([moment.arrays, *([moment.start] if moment.start else [])])
    rows = input_rows(moment, theme) + hidden_rows(moment, theme, over) + cell_rows(moment, theme, over, layer)
    gates = gate_rows(moment, theme, layer)
    if gates:
        gates[0].gap = 12
    rows += gates + expectation_rows(moment, theme, over, width)
    if "grad_hidden" in moment.arrays:
        rows.append(gradient_row(moment, theme, over, layer, show_naive, 84 * theme.scale if compact else 112))
    heading, top = columns(moment.steps, theme, width)
    data, layout = stack(rows, heading, theme, top, COMPACT if compact else None)
    if is_picture(moment):
        layout["xaxis3"] = PICTURE_AXIS
    if selected is not None:
        layout["shapes"] = [_column(selected + 1, theme)]
    return spec(data, layout)


def _column(step: int, theme: Theme) -> dict:
    return {
        "type": "rect", "x0": step - 0.5, "x1": step + 0.5, "y0": 0, "y1": 1, "yref": "paper",
        "line": {"width": 1.5, "color": theme.ink}, "fillcolor": fade(theme.ink, 0.04), "layer": "above",
    }  # fmt: skip
