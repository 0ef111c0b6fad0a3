"""The leading picture of the laboratory: what the loss sends back to each earlier step, one line for each network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, number, picture, spec, spread
from explorer.figures.decades import Decades, decade_axis, decades, floor_marks
from explorer.figures.palette import Theme, fade, plain, symbol

LEFT, RIGHT, ABOVE, BELOW = 116, 62, 34, 44
"""Pixels around the picture: for what arrives at the first step, for the axis, and for the words at both ends of time."""
LABEL = 12.5
FEW = 12
"""Up to so many points are drawn as points."""
MOST_WORDS = 24
"""Up to so many steps are called by their words, more by their numbers."""


@dataclass(frozen=True, eq=False)
class ProfileLine:
    """Gradient norms of one network.

    Attributes
    ----------
    key, name : str
        "rnn", and how it is written.
    hidden : numpy.ndarray
        |dL/dh_t| by time step, (T,).
    cell : numpy.ndarray or None
        |dL/dc_t|, (T,), for the LSTM.
    theory : numpy.ndarray or None
        What theory says of it, (T,), and `exact` whether it is equal to that or only never above.
    start : numpy.ndarray or None
        The same before training, (T,).
    colour : str or None
        In place of the architecture's own.
    """

    key: str
    name: str
    hidden: np.ndarray
    cell: np.ndarray | None = None
    theory: np.ndarray | None = None
    exact: bool = False
    start: np.ndarray | None = None
    colour: str | None = None

    def hue(self, theme: Theme) -> str:
        """The colour it is drawn in."""
        return self.colour or theme.architecture(self.key)

    @property
    def measured(self) -> list[np.ndarray]:
        return [one for one in (self.hidden, self.cell, self.start) if one is not None]


def profile_decades(lines: Sequence[ProfileLine]) -> Decades:
    """An axis for all that was measured; theory, which may lie far off, is drawn as far as it fits."""
    return decades([norms for line in lines for norms in line.measured])


@picture
def gradient_profiles(
    lines: Sequence[ProfileLine],
    theme: Theme,
    *,
    axis: Decades | None = None,
    cuts: Sequence[int] = (),
    every: bool = False,
    steps: Sequence[str] | None = None,
    what: str = "",
    title: str = "",
    height: float = 430,
) -> Spec:
    """Gradient norms over time, to be read from the right, where the loss stands, to the left.

    Parameters
    ----------
    lines : sequence of ProfileLine
        All of the same length T.
    axis : Decades, optional
        By default one for what is drawn.
    cuts : sequence of int
        Steps, counted from 0, from which nothing goes back to the one before (truncated backpropagation), ascending.
    every : bool
        Whether each step has an error of its own, not only the last.
    steps : sequence of str, optional
        What is read at each step.
    what : str
        Whose gradient it is, above the picture in place of the way it travels.
    title : str
        Above the picture in place of all other words.
    """
    length = len(lines[0].hidden)
    axis = axis or profile_decades(lines)
    layout = canvas(theme, height, tuple(theme.scale * side for side in (LEFT, RIGHT, ABOVE, BELOW)), hovermode="x")
    layout["xaxis"] = time_axis(length, theme, steps)
    layout["yaxis"] = decade_axis(axis, side="right")
    floors, floor_words = floor_marks(axis, theme)
    cut_shapes, cut_words = _cut(list(cuts), every, axis, theme)
    layout["shapes"] = cut_shapes + floors
    theories = [_theory_name(line, axis, theme) for line in lines if line.theory is not None]
    arrivals = _arrivals(lines, axis, height, theme)
    layout["annotations"] = [*floor_words, *cut_words, *theories, *arrivals, *(_title(title, theme) if title else _ends(every, what, theme))]
    data = [trace for line in lines for trace in _drawn(line, axis, theme)]
    return spec(data, layout)


def time_axis(length: int, theme: Theme, steps: Sequence[str] | None = None, room: float = 0.6) -> dict:
    """The axis of time steps, counted from 1; words where there are few."""
    axis = {"range": [1 - room, length + room], "showline": True, "hoverformat": "d"}
    if steps is None or length > MOST_WORDS:
        title = {"text": "time step", "font": {"size": theme.px(12), "color": theme.quiet}, "standoff": 6}
        return axis | {"nticks": 11, "tickformat": "d", "title": title}
    return axis | {
        "tickvals": list(range(1, length + 1)), "ticktext": [plain(step, 12) for step in steps],
        "tickfont": {"size": theme.px(12), "color": theme.ink},
    }  # fmt: skip


def _drawn(line: ProfileLine, axis: Decades, theme: Theme) -> list[dict]:
    colour = line.hue(theme)
    traces = []
    if line.start is not None:
        traces.append(_trace(line.start, axis, f"{line.name} before training", fade(colour, 0.4), 1.4, "solid"))
    if line.cell is not None:
        traces.append(_trace(line.cell, axis, f"{line.name} memory |∂L/∂c|", colour, 1.6, "dot"))
    traces.append(_trace(line.hidden, axis, f"{line.name} |∂L/∂h|", colour, 2.8, "solid"))
    traces.append(_zeros(line, axis, colour))
    if line.theory is not None:
        name = "ρ<sup>k</sup>, exact" if line.exact else "bound: never above"
        traces.append(_trace(line.theory, axis, f"theory, {name}", theme.ink, 1.5, "dash" if line.exact else "longdashdot"))
    return traces


def _trace(norms: np.ndarray, axis: Decades, name: str, colour: str, width: float, dash: str) -> dict:
    norms = np.asarray(norms, dtype=float)
    logs = np.where(norms == 0, np.nan, axis.place(norms))  # no line to zero, which has no place on a logarithmic axis
    return {
        "type": "scatter", "mode": "lines+markers" if np.count_nonzero(norms) <= FEW else "lines",
        "x": np.arange(1, len(norms) + 1, dtype=np.float32), "marker": {"color": colour, "size": 6},
        "y": logs.astype(np.float32), "customdata": norms, "name": name,
        "line": {"color": colour, "width": width, "dash": dash}, "connectgaps": False,
        "hovertemplate": f"{name}: %{{customdata:.3g}}<extra></extra>",
    }  # fmt: skip


def _zeros(line: ProfileLine, axis: Decades, colour: str) -> dict:
    """A mark at the bottom for every step at which the gradient is exactly zero."""
    at = np.flatnonzero(np.asarray(line.hidden) == 0)
    return {
        "type": "scatter", "mode": "markers", "x": (at + 1).astype(np.float32),
        "y": np.full(len(at), axis.bottom + 0.02 * axis.span, dtype=np.float32), "name": f"{line.name} zero",
        "marker": {"symbol": "triangle-down-open", "size": 5, "color": colour},
        "hovertemplate": f"{line.name}: exactly 0<extra></extra>",
    }  # fmt: skip


def _cut(cuts: list[int], every: bool, axis: Decades, theme: Theme) -> tuple[list[dict], list[dict]]:
    """Where truncation cuts: a line at each cut; all before the last is shaded when nothing arrives there."""
    line = {"color": theme.warning, "width": 1.2, "dash": "dash"}
    edge = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "line": line}
    shapes = [{**edge, "x0": cut + 0.5, "x1": cut + 0.5} for cut in cuts]
    if not cuts:
        return [], []
    font = {"size": theme.px(12), "color": theme.warning}
    words = {"yref": "paper", "yanchor": "top", "font": font, "bgcolor": fade(theme.background, 0.8)}
    if every:
        text = "cut: every window has only its own errors"
        return shapes, [note(text, cuts[-1] + 0.5, 0.99, xanchor="right", xshift=-6, **words)]
    last = cuts[-1] + 0.5
    shade = {"type": "rect", "x0": 0.4, "x1": last, "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    shade |= {"fillcolor": fade(theme.warning, 0.06), "line": {"width": 0}}
    text = f"cut: exactly 0 at {cuts[-1]} step{'s' * (cuts[-1] != 1)}, nothing is sent further back"
    return [shade, shapes[-1]], [note(text, last, 0.99, xanchor="right", xshift=-6, **words)]


def _arrivals(lines: Sequence[ProfileLine], axis: Decades, height: float, theme: Theme) -> list[dict]:
    """At the left end of each line its name, and what arrives there."""
    found = [int(np.argmax(np.asarray(line.hidden) != 0)) for line in lines]
    places = [float(axis.place(line.hidden[at : at + 1])[0]) for line, at in zip(lines, found, strict=True)]
    places = np.nan_to_num(places, nan=axis.top)
    gap = 1.2 * LABEL * theme.scale * (axis.top - axis.bottom) / max(height - (ABOVE + BELOW) * theme.scale, 1)
    apart = spread(places, gap, axis.bottom, axis.top)
    return [_arrival(*one, theme) for one in zip(lines, found, apart, strict=True)]


def _arrival(line: ProfileLine, at: int, y: float, theme: Theme) -> dict:
    text = f"<b>{line.name}</b> {number(float(line.hidden[at]))}"
    style = {"xanchor": "right", "yanchor": "middle", "font": {"size": theme.px(LABEL), "color": line.hue(theme)}}
    if at == 0:
        return note(text, 0, float(y), xref="paper", xshift=-10, **style)
    return note(text, at + 1, float(y), xshift=-9, bgcolor=fade(theme.background, 0.8), **style)


def _theory_name(line: ProfileLine, axis: Decades, theme: Theme) -> dict:
    """The name of the theory's line, at two fifths of the part that is seen, above it."""
    seen = np.flatnonzero((axis.place(line.theory) > axis.low) & (axis.place(line.theory) < axis.top))
    at = int(seen[2 * len(seen) // 5]) if seen.size else len(line.theory) - 1
    text = "theory: ρ<sup>k</sup>, exact" if line.exact else "bound: never above"
    font = {"size": theme.px(11.5), "color": theme.ink}
    place, grows = axis.place(line.theory), line.theory[0] > line.theory[-1]
    style = {"xanchor": "left" if grows else "right", "yanchor": "bottom", "yshift": 5, "xshift": 4 if grows else -4}
    if place[at] > axis.high - 0.1 * axis.span:
        style |= {"yanchor": "top", "yshift": -6}
    return note(text, at + 1, float(place[at]), font=font, bgcolor=fade(theme.background, 0.8), **style)


def _ends(every: bool, what: str, theme: Theme) -> list[dict]:
    """What stands at both ends of time."""
    font = {"size": theme.px(12), "color": theme.quiet}
    style = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "yshift": 8, "font": font}
    loss = "every step has an error" if every else "the loss stands here ↓"
    return [
        note("what arrives", 0, 1, xanchor="right", xshift=-10, **style),
        note(f"← the gradient {plain(what, 80)}" if what else "← the gradient travels back", 0.5, 1, xanchor="center", **style),
        note(loss, 1, 1, xanchor="right", **style),
        note(f"|∂{symbol('L')}/∂{symbol('h', 't')}|", 1, 1, xanchor="left", xshift=8, **style),
    ]


def _title(text: str, theme: Theme) -> list[dict]:
    font = {"size": theme.px(13.5), "color": theme.ink}
    style = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 8}
    return [note(f"<b>{plain(text, 80)}</b>", 0, 1, xshift=-LEFT * theme.scale + 4, font=font, **style)]
