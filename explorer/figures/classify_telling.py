"""For each label the words that speak most for it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.naming import quoted
from explorer.figures.palette import Theme, fade, plain

LINE, HEAD, GAP = 22, 34, 0.32
"""Pixels of a word and of a heading; share of a column that stays empty."""
Telling = Sequence[tuple[str, float]]


@picture
def classify_telling(labels: Sequence[str], words: Sequence[Telling], theme: Theme, *, columns: int = 4) -> Spec:
    """A list for each label, the bar of a word as long as its weight; all on one scale.

    Parameters
    ----------
    words : sequence
        For each label its words with their weights, the largest first.
    """
    scale, columns = theme.scale, min(columns, max(len(labels), 1))
    rows, each = -(-len(labels) // columns), max((len(one) for one in words), default=1)
    tall = (HEAD + LINE * each) * scale
    layout = canvas(theme, tall * rows + 8, (2, 2, 2, 6))
    layout["xaxis"] = {"range": [0, columns], "fixedrange": True, "showticklabels": False}
    layout["yaxis"] = {"range": [-rows * (each + HEAD / LINE), 0], "fixedrange": True, "showticklabels": False}
    most = max((weight for one in words for _, weight in one), default=1.0) or 1.0
    bars, notes = {"base": [], "x": [], "y": [], "text": []}, []
    for number, (label, one) in enumerate(zip(labels, words, strict=True)):
        column, top = number % columns, -(number // columns) * (each + HEAD / LINE)
        notes.append(note(f"<b>{plain(label, 28)}</b>", column, top - 0.75 * HEAD / LINE, xanchor="left", yanchor="middle",
                          font={"size": theme.px(13), "color": theme.ink}))  # fmt: skip
        for place, (word, weight) in enumerate(one):
            y = top - HEAD / LINE - place - 0.5
            bars["base"].append(float(column))
            bars["x"].append(max(weight, 0.0) / most * (1 - GAP))
            bars["y"].append(y)
            bars["text"].append(f"{plain(word, 30)}: {weight:+.2f}")
            notes.append(note(plain(word, 22), column, y, xanchor="left", yanchor="middle", xshift=6, font={"size": theme.px(12.5), "color": theme.ink}))
    layout["annotations"] = notes
    trace = {"type": "bar", "orientation": "h", "base": np.array(bars["base"]), "x": np.array(bars["x"]), "y": np.array(bars["y"]), "width": 0.86,
             "marker": {"color": fade(theme.forward, 0.34)}, "hovertext": bars["text"], "hoverinfo": "text"}  # fmt: skip
    return spec([trace], layout)


def telling_notice(title: str, labels: Sequence[str], words: Sequence[Telling]) -> str:
    """The single word that tells most."""
    found = [(one[0][1], label, one[0][0]) for label, one in zip(labels, words, strict=True) if one]
    if not found:
        return ""
    _, label, word = max(found)
    return f"For {title} no word speaks louder than {quoted(word)} for {quoted(label)}. Look for words that tell the label only by chance: with few texts there are many."
