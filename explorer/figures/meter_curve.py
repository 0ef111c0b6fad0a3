"""A small curve of one number over the training, for pictures that stand beside one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from explorer.figures.canvas import Spec, canvas, end_labels, note, number, picture, spec
from explorer.figures.change_marks import change_marks
from explorer.figures.moment import round_up
from explorer.figures.naming import hundredths
from explorer.figures.palette import Theme, fade, plain
from explorer.frame import Change

SIDES = (44, 62, 28, 24)
"""Pixels left, right, above and below."""
ALIKE, LEANING = 0.6, 0.3
"""Mean cosines from which all words look alike, and from which they lean into one direction."""


class Region(NamedTuple):
    """A part of the axis that means something: where it begins, its name; it reaches to the top."""

    low: float
    name: str


@picture
def meter_curve(
    steps: np.ndarray,
    values: np.ndarray,
    theme: Theme,
    *,
    name: str,
    end: float | None = None,
    top: float | None = None,
    region: Region | None = None,
    moment: int | None = None,
    changes: Sequence[Change] = (),
    before: Mapping[str, float] | None = None,
    height: float = 180,
) -> Spec:
    """One line, its name above, its last value at its end.

    Parameters
    ----------
    steps, values : (T,) arrays
        NaN where nothing was measured.
    name : str
    end, top : float, optional
        Where the axes end; by default, round numbers beyond the last step and the highest value.
    region : Region, optional
        Shaded, in the colour of warnings.
    moment : int, optional
        The step that is looked at.
    changes : sequence of Change
        Settings changed mid-run, marked where they took effect; `before` names the values they started from.
    """
    known = np.isfinite(np.asarray(values, dtype=float))
    x, y = np.asarray(steps)[known].astype(np.float32), np.asarray(values)[known].astype(np.float32)
    layout = canvas(theme, height, tuple(theme.scale * side for side in SIDES), hovermode="x")
    low = min(0.0, -round_up(-float(y.min(initial=0.0))))
    high = top or round_up(1.05 * float(y.max(initial=0.0))) or 1.0
    last = max(round_up(end or float(x.max(initial=0.0))), 10.0)
    layout["xaxis"] = {"range": [0, last], "nticks": 5, "tickformat": ",d", "showline": True}
    layout["yaxis"] = {"range": [low, high], "nticks": 4, "showgrid": True, "fixedrange": True}
    line = {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": {"color": theme.forward, "width": 2.2},
            "hovertemplate": f"{plain(name)} %{{y:.3g}}<extra></extra>"}  # fmt: skip
    ends = [(float(y[-1]), hundredths(float(y[-1])) if top else number(float(y[-1])), theme.forward)] if len(y) else []
    shapes, notes = change_marks(changes, before or {}, last, theme)
    layout["shapes"] = [*shapes, *_shaded(region, high, theme), *at_moment(moment, theme)]
    layout["annotations"] = [
        *end_labels(ends, low, high, height - (SIDES[2] + SIDES[3]) * theme.scale, theme), *notes, title(name, theme),
        *_named(region, theme),
    ]  # fmt: skip
    return spec([line], layout)


def title(text: str, theme: Theme) -> dict:
    """The name of a small picture, above its left end."""
    font = {"size": theme.px(12.5), "color": theme.quiet}
    place = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return note(plain(text, 60), 0, 1, xshift=-SIDES[0] * theme.scale + 4, yshift=8, font=font, **place)


def at_moment(step: int | None, theme: Theme) -> list[dict]:
    """A line at the step that is looked at."""
    if step is None:
        return []
    return [
        {
            "type": "line",
            "x0": step,
            "x1": step,
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "line": {"color": theme.ink, "width": 1.4},
        }
    ]


def _shaded(region: Region | None, high: float, theme: Theme) -> list[dict]:
    if region is None:
        return []
    look = {"layer": "below", "fillcolor": fade(theme.warning, 0.07), "line": {"width": 0}}
    return [{"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": region.low, "y1": high, **look}]


def _named(region: Region | None, theme: Theme) -> list[dict]:
    if region is None:
        return []
    font = {"size": theme.px(11), "color": theme.warning}
    return [
        note(
            plain(region.name, 40),
            1,
            region.low,
            xref="paper",
            xanchor="right",
            yanchor="bottom",
            xshift=-4,
            yshift=2,
            font=font,
        )
    ]


def collapse_notice(value: float, trained: bool = True, advice: str = "more epochs or fewer dimensions") -> str:
    """What a mean cosine means.

    Parameters
    ----------
    value : float
        Mean cosine over all pairs of words.
    trained : bool
        Whether training has begun; untrained vectors point anywhere.
    advice : str
        What helps where all words look alike.
    """
    if not np.isfinite(value):
        return ""
    said = hundredths(value)
    if not trained:
        return f"Nothing is learned yet: any two words have a cosine of {said} on average."
    if value >= ALIKE:
        return f"All words look alike (mean cosine {said}): {advice}."
    if value >= LEANING:
        return f"All words still lean one way (mean cosine {said}): cosines look nearer than words are."
    return f"Any two words have a cosine of {said} on average: a neighbour far above that is really near."
