"""How much of the first paragraph each summary says: marks against the range of random sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.applications.summary.comparison import interval
from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.moment import round_up
from explorer.figures.palette import Theme, fade, plain
from explorer.figures.summary_lanes import hue

ROW, LEFT, RIGHT = 34, 140, 64


@dataclass(frozen=True, slots=True)
class Said:
    """What one way to summarise scores, and where 95 of 100 would lie; without a range, its two ends are the value.

    NaN for a way that ranks nothing.
    """

    name: str
    space: str
    value: float
    low: float
    high: float


@picture
def summary_overlaps(
    rows: Sequence[Said], theme: Theme, *, name: str, chance: tuple[float, float] | None = None
) -> Spec:
    """One line for each way.

    Parameters
    ----------
    name : str
        What is measured, at the axis.
    chance : (float, float), optional
        Range of random sentences, shaded.
    """
    scale = theme.scale
    layout = canvas(theme, (ROW * len(rows) + 44) * scale, (LEFT * scale, RIGHT * scale, 6, 38 * scale))
    most = max([*(row.high for row in rows if np.isfinite(row.high)), *(chance or ()), 0.05])
    layout["xaxis"] = {
        "range": [0, round_up(1.05 * most) or 1.0], "nticks": 5, "showgrid": True, "fixedrange": True,
        "title": {"text": name, "font": {"size": theme.px(12), "color": theme.quiet}, "standoff": 4},
    }  # fmt: skip
    layout["yaxis"] = {"range": [len(rows) - 0.5, -0.5], "visible": False, "fixedrange": True}
    style = {"xref": "paper", "yanchor": "middle"}
    layout["annotations"] = [
        word
        for i, row in enumerate(rows)
        for word in (
            note(
                plain(row.name, 26),
                0,
                i,
                xanchor="right",
                xshift=-14 * scale,
                font={"size": theme.px(13), "color": theme.ink},
                **style,
            ),
            note(
                f"<b>{row.value:.3f}</b>" if np.isfinite(row.value) else "none",
                1,
                i,
                xanchor="left",
                xshift=10 * scale,
                font={"size": theme.px(13), "color": theme.ink},
                **style,
            ),
        )
    ]
    if chance is not None:
        layout["shapes"] = [{"type": "rect", "x0": chance[0], "x1": chance[1], "yref": "paper", "y0": 0, "y1": 1, "layer": "below",
                             "line": {"width": 0}, "fillcolor": fade(theme.quiet, 0.15)}]  # fmt: skip
    return spec([mark for i, row in enumerate(rows) if np.isfinite(row.value) for mark in _marks(i, row, theme)], layout)


def _marks(i: int, row: Said, theme: Theme) -> list[dict]:
    colour = hue(row.space, theme)
    told = f"{plain(row.name)}: {row.value:.3f}" + (
        f", 95 %: {row.low:.3f} to {row.high:.3f}" if row.high > row.low else ""
    )
    shared = {"type": "scatter", "hovertext": told, "hoverinfo": "text"}
    line = {**shared, "mode": "lines", "x": np.array([row.low, row.high], dtype=np.float32), "y": np.array([i, i], dtype=np.int32),
            "line": {"color": colour, "width": 3 * theme.scale}}  # fmt: skip
    symbols = {"tfidf": "circle", "glove": "diamond", "minilm": "square", "lead": "line-ns-open"}
    mark = {**shared, "mode": "markers", "x": np.array([row.value], dtype=np.float32), "y": np.array([i], dtype=np.int32),
            "marker": {"color": colour, "size": 12 * theme.scale, "symbol": symbols.get(row.space, "x"), "line": {"width": 2, "color": colour}}}  # fmt: skip
    return [line, mark] if row.high > row.low else [mark]


def one_text_notice(rows: Sequence[Said], chance: tuple[float, float], what: str) -> str:
    """Which summary says most of one first paragraph, and whether that is more than luck."""
    idle, rows = [row.name for row in rows if np.isnan(row.value)], [row for row in rows if np.isfinite(row.value)]
    best, lead = max(rows, key=lambda row: row.value), next(row for row in rows if row.space == "lead")
    beaten = [row.name for row in rows if row.space != "lead" and row.value > lead.value]
    beyond = [row.name for row in rows if row.value > chance[1]]
    below = [row.name for row in rows if row.value < chance[0]]
    against = (
        f"{_list(beaten)} beat{'s' if len(beaten) == 1 else ''} the first sentences"
        if beaten
        else "none beats the first sentences"
    )
    luck = [
        f"{_list(names)} {'lies' if len(names) == 1 else 'lie'} {where} what random sentences reach"
        for names, where in ((beyond, "beyond"), (below, "below"))
        if names
    ] or ["all lie within what random sentences reach (shaded)"]
    nothing = f" {_list(idle)} rank{'s' if len(idle) == 1 else ''} nothing." if idle else ""
    return f"{what}: most has {best.name}, {best.value:.3f}; {against}, and {' and '.join(luck)}.{nothing} One text proves little."


def many_texts_notice(table: np.ndarray, names: Sequence[str], lead: int) -> str:
    """How much more than the first sentences each way has, and how often, over (articles, ways).

    Articles in which a way ranks nothing (NaN) say nothing of it.
    """
    if len(table) < 2:
        return "One article has been read: from the second on the ways are compared." if len(table) else "The first article is being read."
    told = []
    for i, name in enumerate(names):
        if i != lead:
            more = (table[:, i] - table[:, lead])[np.isfinite(table[:, i])]
            told.append(f"{name} {_more(more)}{f' of the {len(more)} that it ranks' if len(more) < len(table) else ''}")
    return f"Against the first sentences of the same article, over {len(table)} articles (95 % interval): {'; '.join(told)}."


def _more(more: np.ndarray) -> str:
    """The mean of differences with its interval, and how many are above zero."""
    if not len(more):
        return "ahead in none"
    low, high = interval(more)
    return f"{_signed(more.mean())} ({_signed(low)} to {_signed(high)}), ahead in {int((more > 0).sum())}"


def _signed(value: float) -> str:
    return f"{round(float(value), 3) + 0.0:+.3f}".replace("-", "−")


def _list(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
