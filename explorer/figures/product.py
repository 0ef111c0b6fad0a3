"""A product written out: a gradient, what it is multiplied by, and what is left of it."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.figures.canvas import Spec, canvas, picture, spec
from explorer.figures.ledger import LINE, short, signed, tabular
from explorer.figures.palette import Theme
from explorer.figures.rows import nothing


@picture
def product(rows: Sequence[tuple[str, float]], theme: Theme) -> Spec:
    """Rows of (name, number): a gradient, the factors it meets, and last the gradient that is left."""
    layout = canvas(theme, LINE * theme.scale * len(rows) + 8, (0, 0, 2, 4))
    layout["xaxis"] = {"range": [0, 1], "fixedrange": True, "showticklabels": False}
    layout["yaxis"] = {"range": [0.5 - len(rows), 0.5], "fixedrange": True, "showticklabels": False}
    notes = []
    for i, (name, value) in enumerate(rows):
        ends, last = i in (0, len(rows) - 1), i == len(rows) - 1
        ink = theme.gradient_text if ends else theme.ink
        number = tabular(signed(value) if abs(value) >= 5e-4 or value == 0 else short(value))
        strong = ("<b>", "</b>") if last else ("", "")
        style = {"y": -i, "yanchor": "middle", "showarrow": False, "font": {"size": theme.px(13), "color": ink}}
        notes.append({**style, "text": f"{strong[0]}{name}{strong[1]}", "x": 0.0, "xanchor": "left"})
        notes.append({**style, "text": f"{strong[0]}{number}{strong[1]}", "x": 1.0, "xanchor": "right", "xref": "paper",
                      "hovertext": f"{value:+.9g}", "xshift": -6})  # fmt: skip
    layout["annotations"] = notes
    y = 1.5 - len(rows)
    layout["shapes"] = [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y,
                         "line": {"width": 1, "color": theme.faint}}]  # fmt: skip
    return spec([nothing(0.5)], layout)
