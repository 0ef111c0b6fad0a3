"""The race: one line for each architecture, against updates and against seconds of computing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import End, Spec, canvas, end_labels, note, picture, spec, spread
from explorer.figures.lanes import Lane, hue, pen
from explorer.figures.moment import round_up
from explorer.figures.palette import Theme, fade, plain
from explorer.figures.value_axes import Scale, scale_of

LEFT, RIGHT = (0.0, 0.43), (0.57, 1.0)
"""The two panels, as shares of the width; between them stand the names of the lines at the left."""
MARGIN = (58, 176, 40, 42)
NEAR = 0.07
"""Published results whose lines lie nearer than this share of the axis have one name together."""
FOOT = 0.5
"""Down to this share of the baseline a log axis reaches at least, so that there is room for the names of published results."""
SHORT, LONGEST, LONGEST_RULE = 24, 46, 22
"""Letters of a name that leaves room beside it, of any name, and of a rule's at its line's end."""


@dataclass(frozen=True, slots=True)
class Ghost:
    """A published result: whose, and how good."""

    name: str
    title: str
    value: float


@picture
def race_curves(
    lanes: Sequence[Lane],
    theme: Theme,
    *,
    measure: str = "held-out loss",
    share: bool = False,
    log: bool = False,
    rules: Sequence[tuple[str, float]] = (),
    ghosts: Sequence[Ghost] = (),
    published: str = "published",
    height: float = 420,
) -> Spec:
    """Two panels with one value axis.

    Parameters
    ----------
    lanes : sequence of Lane
    measure : str
        What the values are.
    share : bool
        Whether they are shares from 0 to 1, written in per cent.
    log : bool
        Whether the value axis is logarithmic.
    rules : sequence of (str, float)
        Simple rules and what they give, as dotted lines; the first is the one to beat.
    ghosts : sequence of Ghost
        Published results, as faint dashed lines; those beyond the axis are only named, at its end. `published` says in a
        word which they are.
    """
    lanes = [lane.thinned() for lane in lanes]
    rules = [(name, value) for name, value in rules if np.isfinite(value)]
    levels = [np.array([value]) for _, value in rules]
    foot = [FOOT * levels[0]] if levels and log and ghosts else []
    scale = scale_of([*_all_values(lanes), *levels, *foot], share, log)
    layout = canvas(theme, height, tuple(theme.scale * side for side in MARGIN), hovermode="closest")
    layout["xaxis"] = _time_axis([lane.steps for lane in lanes], LEFT, 10.0, "updates", theme)
    layout["xaxis2"] = _time_axis([lane.seconds for lane in lanes], RIGHT, 1.0, "seconds of computing", theme)
    layout["yaxis"] = scale.axis
    pixels = height - (MARGIN[2] + MARGIN[3]) * theme.scale
    ends = [
        (scale.place(lane.last), _title(lane), lane.last, hue(lane.name, theme))
        for lane in lanes
        if np.isfinite(lane.last)
    ]
    told = [(y, f"{title} {scale.said(value)}", colour) for y, title, value, colour in ends]
    told += [
        (scale.place(value), f"{plain(name, LONGEST_RULE)}: {scale.said(value)}", theme.quiet) for name, value in rules
    ]
    layout["annotations"] = [
        *_names([(y, title, colour) for y, title, _, colour in ends], LEFT[1], scale, pixels, theme),
        *_names(told, RIGHT[1], scale, pixels, theme),
        *_ghost_names(ghosts, published, scale, pixels, theme), *_headings(measure, log, theme),
    ]  # fmt: skip
    layout["shapes"] = [
        *(line for _, value in rules for line in _level(value, theme.quiet, 1.4, "dot")),
        *_ghost_lines([one for one in ghosts if scale.shows(one.value)], theme),
    ]
    return spec([trace for lane in lanes for trace in _traces(lane, share, theme)], layout)


def _all_values(lanes: Sequence[Lane]) -> list[np.ndarray]:
    return [*(lane.values for lane in lanes), *(lane.high for lane in lanes), *(lane.low for lane in lanes)]


def _time_axis(times: Sequence[np.ndarray], domain: tuple[float, float], least: float, name: str, theme: Theme) -> dict:
    known = [float(one[np.isfinite(one)][-1]) for one in times if np.isfinite(one).any()]
    end = max(round_up(max(known, default=0.0)), least)
    title = {"text": name, "font": {"size": theme.px(12), "color": theme.quiet}, "standoff": 4}
    return {
        "domain": list(domain),
        "range": [0, end],
        "nticks": 6,
        "tickformat": ",~f",
        "title": title,
        "showline": True,
    }


def _traces(lane: Lane, share: bool, theme: Theme) -> list[dict]:
    traces = []
    for axis, times in (("x", lane.steps), ("x2", lane.seconds)):
        x = np.asarray(times, dtype=np.float32)
        if len(lane.low):
            traces += _band(x, lane, axis, theme)
        value = "%{y:.1%}" if share else "%{y:.4g}"
        when = "update %{x:,.0f}" if axis == "x" else "%{x:.1f} s"
        line = {
            "type": "scatter", "mode": "lines" if len(x) > 1 else "markers", "x": x, "y": lane.values.astype(np.float32), "xaxis": axis, "yaxis": "y",
            "line": pen(lane.name, theme), "marker": {"color": hue(lane.name, theme), "size": 7}, "hovertemplate": f"{plain(lane.title)} {value}<br>{when}<extra></extra>",
        }  # fmt: skip
        traces.append(line)
        if lane.came_apart and len(x):
            cross = {
                "color": hue(lane.name, theme),
                "size": 13,
                "symbol": "x-thin",
                "line": {"width": 3, "color": hue(lane.name, theme)},
            }
            traces.append(
                {**line, "mode": "markers", "x": x[-1:], "y": line["y"][-1:], "marker": cross, "cliponaxis": False}
            )
    return traces


def _band(x: np.ndarray, lane: Lane, axis: str, theme: Theme) -> list[dict]:
    edge = {
        "type": "scatter",
        "mode": "lines",
        "line": {"width": 0},
        "hoverinfo": "skip",
        "x": x,
        "xaxis": axis,
        "yaxis": "y",
    }
    fill = {"fill": "tonexty", "fillcolor": fade(hue(lane.name, theme), 0.16)}
    return [{**edge, "y": lane.low.astype(np.float32)}, {**edge, "y": lane.high.astype(np.float32), **fill}]


def _title(lane: Lane) -> str:
    return plain(lane.title) + " ✕" * lane.came_apart


def _names(ends: Sequence[End], x: float, scale: Scale, pixels: float, theme: Theme) -> list[dict]:
    return [{**one, "x": x} for one in end_labels(ends, *scale.ends, pixels, theme)]


def _headings(measure: str, log: bool, theme: Theme) -> list[dict]:
    """What the panels compare; a long name has no room for more beside it."""
    font = {"size": theme.px(13), "color": theme.quiet}
    place = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 14, "font": font}
    said = plain(measure, LONGEST) + " (log)" * log
    at_updates = said + " after equally many updates" * (len(measure) <= SHORT)
    return [note(at_updates, LEFT[0], 1, **place), note("the same after equal time", RIGHT[0], 1, **place)]


def _level(y: float, colour: str, width: float, dash: str) -> list[dict]:
    """A level line through both panels, not through what stands between them."""
    line = {"type": "line", "xref": "paper", "y0": y, "y1": y, "line": {"color": colour, "width": width, "dash": dash}}
    return [{**line, "x0": left, "x1": right, "layer": "below"} for left, right in (LEFT, RIGHT)]


def _ghost_lines(ghosts: Sequence[Ghost], theme: Theme) -> list[dict]:
    return [line for one in ghosts for line in _level(one.value, fade(hue(one.name, theme), 0.65), 1.3, "dash")]


def _ghost_names(ghosts: Sequence[Ghost], published: str, scale: Scale, pixels: float, theme: Theme) -> list[dict]:
    """The names of published results at the left, under their lines, those of near ones together; of those below the axis at its foot."""
    bottom, top = scale.ends
    groups: list[tuple[float, bool, list[str]]] = []
    for one in sorted(ghosts, key=lambda ghost: -ghost.value):
        y, below = scale.place(one.value), one.value < scale.low
        if groups and groups[-1][1] == below and groups[-1][0] - y < NEAR * (top - bottom):
            groups[-1][2].append(one.title)
        else:
            groups.append((y, below, [one.title]))
    size, unit = theme.px(11), (top - bottom) / max(pixels, 1)
    under = 0.75 * size * unit  # the middle of a name lies so far below its line
    places = spread([max(y - under, bottom + under) for y, _, _ in groups], 1.25 * size * unit, bottom + under, top)
    style = {
        "xref": "paper",
        "xanchor": "left",
        "yanchor": "middle",
        "xshift": 4,
        "font": {"size": size, "color": theme.quiet},
    }
    return [
        note(
            f"{'▽ ' * below}{plain(published)}: {plain(', '.join(names), LONGEST)}",
            LEFT[0],
            float(y),
            bgcolor=fade(theme.background, 0.85),
            **style,
        )
        for y, (_, below, names) in zip(places, groups, strict=True)
    ]
