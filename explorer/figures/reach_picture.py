"""The leading picture of an architecture: what it reads, along which connections that reaches the answer, what the
network expects, and how much the loss cares about each input."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from explorer.figures.canvas import Spec, picture, spec
from explorer.figures.expectations import expectation_rows
from explorer.figures.gradients import gradient_row
from explorer.figures.headings import column_width, columns
from explorer.figures.inputs import PICTURE_AXIS, input_rows, is_picture
from explorer.figures.moment import Moment, Ranges
from explorer.figures.palette import Theme, fade, symbol
from explorer.figures.rows import Row, stack
from explorer.figures.wiring import Wiring
from explorer.figures.wiring_row import wiring_rows

COMPACT = 480
"""Height in pixels that fits a 1280 x 720 projector together with the transport bar and the choice of the architecture."""


@dataclass(frozen=True, eq=False)
class Reach:
    """One example as an architecture sees it.

    Attributes
    ----------
    moment : Moment
        What is read and expected; of its arrays (and those of its start) the expectations and ``grad_input`` (T,),
        |dL/dx_t| at the embedded input.
    wiring : Wiring
        The connections to the answer that is looked at, and how long each way is.
    chosen : int or None
        The input whose way is drawn boldly, counted from 0.
    """

    moment: Moment
    wiring: Wiring
    chosen: int | None = None

    @property
    def gradient(self) -> np.ndarray:
        """(T,) |dL/dx_t|, NaN where there is no way to the answer and nothing was measured either."""
        return _where_seen(np.asarray(self.moment.arrays["grad_input"], dtype=float), self.wiring)


def gradient_ranges(over: Ranges, gradient: np.ndarray) -> Ranges:
    """Ranges wide enough for one more input gradient (T,)."""
    return over.widened({"grad_hidden": gradient})


@picture
def reach_picture(
    reach: Reach, theme: Theme, over: Ranges | None = None, *, compact: bool = False, width: float = 860
) -> Spec:
    """Inputs, connections, expectations, lengths of the ways and input gradients of one example under one another.

    Parameters
    ----------
    over : Ranges or None
        Axis ranges over the whole history; without them, those of this moment and its start.
    compact : bool
        Fit into 480 pixels, for a projector.
    width : float
        Expected width in pixels; decides only whether words fit their columns.
    """
    moment = reach.moment
    over = over or ranges_of(reach)
    room = column_width(moment.length, theme, width)
    wires, lengths = wiring_rows(reach.wiring, reach.chosen, moment.steps, theme, room)
    read = [replace(row, stretch=False) for row in input_rows(moment, theme)]
    rows = [*read, wires, *expectation_rows(moment, theme, over, width), lengths]
    rows.append(_gradient(reach, theme, over, 84 * theme.scale if compact else 112))
    heading, top = columns(moment.steps, theme, width)
    data, layout = stack(rows, heading, theme, top, COMPACT if compact else None)
    if is_picture(moment):
        layout["xaxis3"] = PICTURE_AXIS
    if reach.chosen is not None and moment.length > 1:
        layout["shapes"] = [_column(reach.chosen + 1, theme)]
    return spec(data, layout)


def ranges_of(reach: Reach) -> Ranges:
    """Ranges for one moment and its start alone."""
    over = Ranges().widened(reach.moment.arrays)
    for arrays in (reach.moment.arrays, reach.moment.start or {}):
        over = gradient_ranges(over, arrays["grad_input"]) if "grad_input" in arrays else over
    return over


def _gradient(reach: Reach, theme: Theme, over: Ranges, height: float) -> Row:
    """|dL/dx_t| now and at the start; a cross where there is no way: that is not a gradient that faded."""
    moment = reach.moment
    start = moment.start and moment.start.get("grad_input")
    at_start = None if start is None else {"grad_hidden": _where_seen(np.asarray(start, dtype=float), reach.wiring)[None, None]}
    shown = replace(moment, arrays={"grad_hidden": reach.gradient[None, None]}, start=at_start)
    row = gradient_row(shown, theme, over, height=height)
    row.name = f"gradient |∂{symbol('L')}/∂{symbol('x', 't')}|"
    cut = np.flatnonzero(np.isnan(reach.gradient) & ~reach.wiring.seen)
    row.traces += [_cut(cut, over.shown_decades[0], theme)] if len(cut) else []
    return row


def _where_seen(norms: np.ndarray, wiring: Wiring) -> np.ndarray:
    return np.where((norms == 0) & ~wiring.seen, np.nan, norms)


def _cut(steps: np.ndarray, low: float, theme: Theme) -> dict:
    return {
        "type": "scatter", "mode": "markers", "x": (steps + 1).astype(np.float32), "y": np.full(len(steps), low, dtype=np.float32),
        "marker": {"symbol": "x-thin-open", "size": 6, "color": theme.quiet, "opacity": 1},
        "hovertemplate": "%{x}<br>no way to the answer: exactly 0<extra></extra>",
    }  # fmt: skip


def _column(step: int, theme: Theme) -> dict:
    return {
        "type": "rect", "x0": step - 0.5, "x1": step + 0.5, "y0": 0, "y1": 1, "yref": "paper",
        "line": {"width": 0}, "fillcolor": fade(theme.forward, 0.07), "layer": "below",
    }  # fmt: skip
