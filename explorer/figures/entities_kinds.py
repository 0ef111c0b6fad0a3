"""Precision, recall and F1 of each kind of names, as bars with their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.applications.entities.scoring import Counts
from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.entities_reading import kind_colour
from explorer.figures.ledger import tabular
from explorer.figures.palette import Theme, blend, plain

ROW, HEAD, NAME, COUNT = 38, 34, 104, 84
"""Pixels of a row, of the headings, and for the names and the numbers at both sides."""
MEASURES = ("precision", "recall", "F1")
APART = 1.18
"""From the beginning of one measure's bars to that of the next."""
ALL = "all"


@picture
def entities_kinds(counts: Mapping[str, Counts], kinds: Sequence[str], called: Mapping[str, str], theme: Theme) -> Spec:
    """The bars.

    Parameters
    ----------
    counts : mapping of str to Counts
        For each row its counts; "all" comes last.
    kinds : sequence of str
        In the order of their colours.
    called : mapping
        Kinds in words.
    """
    rows, scale = list(counts), theme.scale
    sides = (NAME * scale, COUNT * scale, HEAD * scale, 6)
    layout = canvas(theme, ROW * scale * len(rows) + sides[2] + sides[3], sides, barmode="overlay")
    layout["xaxis"] = {"range": [0, 2 * APART + 1], "fixedrange": True, "showticklabels": False}
    layout["yaxis"] = {"range": [len(rows) - 0.5, -0.5], "fixedrange": True, "showticklabels": False}
    quiet, style = {"size": theme.px(12), "color": theme.quiet}, {"xref": "x", "yref": "paper", "yanchor": "bottom", "yshift": 8}
    heads = [note(name, i * APART, 1, xanchor="left", font=quiet, **style) for i, name in enumerate(MEASURES)]
    heads.append(note("right", 1, 1, xanchor="right", xshift=sides[1], font=quiet, **style | {"xref": "paper"}))
    layout["annotations"] = [*heads, *(one for i, kind in enumerate(rows) for one in _words(i, kind, counts[kind], called, sides, theme))]
    return spec([bar for i, kind in enumerate(rows) for bar in _bars(i, kind, counts[kind], kinds, called, theme)], layout)


def _bars(row: int, kind: str, counts: Counts, kinds: Sequence[str], called: Mapping[str, str], theme: Theme) -> list[dict]:
    colour = theme.ink if kind == ALL else kind_colour(kind, kinds, theme)
    values = (counts.precision, counts.recall, counts.f1)
    common = {"type": "bar", "orientation": "h", "y": np.full(3, row), "base": np.arange(3) * APART, "width": 0.44}
    told = [f"{plain(called.get(kind, kind))}: {name} {100 * value:.1f} %" for name, value in zip(MEASURES, values, strict=True)]
    return [
        {**common, "x": np.ones(3), "marker": {"color": theme.line, "line": {"width": 0}}, "hoverinfo": "skip"},
        {**common, "x": np.array(values), "marker": {"color": blend(theme.background, colour, 0.75), "line": {"width": 0}},
         "hovertext": told, "hoverinfo": "text"},
    ]  # fmt: skip


def _words(row: int, kind: str, counts: Counts, called: Mapping[str, str], sides: Sequence[float], theme: Theme) -> list[dict]:
    style = {"yref": "y", "yanchor": "middle"}
    name = plain(called.get(kind, kind).partition(" ")[0], 15)
    values = (counts.precision, counts.recall, counts.f1)
    numbers = [
        note(tabular(f"{100 * value:.0f} %"), i * APART + 1, row, xref="x", xanchor="right", yshift=15 * theme.scale,
             font={"size": theme.px(11), "color": theme.quiet}, **style)
        for i, value in enumerate(values)
    ]  # fmt: skip
    found = tabular(f"{counts.right:,} of {counts.true:,}")
    return [
        note(f"<b>{name}</b>" if kind == ALL else name, 0, row, xref="paper", xanchor="left", xshift=-sides[0],
             font={"size": theme.px(14), "color": theme.ink}, **style),
        *numbers,
        note(found, 1, row, xref="paper", xanchor="right", xshift=sides[1], font={"size": theme.px(12.5), "color": theme.quiet}, **style),
    ]  # fmt: skip
