"""What every head has made its habit, over the training and now: above all induction, to look where a repetition went on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, end_labels, note, number, picture, spec
from explorer.figures.naming import share_of
from explorer.figures.palette import Theme, fade, plain

LEFT, RIGHT = (0.0, 0.47), (0.67, 1.0)
"""The curves and the map, as shares of the width; the names of the lines stand between them."""
MARGIN = (52, 16, 44, 40)
HEIGHT = 360
NAMED = 3
"""Lines that are named at their ends: the strongest induction heads, and the strongest previous-piece head."""
HABITS = {"induction": "attention to where the repetition went on", "following": "attention to the piece just after"}
APPEARED = 0.3
"""From this share of attention on, a head is said to be one (ours; there is no agreed threshold)."""


@dataclass(frozen=True, eq=False)
class Heads:
    """What every head did on random sequences that are read twice in a row.

    Attributes
    ----------
    steps : numpy.ndarray
        (M,) training steps.
    scores : numpy.ndarray
        (M, L, h): mean attention to the places that matter for the habit.
    previous : numpy.ndarray
        (M, L, h): the same for the piece just before.
    shown : int
        Which moment is shown.
    map : numpy.ndarray
        (T, T): mean attention, at that moment, of the head with the highest score. T is 1 + 2 n: a beginning, and n pieces twice.
    habit : {"induction", "following"}
        Looking at what followed the same piece the first time, or (of a network that sees both sides) at the piece just after.
    gain : float
        Bits for each piece that the network saves when the sequence comes again; NaN where that is not measured.
    """

    steps: np.ndarray
    scores: np.ndarray
    previous: np.ndarray
    shown: int
    map: np.ndarray
    habit: str = "induction"
    gain: float = float("nan")

    @property
    def best(self) -> tuple[int, int]:
        """Layer and head, from 0, of the strongest at the moment shown."""
        return strongest(self.scores[self.shown])

    @property
    def even(self) -> float:
        """What a head would score that looks evenly at all it may look at."""
        rows, _ = ideal_places(len(self.map), self.habit)
        return float(np.mean(1 / (rows + 1))) if self.habit == "induction" else 1 / len(self.map)

    @property
    def appeared(self) -> int | None:
        """The first step from which on some head was always above `APPEARED`; None if none is now."""
        passed = self.scores.reshape(len(self.steps), -1).max(axis=1) >= APPEARED
        if not passed[-1]:
            return None
        below = np.flatnonzero(~passed)
        return int(self.steps[below[-1] + 1 if below.size else 0])


@picture
def induction_heads(heads: Heads, theme: Theme) -> Spec:
    """At the left a line for each head, at the right where the strongest one looks, with the places it should look at."""
    layout = canvas(theme, HEIGHT * theme.scale, tuple(side * theme.scale for side in MARGIN), hovermode="closest")
    last = max(float(heads.steps[-1]), 1.0)
    layout["xaxis"] = {"domain": list(LEFT), "range": [0, last], "nticks": 5, "tickformat": ",d", "hoverformat": ",d", "showline": True}
    layout["yaxis"] = {"range": [0, 1], "dtick": 0.25, "tickformat": ".0%", "showgrid": True, "fixedrange": True}
    data, ends = _lines(heads, theme)
    ends.append((heads.even, f"looking evenly {share_of(heads.even)}", theme.quiet))
    pixels = (HEIGHT - MARGIN[2] - MARGIN[3]) * theme.scale
    notes = [one | {"xref": "paper", "x": LEFT[1]} for one in end_labels(ends, 0, 1, pixels, theme)]
    layout["shapes"] = [_even(heads, last, theme), *_moment(heads, theme)]
    layout["annotations"] = [*notes, _heading(HABITS[heads.habit], LEFT[0], -40, theme)]
    length = len(heads.map)
    data += [_map(heads, theme), _ideal(heads, theme)]
    layout["xaxis2"] = {"domain": list(RIGHT), "anchor": "y2", "range": [0.5, length + 0.5], **_halves(length)}
    layout["yaxis2"] = {"anchor": "x2", "range": [length + 0.5, 0.5], **_halves(length), "ticklabelstandoff": 3}
    layout["shapes"] += [_halfway(length, across, theme) for across in (True, False)]
    layer, head = heads.best
    layout["annotations"].append(_heading(f"layer {layer + 1}, head {head + 1}: rows look at columns", RIGHT[0], 0, theme))
    return spec(data, layout)


def ideal_places(length: int, habit: str = "induction") -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns, from 0, at which a perfect head of the habit would look on a sequence of 1 + 2 n places.

    Induction: at place t of the second half the same piece stood at t - n, and what followed it at t - n + 1 (Olsson et
    al. 2022).
    """
    half = length // 2
    if habit == "following":
        return np.arange(length - 1), np.arange(1, length)
    rows = np.arange(half + 1, 2 * half + 1)
    return rows, rows - half + 1


def _lines(heads: Heads, theme: Theme) -> tuple[list[dict], list[tuple[float, str, str]]]:
    layers, count = heads.scores.shape[1:]
    order = np.argsort(-heads.scores[-1].ravel(), kind="stable")
    data, ends = [], []
    for rank, flat in enumerate(order[::-1]):
        layer, head = divmod(int(flat), count)
        strong = rank >= len(order) - min(NAMED, len(order))
        first = rank == len(order) - 1
        colour = theme.forward if first else fade(theme.forward, 0.6 if strong else 0.25)
        values = heads.scores[:, layer, head]
        data.append(_line(heads.steps, values, colour, 2.6 if first else 1.4, f"layer {layer + 1}, head {head + 1}"))
        if strong:
            ends.append((float(values[-1]), f"L{layer + 1} H{head + 1} {share_of(float(values[-1]))}", theme.forward if first else theme.quiet))
    return data, ends


def _line(x: np.ndarray, y: np.ndarray, colour: str, width: float, name: str) -> dict:
    return {
        "type": "scatter", "mode": "lines" if len(x) > 1 else "markers", "x": np.asarray(x, dtype=np.float32), "y": np.asarray(y, dtype=np.float32),
        "line": {"color": colour, "width": width}, "marker": {"color": colour, "size": 5},
        "hovertemplate": f"{plain(name)}: %{{y:.1%}}<extra></extra>", "xaxis": "x", "yaxis": "y",
    }  # fmt: skip


def _even(heads: Heads, last: float, theme: Theme) -> dict:
    line = {"color": theme.quiet, "width": 1.3, "dash": "dot"}
    return {"type": "line", "xref": "x", "yref": "y", "x0": 0, "x1": last, "y0": heads.even, "y1": heads.even, "line": line}


def _moment(heads: Heads, theme: Theme) -> list[dict]:
    if heads.shown == len(heads.steps) - 1:
        return []
    step = float(heads.steps[heads.shown])
    return [{"type": "line", "xref": "x", "yref": "y", "x0": step, "x1": step, "y0": 0, "y1": 1, "line": {"color": theme.ink, "width": 1.4}}]


def _map(heads: Heads, theme: Theme) -> dict:
    numbers = np.arange(1, len(heads.map) + 1, dtype=np.int32)
    return {
        "type": "heatmap", "z": np.rint(100 * heads.map).astype(np.int8), "x": numbers, "y": numbers, "zmin": 0, "zmax": 100, "showscale": False,
        "colorscale": theme.shades(theme.forward), "xaxis": "x2", "yaxis": "y2", "hovertemplate": "place %{y} looks at place %{x}: %{z} %<extra></extra>",
    }  # fmt: skip


def _ideal(heads: Heads, theme: Theme) -> dict:
    """Small circles where a perfect head would look."""
    rows, places = ideal_places(len(heads.map), heads.habit)
    size = max(4.0, min(9.0, 300 / len(heads.map)))
    return {
        "type": "scatter", "mode": "markers", "x": (places + 1).astype(np.float32), "y": (rows + 1).astype(np.float32), "xaxis": "x2", "yaxis": "y2",
        "marker": {"size": size, "color": "rgba(0,0,0,0)", "line": {"color": fade(theme.gradient, 0.75), "width": 1.1}}, "hoverinfo": "skip",
    }  # fmt: skip


def _halves(length: int) -> dict:
    half = length // 2
    return {"tickvals": [1 + (half + 1) / 2, 1 + half + (half + 1) / 2], "ticktext": ["first time", "again"], "fixedrange": True, "tickangle": 0}


def _halfway(length: int, across: bool, theme: Theme) -> dict:
    middle, line = 1 + length // 2 + 0.5, {"color": theme.faint, "width": 1}
    along, at = ("x", "y") if across else ("y", "x")
    return {"type": "line", "xref": "x2", "yref": "y2", f"{along}0": 0.5, f"{along}1": length + 0.5, f"{at}0": middle, f"{at}1": middle, "line": line}


def _heading(text: str, x: float, shift: float, theme: Theme) -> dict:
    font = {"size": theme.px(12), "color": theme.quiet}
    return note(text, x, 1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", xshift=shift * theme.scale, yshift=14 * theme.scale, font=font)


def heads_notice(heads: Heads) -> str:
    """Whether a head of this habit is there by now, since when, and what it is good for."""
    layer, head = heads.best
    score, before = float(heads.scores[heads.shown, layer, head]), strongest(heads.previous[heads.shown])
    shares = f"layer {layer + 1}, head {head + 1} gives it {share_of(score)} of its attention; looking evenly would give {share_of(heads.even)}"
    beside = (
        f"The strongest head for the piece just before is layer {before[0] + 1}, head {before[1] + 1}, with "
        f"{share_of(float(heads.previous[heads.shown][before]))}."
    )
    name = "an induction head" if heads.habit == "induction" else "a head for the piece just after"
    if score < APPEARED:
        told = f"There is not {name} at this moment: {shares}. {beside}"
    else:
        latest = heads.shown == len(heads.steps) - 1
        since = f", for good since step {heads.appeared:,}" if latest and heads.appeared is not None else ""
        told = f"There is {name}{since}: {shares}. {beside}"
    if not np.isfinite(heads.gain):
        return told
    saved = f"saves {number(heads.gain)} bits a piece" if heads.gain > 0 else "saves nothing"
    return f"{told} When the random sequence comes again, the network {saved}."


def strongest(scores: np.ndarray) -> tuple[int, int]:
    """Layer and head, from 0, with the highest of the scores (L, h)."""
    layer, head = np.unravel_index(int(np.argmax(scores)), scores.shape)
    return int(layer), int(head)
