"""How much each way of reading gets right, by the number of labelled texts it learned from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, end_labels, note, picture, spec
from explorer.figures.classify_looks import finite, looks, per_cent, series
from explorer.figures.palette import Theme, fade, plain

HEIGHT, TOP = 400, 1.02
"""In pixels; and where the axis ends, so that a point at 100 % is whole."""


@dataclass(frozen=True, eq=False)
class Curves:
    """What is known so far.

    Attributes
    ----------
    names, titles : sequence of str
        Of the m methods.
    sizes : (k,) int array
        Numbers of labelled texts; 0 where there are not so many.
    accuracy, low, high : (m, k) arrays
        Share told right and its 95 % range; NaN where unknown.
    majority : float
        What always answering the most frequent label gets.
    draws : (m, k) int array, optional
        How many draws are behind each.
    """

    names: Sequence[str]
    titles: Sequence[str]
    sizes: np.ndarray
    accuracy: np.ndarray
    low: np.ndarray
    high: np.ndarray
    majority: float
    draws: np.ndarray | None = None

    @property
    def real(self) -> np.ndarray:
        """The sizes for which there are texts."""
        return self.sizes[self.sizes > 0]

    def clear(self, one: int, other: int, size: int) -> bool:
        """Whether the ranges of two methods do not touch."""
        return bool(self.low[one, size] > self.high[other, size])

    def single(self, size: int) -> bool:
        """Whether a method was asked after one draw only, so that the ranges cannot know what others would have given."""
        return self.draws is not None and bool((self.draws[:, size] == 1).any())


@picture
def classify_curves(
    curves: Curves, theme: Theme, *, chosen: tuple[int, int] | None = None, height: float = HEIGHT
) -> Spec:
    """Lines with their ranges; a point's customdata are its method and size, by number.

    Parameters
    ----------
    curves : Curves
    chosen : (int, int), optional
        Method and size of the point with a ring around it.
    """
    scale, real = theme.scale, curves.real
    layout = canvas(theme, height, (46 * scale, 176 * scale, 30 * scale, 46 * scale))
    low, high = (float(np.log10(end)) for end in (real.min(initial=16), max(real.max(initial=32), 32)))
    layout["xaxis"] = {
        "type": "log", "range": [low - 0.05, high + 0.04], "showline": True, "tickvals": real.tolist(),
        "ticktext": _ticks(real), "fixedrange": True,
    }  # fmt: skip
    bottom = _bottom(curves)
    layout["yaxis"] = {"range": [bottom, TOP], "showgrid": True, "dtick": 0.25 if bottom < 0.3 else 0.1, "tickformat": ".0%", "fixedrange": True}
    data, ends = [], [(curves.majority, f"majority {per_cent(curves.majority)}", theme.quiet)]
    for number, name in enumerate(curves.names):
        known = finite(curves.accuracy[number])
        if known.size:
            colour, dash = looks(theme)[name]
            data += _line(curves, number, known, colour, dash, scale)
            value = float(curves.accuracy[number, known[-1]])
            ends.append((value, f"{plain(curves.titles[number], 16)} {per_cent(value)}", colour))
    font = {"size": theme.px(12), "color": theme.quiet}
    layout["annotations"] = [
        *end_labels(ends, bottom, TOP, height - 76 * scale, theme, 13),
        note("held-out texts told right", 0, 1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", xshift=-40 * scale, yshift=8, font=font),
        note("labelled texts learned from", 1, 0, xref="paper", yref="paper", xanchor="right", yanchor="top", yshift=-26 * scale, font=font),
    ]  # fmt: skip
    layout["shapes"] = [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": curves.majority, "y1": curves.majority, "layer": "below",
                         "line": {"color": theme.quiet, "width": 1.2, "dash": "dot"}}]  # fmt: skip
    if chosen is not None and np.isfinite(curves.accuracy[chosen]):
        data.append(_ring(curves, chosen, theme))
    return spec(data, layout)


def _ticks(real: np.ndarray) -> list[str]:
    """A number at each size, but for those that would touch the last."""
    return [f"{n:,}" if i == len(real) - 1 or n * 1.35 < real[-1] else "" for i, n in enumerate(real.tolist())]


def _bottom(curves: Curves) -> float:
    """Where the axis begins: at 0, unless everything lies far above."""
    least = float(np.nanmin(np.append(curves.low, curves.majority)))
    return 0.0 if least < 0.35 else float(np.floor(10 * least - 0.5) / 10)


def _line(curves: Curves, number: int, known: np.ndarray, colour: str, dash: str, scale: float) -> list[dict]:
    x = curves.sizes[known].astype(float)
    low, value, high = (array[number, known] for array in (curves.low, curves.accuracy, curves.high))
    edge = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "x": x}
    hover = [
        f"{plain(curves.titles[number], 30)}, {int(n):,} labelled: {100 * v:.1f} % (95 %: {100 * a:.1f} to {100 * b:.1f} %)"
        for n, v, a, b in zip(x, value, low, high, strict=True)
    ]
    return [
        {**edge, "y": low},
        {**edge, "y": high, "fill": "tonexty", "fillcolor": fade(colour, 0.1)},
        {"type": "scatter", "mode": "lines+markers", "x": x, "y": value, "line": {"color": colour, "width": 2.6 * scale, "dash": dash},
         "marker": {"size": 8 * scale, "color": colour}, "hovertext": hover, "hoverinfo": "text",
         "customdata": [[number, int(size)] for size in known]},
    ]  # fmt: skip


def _ring(curves: Curves, chosen: tuple[int, int], theme: Theme) -> dict:
    marker = {"size": 17 * theme.scale, "color": "rgba(0,0,0,0)", "line": {"color": theme.ink, "width": 1.8}}
    return {"type": "scatter", "mode": "markers", "x": [float(curves.sizes[chosen[1]])], "y": [float(curves.accuracy[chosen])],
            "marker": marker, "hoverinfo": "skip", "cliponaxis": False}  # fmt: skip


def curves_notice(curves: Curves, tested: int) -> str:
    """Who is ahead with few labels and with many, as far as it is more than chance, and who is not above the majority."""
    whole = np.flatnonzero(np.isfinite(curves.accuracy).all(axis=0) & (curves.sizes > 0))
    if not whole.size:
        return ""
    told = [_leader(curves, int(size)) for size in dict.fromkeys([whole[0], whole[-1]])]
    below = [curves.titles[m] for m in range(len(curves.names)) if curves.low[m, whole[-1]] <= curves.majority]
    if below:
        told.append(f"Not clearly above always answering the most frequent label: {series(below)}.")
    alone = " (where there was one draw, over texts alone)" if any(map(curves.single, whole)) else ""
    return f"{' '.join(told)} Judged on {tested:,} held-out texts; the bands are 95 % ranges over texts and draws{alone}."


def _leader(curves: Curves, size: int) -> str:
    order = np.argsort(-curves.accuracy[:, size], kind="stable")
    first = int(order[0])
    once = ", drawn once," if curves.single(size) else ""
    said = f"With {curves.sizes[size]:,} labelled texts{once} {curves.titles[first]} tells {per_cent(curves.accuracy[first, size])} right"
    if len(order) == 1:
        return f"{said}."
    alike = [curves.titles[m] for m in order[1:] if not curves.clear(first, int(m), size)]
    if len(alike) == len(order) - 1:
        return f"{said}, no clear lead over {series(alike)}."
    behind = [f"{curves.titles[m]} {per_cent(curves.accuracy[m, size])}" for m in order[1:] if curves.clear(first, int(m), size)]
    ahead = f"{said}, clearly more than {series(behind)}"
    return f"{ahead}; {series(alike)} may be as good." if alike else f"{ahead}."
