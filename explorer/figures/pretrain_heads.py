"""Induction heads: how strongly each head looks where a repeated sequence went on the first time, over the training and now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, end_labels, note, picture, spec
from explorer.figures.naming import share_of
from explorer.figures.palette import Theme, fade, plain

LEFT, RIGHT = (0.0, 0.47), (0.67, 1.0)
"""The curves and the map, as shares of the width; the names of the lines stand between them."""
MARGIN = (52, 16, 44, 40)
HEIGHT = 360
NAMED = 3
"""Lines that are named at their ends: the strongest induction heads, and the strongest previous-piece head."""
APPEARED = 0.3
"""From this share of attention on, a head is said to be one (ours; there is no agreed threshold)."""


@dataclass(frozen=True, eq=False)
class Heads:
    """What every head did on a random sequence that is read twice.

    Attributes
    ----------
    steps : numpy.ndarray
        (M,) training steps.
    induction, previous : numpy.ndarray
        (M, L, h): mean attention to the piece that followed the same piece the first time, and to the piece just before.
    even : float
        What a head would score that looks evenly at all it may look at.
    shown : int
        Which moment is shown.
    pieces : sequence of str
        The T pieces of the sequence.
    map : numpy.ndarray or None
        (T, T): attention of the strongest induction head at the moment shown.
    """

    steps: np.ndarray
    induction: np.ndarray
    previous: np.ndarray
    even: float
    shown: int
    pieces: Sequence[str]
    map: np.ndarray | None

    @property
    def best(self) -> tuple[int, int]:
        """Layer and head, from 0, of the strongest induction head at the moment shown."""
        return _strongest(self.induction[self.shown])

    @property
    def appeared(self) -> int | None:
        """The first step at which some head passed `APPEARED` and from which on one did to the end; None if none does now."""
        passed = self.induction.reshape(len(self.steps), -1).max(axis=1) >= APPEARED
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
    layout["annotations"] = [*notes, _heading("attention to where the repetition went on", LEFT[0], -40, theme)]
    if heads.map is not None:
        data.append(_map(heads, theme))
        length = heads.map.shape[0]
        layout["xaxis2"] = {"domain": list(RIGHT), "anchor": "y2", "range": [0.5, length + 0.5], **_halves(length)}
        layout["yaxis2"] = {"anchor": "x2", "range": [length + 0.5, 0.5], **_halves(length), "ticklabelstandoff": 3}
        layout["shapes"] += [_halfway(length, across, theme) for across in (True, False)]
        data.append(_ideal(length, theme))
        layer, head = heads.best
        layout["annotations"].append(_heading(f"layer {layer + 1}, head {head + 1}: rows look at columns, circles mark where", RIGHT[0], -30, theme))
    return spec(data, layout)


def ideal_places(length: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns, from 0, of perfect induction on a sequence of `length` pieces whose second half repeats the first.

    At piece i of the second half the same piece stood at i - n, and what followed it at i - n + 1 (Olsson et al. 2022).
    """
    half = length // 2
    rows = np.arange(half, length - 1) if length % 2 else np.arange(half, length)
    return rows, rows - half + 1


def _lines(heads: Heads, theme: Theme) -> tuple[list[dict], list[tuple[float, str, str]]]:
    layers, count = heads.induction.shape[1:]
    order = np.argsort(-heads.induction[-1].ravel(), kind="stable")
    data, ends = [], []
    for rank, flat in enumerate(order[::-1]):
        layer, head = divmod(int(flat), count)
        strong = rank >= len(order) - min(NAMED, len(order))
        first = rank == len(order) - 1
        colour = theme.forward if first else fade(theme.forward, 0.6 if strong else 0.25)
        values = heads.induction[:, layer, head]
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
    length = heads.map.shape[0]
    names = [plain(piece, 12) for piece in heads.pieces]
    numbers = np.arange(1, length + 1, dtype=np.int32)
    return {
        "type": "heatmap", "z": np.rint(100 * heads.map).astype(np.int8), "x": numbers, "y": numbers, "zmin": 0, "zmax": 100, "showscale": False,
        "colorscale": theme.shades(theme.forward), "xaxis": "x2", "yaxis": "y2",
        "text": [[f"{i + 1} {row} looks at {j + 1} {column}" for j, column in enumerate(names)] for i, row in enumerate(names)],
        "hovertemplate": "%{text}: %{z} %<extra></extra>",
    }  # fmt: skip


def _ideal(length: int, theme: Theme) -> dict:
    rows, places = ideal_places(length)
    size = max(4.0, min(11.0, 300 / length))
    return {
        "type": "scatter", "mode": "markers", "x": (places + 1).astype(np.float32), "y": (rows + 1).astype(np.float32), "xaxis": "x2", "yaxis": "y2",
        "marker": {"size": size, "color": "rgba(0,0,0,0)", "line": {"color": fade(theme.gradient, 0.75), "width": 1.1}}, "hoverinfo": "skip",
    }  # fmt: skip


def _halves(length: int) -> dict:
    half = length // 2
    return {"tickvals": [(half + 1) / 2, half + (length - half + 1) / 2], "ticktext": ["first time", "again"], "fixedrange": True, "tickangle": 0}


def _halfway(length: int, across: bool, theme: Theme) -> dict:
    middle, line = length // 2 + 0.5, {"color": theme.faint, "width": 1}
    along, at = ("x", "y") if across else ("y", "x")
    return {"type": "line", "xref": "x2", "yref": "y2", f"{along}0": 0.5, f"{along}1": length + 0.5, f"{at}0": middle, f"{at}1": middle, "line": line}


def _heading(text: str, x: float, shift: float, theme: Theme) -> dict:
    font = {"size": theme.px(12), "color": theme.quiet}
    return note(text, x, 1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", xshift=shift * theme.scale, yshift=14 * theme.scale, font=font)


def induction_notice(heads: Heads) -> str:
    """Whether there is an induction head by now, since when, and how strong the strongest previous-piece head is beside it."""
    layer, head = heads.best
    score = float(heads.induction[heads.shown, layer, head])
    before = _strongest(heads.previous[heads.shown])
    other = float(heads.previous[heads.shown][before])
    where = f"layer {layer + 1}, head {head + 1}"
    shares = f"{share_of(score)} of its attention, looking evenly would give {share_of(heads.even)}"
    beside = f"The strongest head for the piece just before is layer {before[0] + 1}, head {before[1] + 1}, with {share_of(other)}."
    if score < APPEARED:
        return f"No induction head at this moment: the nearest to one, {where}, gives {shares}. {beside}"
    since = f", for good since step {heads.appeared:,}" if heads.appeared is not None and heads.shown == len(heads.steps) - 1 else ""
    return f"There is an induction head{since}: {where} gives {shares}. {beside}"


def _strongest(scores: np.ndarray) -> tuple[int, int]:
    layer, head = np.unravel_index(int(np.argmax(scores)), scores.shape)
    return int(layer), int(head)
