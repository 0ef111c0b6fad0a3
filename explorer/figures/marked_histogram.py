"""How often each value occurs, and where a certain one stands among them."""

from __future__ import annotations

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.palette import Theme, fade

BINS = 60


@picture
def marked_histogram(
    values: np.ndarray,
    value: float,
    label: str,
    theme: Theme,
    *,
    axis: str,
    ends: tuple[float, float],
    what: str,
    tick: float = 0.2,
    height: float = 230,
) -> Spec:
    """Shares of values as bars, those below the marked one in the stronger shade.

    Parameters
    ----------
    values : numpy.ndarray, (n,)
    value : float
        The marked one.
    label : str
        Stands above its line; trusted text, already escaped.
    axis : str
        What the values are.
    ends : (float, float)
        Shown at least; the range grows with the values.
    what : str
        What is counted, for the pointer: "random pairs".
    tick : float
        Distance of the ticks.
    """
    low = min(ends[0], value, float(values.min(initial=ends[0])))
    high = max(ends[1], value, float(values.max(initial=ends[1])))
    counts, edges = np.histogram(values, BINS, (low, high))
    share = counts / max(counts.sum(), 1)
    layout = canvas(theme, height, (16, 16, 58 * theme.scale, 44 * theme.scale), bargap=0.08)
    title = {"text": axis, "font": {"size": theme.px(12), "color": theme.quiet}, "standoff": 4}
    room = 0.02 * (high - low)
    layout["xaxis"] = {
        "range": [low - room, high + room],
        "showline": True,
        "dtick": tick,
        "title": title,
        "fixedrange": True,
    }
    layout["yaxis"] = {"range": [0, 1.05 * max(float(share.max()), 1e-9)], "visible": False, "fixedrange": True}
    colours = [fade(theme.quiet, 0.42 if under else 0.2) for under in edges[1:] <= value]
    bars = {
        "type": "bar", "x": (edges[:-1] + edges[1:]) / 2, "y": share.astype(np.float32), "marker": {"color": colours, "line": {"width": 0}},
        "customdata": 100 * share, "hovertemplate": f"about %{{x:.2f}}: %{{customdata:.1f}} % of {what}<extra></extra>",
    }  # fmt: skip
    layout["shapes"] = [
        {
            "type": "line",
            "x0": value,
            "x1": value,
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "line": {"color": theme.forward, "width": 2.4},
        }
    ]
    place = (value - low) / (high - low)
    side = "right" if place > 0.75 else "left" if place < 0.25 else "center"
    font = {"size": theme.px(15), "color": theme.forward}
    layout["annotations"] = [note(label, value, 1, yref="paper", xanchor=side, yanchor="bottom", yshift=8, font=font)]
    return spec([bars], layout)
