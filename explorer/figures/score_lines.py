"""The scores of several networks over the same training, each in the hue of its architecture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, end_labels, number, picture, spec
from explorer.figures.lanes import hue
from explorer.figures.meter_curve import SIDES, at_moment, title
from explorer.figures.moment import round_up
from explorer.figures.palette import Theme, plain


@dataclass(frozen=True, eq=False)
class ScoreLine:
    """A network's score at the training steps at which it was measured.

    Attributes
    ----------
    name : str
    architecture : str
        Picks the hue.
    steps, values : (n,) arrays
    """

    name: str
    architecture: str
    steps: np.ndarray
    values: np.ndarray


@picture
def score_lines(
    lines: Sequence[ScoreLine],
    theme: Theme,
    *,
    name: str,
    baseline: tuple[str, float] | None = None,
    end: float | None = None,
    share: bool = False,
    moment: int | None = None,
    height: float = 180,
) -> Spec:
    """One line for each network, named at its end.

    Parameters
    ----------
    name : str
        What the score is.
    baseline : (str, float), optional
        A rule's name and its score, dotted.
    end : float, optional
        The last training step.
    share : bool
        Whether scores are shares, written in per cent.
    moment : int, optional
        The training step that is looked at.
    """
    known = [*(value for line in lines for value in np.asarray(line.values, dtype=float)), *([baseline[1]] if baseline else [])]
    high = 1.0 if share else round_up(1.05 * max((value for value in known if np.isfinite(value)), default=1.0)) or 1.0
    last = max(round_up(end or max((float(line.steps[-1]) for line in lines if len(line.steps)), default=0.0)), 10.0)
    left, _, top, bottom = (theme.scale * side for side in SIDES)
    names = [line.name for line in lines] + ([baseline[0]] if baseline else [])
    layout = canvas(theme, height, (left, theme.scale * (60 + 6.6 * max((len(one) for one in names), default=4)), top, bottom), hovermode="x")
    layout["xaxis"] = {"range": [0, last], "nticks": 5, "tickformat": ",d", "showline": True}
    layout["yaxis"] = {"range": [0, high], "nticks": 4, "showgrid": True, "fixedrange": True} | ({"tickformat": ".0%"} if share else {})
    ends = [(float(line.values[-1]), f"{plain(line.name)} {_told(line.values[-1], share)}", hue(line.architecture, theme))
            for line in lines if len(line.values) and np.isfinite(line.values[-1])]  # fmt: skip
    layout["shapes"] = at_moment(moment, theme)
    if baseline is not None and np.isfinite(baseline[1]):
        ends.append((baseline[1], plain(baseline[0], 40) + f" {_told(baseline[1], share)}", theme.quiet))
        dots = {"color": theme.quiet, "width": 1.4, "dash": "dot"}
        layout["shapes"].append({"type": "line", "x0": 0, "x1": last, "y0": baseline[1], "y1": baseline[1], "line": dots})
    layout["annotations"] = [*end_labels(ends, 0, high, height - top - bottom, theme), title(name, theme)]
    return spec([_line(line, theme, share) for line in lines], layout)


def _line(line: ScoreLine, theme: Theme, share: bool) -> dict:
    colour = hue(line.architecture, theme)
    return {
        "type": "scatter", "mode": "lines+markers", "x": np.asarray(line.steps, dtype=np.float32), "y": np.asarray(line.values, dtype=np.float32),
        "line": {"color": colour, "width": 2.2}, "marker": {"color": colour, "size": 5 if len(line.steps) <= 40 else 3},
        "cliponaxis": False, "connectgaps": True,
        "hovertemplate": f"{plain(line.name)} %{{y:{'.1%' if share else '.3g'}}}<extra></extra>",
    }  # fmt: skip


def _told(value: float, share: bool) -> str:
    return f"{100 * value:.0f} %" if share else number(value)
