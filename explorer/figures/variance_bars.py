"""How much of the words' variance lies along each component: a small picture beside the map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.palette import Theme, blend


@picture
def variance_bars(shares: np.ndarray, shown: Sequence[int], theme: Theme, *, height: float = 92) -> Spec:
    """One bar for each component.

    Parameters
    ----------
    shares : numpy.ndarray, (k,)
        Share of the variance, 0 to 1.
    shown : sequence of int
        The components that the map shows, from 0: they are drawn strong and told in per cent.
    """
    k = len(shares)
    layout = canvas(theme, height, (2, 2, 16 * theme.scale, 18 * theme.scale), bargap=0.25, hovermode="closest")
    top = max(float(np.max(shares, initial=0.0)), 1e-9)
    numbers = np.arange(1, k + 1, dtype=np.int32)
    layout["xaxis"] = {"range": [0.4, max(k, 1) + 0.6], "tickvals": numbers, "fixedrange": True}
    layout["yaxis"] = {"range": [0, top * 1.05], "visible": False, "fixedrange": True}
    colours = [theme.forward if i in shown else blend(theme.background, theme.faint, 0.6) for i in range(k)]
    bars = {
        "type": "bar", "x": numbers, "y": np.asarray(shares, dtype=np.float32), "marker": {"color": colours, "line": {"width": 0}},
        "hovertemplate": "component %{x}: %{y:.1%} of the variance<extra></extra>",
    }  # fmt: skip
    font = {"size": theme.px(11), "color": theme.ink}
    layout["annotations"] = [
        note(f"{100 * float(shares[i]):.1f} %", i + 1, float(shares[i]), yanchor="bottom", yshift=1, font=font)
        for i in sorted(set(shown)) if 0 <= i < k
    ]  # fmt: skip
    return spec([bars], layout)
