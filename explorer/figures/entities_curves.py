"""F1 of one or several taggers over their training, each with its 95 % interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, end_labels, picture, spec
from explorer.figures.meter_curve import SIDES, at_moment, title
from explorer.figures.moment import round_up
from explorer.figures.palette import Theme, fade, plain

DASHES = ("solid", "dot", "dash", "dashdot")
MARKS = ("━━━", "┈┈┈", "╌╌╌", "─·─·")


@dataclass(frozen=True, eq=False)
class F1Line:
    """F1 of one tagger at the steps at which it was measured, with the ends of its interval: (T,) arrays, shares of 1."""

    name: str
    steps: np.ndarray
    values: np.ndarray
    low: np.ndarray
    high: np.ndarray


@picture
def entities_curves(
    lines: Sequence[F1Line], theme: Theme, *, name: str, end: float | None = None, moment: int | None = None, height: float = 210
) -> Spec:
    """One line with its band for each tagger.

    Parameters
    ----------
    name : str
        On what F1 is measured.
    end : float, optional
        The last training step.
    moment : int, optional
        The step that is looked at.
    """
    last = max(round_up(end or max((float(line.steps[-1]) for line in lines if len(line.steps)), default=0.0)), 10.0)
    left, _, top, bottom = (theme.scale * side for side in SIDES)
    layout = canvas(theme, height, (left, theme.scale * 50, top, bottom), hovermode="x")
    layout["xaxis"] = {"range": [0, last], "nticks": 5, "tickformat": ",d", "showline": True}
    layout["yaxis"] = {"range": [0, 1], "tickvals": [0, 0.5, 1], "tickformat": ".0%", "showgrid": True, "fixedrange": True}
    colours = line_colours(len(lines), theme)
    ends = [
        (float(line.values[-1]), f"{100 * line.values[-1]:.0f} %", colour)
        for line, colour in zip(lines, colours, strict=True) if len(line.values)
    ]  # fmt: skip
    layout["shapes"] = at_moment(moment, theme)
    layout["annotations"] = [*end_labels(ends, 0, 1, height - top - bottom, theme), title(name, theme)]
    return spec([one for i, line in enumerate(lines) for one in _drawn(line, colours[i], DASHES[i % 4])], layout)


def line_names(names: Sequence[str]) -> list[str]:
    """Each name behind a piece of its line, for a key above several pictures."""
    return [f"{MARKS[i % 4]} {name}" for i, name in enumerate(names)]


def line_colours(number: int, theme: Theme) -> list[str]:
    """The first tagger in blue, the others in quieter hues of their own."""
    return [theme.forward, *(theme.quiet if number == 2 else theme.category((6, 5, 7)[i % 3]) for i in range(number - 1))]


def _drawn(line: F1Line, colour: str, dash: str) -> list[dict]:
    x = np.asarray(line.steps, dtype=np.float32)
    edge = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "x": x}
    return [
        {**edge, "y": line.low.astype(np.float32)},
        {**edge, "y": line.high.astype(np.float32), "fill": "tonexty", "fillcolor": fade(colour, 0.13)},
        {"type": "scatter", "mode": "lines", "x": x, "y": line.values.astype(np.float32), "cliponaxis": False,
         "line": {"color": colour, "width": 2.2, "dash": dash}, "hovertemplate": f"{plain(line.name)} %{{y:.1%}}<extra></extra>"},
    ]  # fmt: skip
