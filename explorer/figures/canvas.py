"""What all pictures share: quiet axes, notes in the margin, labels at the ends of lines, and how a figure is built."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Generic, ParamSpec

import numpy as np

from explorer.figures.palette import FONT, Theme

if TYPE_CHECKING:
    import plotly.graph_objects as go

Spec = dict[str, Any]
"""A figure as plotly's own JSON has it: "data" and "layout", with NumPy arrays."""
Drawn = ParamSpec("Drawn")


class Picture(Generic[Drawn]):
    """A pure function from data to a plotly figure, which can also be had as the plain dict behind it.

    Called, it gives a `plotly.graph_objects.Figure`. `spec` gives what the browser needs, in a quarter of the time:
    plotly copies every part of a figure when it is made, and a live page makes several a few times a second.
    """

    def __init__(self, draw: Callable[Drawn, Spec]) -> None:
        update_wrapper(self, draw)
        self._draw = draw

    def __call__(self, *args: Drawn.args, **kwargs: Drawn.kwargs) -> go.Figure:
        import plotly.graph_objects as go  # heavy, and of no use to a page, which asks for `spec`

        # Not validated: the tests validate every figure instead.
        return go.Figure(self._draw(*args, **kwargs), _validate=False)

    def spec(self, *args: Drawn.args, **kwargs: Drawn.kwargs) -> Spec:
        """The figure as a dict with "data" and "layout"; its NumPy arrays are not copied."""
        return self._draw(*args, **kwargs)


picture = Picture
"""The decorator of every function that draws."""


def spec(data: list[dict], layout: dict) -> Spec:
    """What a picture consists of."""
    return {"data": data, "layout": layout}


def canvas(theme: Theme, height: float, margin: tuple[float, float, float, float], **more: Any) -> dict:
    """The layout every picture begins with; margin is left, right, top, bottom in pixels."""
    left, right, top, bottom = margin
    return {
        "template": _template(theme),
        "height": round(height),
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0, "autoexpand": False},
        "paper_bgcolor": theme.background,
        "plot_bgcolor": theme.background,
        "font": {"family": FONT, "size": theme.px(13), "color": theme.ink},
        "showlegend": False,
        "uirevision": "kept",
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": theme.surface,
            "bordercolor": theme.line,
            "font": {"family": FONT, "size": theme.px(13), "color": theme.ink},
            "align": "left",
        },
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": theme.faint, "activecolor": theme.ink},
        **more,
    }


def _template(theme: Theme) -> dict:
    """Quiet axes: no grid, no box, no zero line; only what is asked for. Plotly's own template would be 6.5 kB.

    Said once here rather than on each axis: a picture of ten rows is built in half the time.
    """
    tick = {"size": theme.px(11), "color": theme.quiet}
    quiet = {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "automargin": False,
        "tickfont": tick,
    }
    quiet |= {"gridcolor": theme.line, "linecolor": theme.line, "zerolinecolor": theme.line}
    key = {
        "xpad": 10,
        "ypad": 0,
        "thickness": 4,
        "outlinewidth": 0,
        "ticks": "",
        "tickfont": tick | {"size": theme.px(10)},
    }
    return {
        "layout": {"xaxis": quiet, "yaxis": quiet, "annotationdefaults": {"showarrow": False, "borderpad": 0}},
        "data": {"heatmap": [{"type": "heatmap", "colorbar": {"x": 1.0, "xanchor": "left", **key}}]},
    }


def note(text: str, x: float, y: float, **more: Any) -> dict:
    """Words standing in a picture; the template leaves away box and arrow."""
    return {"text": text, "x": x, "y": y, **more}


End = tuple[float, str, str]
"""Where a line ends on its axis, what it is called (escaped), and the colour of its name."""


def end_labels(
    ends: Sequence[End], low: float, high: float, pixels: float, theme: Theme, size: float = 12
) -> list[dict]:
    """The names of lines at their right ends, on an axis from low to high that is so many pixels tall."""
    gap = 1.18 * size * theme.scale * (high - low) / max(pixels, 1)
    places = spread([min(max(y, low), high) for y, _, _ in ends], gap, low, high)
    style = {"xref": "paper", "xanchor": "left", "xshift": 10, "yanchor": "middle"}
    return [
        note(name, 1, float(y), font={"size": theme.px(size), "color": colour}, **style)
        for (_, name, colour), y in zip(ends, places, strict=True)
    ]


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> np.ndarray:
    """Positions near the wanted ones, in the same order, at least `gap` apart and within low..high if they fit.

    Labels at the ends of lines are placed with it, so that none covers another.
    """
    order = np.argsort(wanted, kind="stable")
    place = np.asarray(wanted, dtype=float)[order]
    for i in range(1, len(place)):
        place[i] = max(place[i], place[i - 1] + gap)
    if len(place) and place[-1] > high:
        place[-1] = high
        for i in range(len(place) - 2, -1, -1):
            place[i] = min(place[i], place[i + 1] - gap)
    if len(place) and place[0] < low:
        place += low - place[0]
    result = np.empty_like(place)
    result[order] = place
    return result


def power(decade: int) -> str:
    """A power of ten as one writes it: 10 with its exponent raised."""
    return "1" if decade == 0 else f"10<sup>{str(decade).replace('-', '−')}</sup>"


def number(value: float) -> str:
    """A short number for a label: three significant digits, a true minus.

    0.00077, 2,450, 2.2 million; "1e-7" below a hundred-thousandth and from a billion on.
    """
    if not np.isfinite(value):
        return "not a number" if np.isnan(value) else "∞".rjust(1 + (value < 0), "−")
    rounded = float(f"{value:.3g}") + 0.0  # no negative zero
    size = abs(rounded)
    if size == 0 or 1e-5 <= size < 1e3:
        text = np.format_float_positional(rounded, trim="-")
    elif 1e3 <= size < 1e6:
        text = f"{round(value):,}" if size < 1e4 else f"{rounded:,.0f}"
    elif 1e6 <= size < 1e9:
        text = f"{rounded / 1e6:.3g} million"
    else:
        mantissa, exponent = f"{value:.1e}".split("e")
        text = f"{mantissa.removesuffix('.0')}e{int(exponent)}"
    return "−" + text[1:] if text.startswith("-") else text
