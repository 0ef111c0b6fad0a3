"""The likeliest answers of one step, as bars."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, picture, spec
from explorer.figures.ledger import tabular
from explorer.figures.palette import Theme, fade, plain

LINE = 26


@picture
def probabilities(words: Sequence[str], shares: Sequence[float], right: str, theme: Theme) -> Spec:
    """Words with their probabilities, most probable first; the right one has a check mark."""
    size = LINE * theme.scale
    layout = canvas(theme, size * len(words) + 8, (118 * theme.scale, 64 * theme.scale, 2, 4))
    layout["xaxis"] = {"range": [0, 1], "fixedrange": True, "showticklabels": False}
    layout["yaxis"] = {"range": [0.5 - len(words), 0.5], "fixedrange": True, "showticklabels": False}
    y = -np.arange(len(words))
    hover = [f"{plain(word)}: {share:.6f}" for word, share in zip(words, shares, strict=True)]
    bars = {"type": "bar", "orientation": "h", "width": 0.66, "x": np.asarray(shares, dtype=float), "y": y,
            "marker": {"color": [theme.forward if i == 0 else fade(theme.forward, 0.45) for i in range(len(words))]},
            "hovertext": hover, "hoverinfo": "text"}  # fmt: skip
    style = {"showarrow": False, "yanchor": "middle", "xref": "paper"}
    notes = []
    for i, (word, share) in enumerate(zip(words, shares, strict=True)):
        name = plain(word, 14) + ("&#8201;✓" if word == right else "")
        ink = theme.ink if i == 0 or word == right else theme.quiet
        notes.append({**style, "text": name, "x": 0, "xanchor": "right", "xshift": -8, "y": -i,
                      "font": {"size": theme.px(14), "color": ink}})  # fmt: skip
        notes.append({**style, "text": tabular(f"{100 * share:.1f} %"), "x": 1, "xanchor": "right",
                      "xshift": 62 * theme.scale, "y": -i, "font": {"size": theme.px(13), "color": ink}})  # fmt: skip
    layout["annotations"] = notes
    return spec([bars], layout)
