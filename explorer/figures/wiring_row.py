"""The connections of a network as rows on the shared time axis: lines from row to row, and how long each way is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import end_labels, note
from explorer.figures.naming import at_step
from explorer.figures.palette import Theme, fade, plain
from explorer.figures.rows import Row
from explorer.figures.strips import numbered
from explorer.figures.wiring import Node, Wiring

MOST_LINES = 900
"""Of more connections the strongest are drawn, or an even choice of them."""
SHADES = 6
"""Shades in which connections of different strength are drawn: one trace each."""
WRITTEN = 40
"""Up to so many steps the lengths of the ways are written under the columns."""
TIGHT = 130
"""Pixels that the drawing has at least on a projector, where it gives way to the other rows."""
EDGE = 0.42
"""Rows of air above the inputs and below the answer."""


def wiring_rows(wiring: Wiring, chosen: int | None, steps: Sequence[str], theme: Theme, room: float) -> list[Row]:
    """The connections, and how many of them each input is away from the answer.

    Parameters
    ----------
    chosen : int or None
        The input whose shortest way is drawn boldly, counted from 0.
    steps : sequence of str
        Labels of the inputs.
    room : float
        Pixels of a column.
    """
    lines, remark = _connections(wiring, theme)
    traces = [_ground(wiring), *lines, *_nodes(wiring, theme, room), *_way(wiring, chosen, theme, room)]
    scale = {"range": [wiring.last + EDGE, -EDGE], "showticklabels": False}
    tall = height_of(wiring)
    drawing = Row("connections", tall * theme.scale, traces, scale, remark, _names(wiring, tall, theme), 4)
    return [drawing, _lengths(wiring.lengths, steps, theme, room)]


def height_of(wiring: Wiring) -> float:
    """Pixels of the drawing: rows have less air the more there are."""
    return wiring.last * (58 if wiring.last <= 3 else 42 if wiring.last <= 5 else 30 if wiring.last <= 8 else 21) + 30


def _names(wiring: Wiring, tall: float, theme: Theme) -> list[dict]:
    """What the rows are, at the right; where they are close, every other one."""
    tall = tall if theme.scale == 1 else min(tall, TIGHT)
    every = next(k for k in (1, 2, 3, 6, 12, 400) if k * tall / (wiring.last + 1) >= 15 * theme.scale)
    font = {"size": theme.px(11), "color": theme.quiet}
    shown = [row for row in range(wiring.last + 1) if row in (0, wiring.last) or row % every == 0 and row + every <= wiring.last]
    return [note(plain(wiring.rows[row], 14), 1, row, xref="paper", xanchor="left", xshift=10, font=font) for row in shown]


def _ground(wiring: Wiring) -> dict:
    """Invisible bars that make whole columns clickable."""
    length = len(wiring.lengths)
    return {
        "type": "bar", "width": 1, "hoverinfo": "none", "marker": {"color": "rgba(0,0,0,0)"}, "x": numbered(length),
        "base": -EDGE, "y": np.full(length, wiring.last + 2 * EDGE, dtype=np.float32),
    }  # fmt: skip


def _connections(wiring: Wiring, theme: Theme) -> tuple[list[dict], str]:
    """Lines in a few shades, faintest first, and what to say of them."""
    drawn = chosen_edges(wiring)
    count = len(wiring.edges)
    few = f"{len(drawn):,} of {count:,} drawn" if len(drawn) < count else ""
    if wiring.strengths is None:
        return [_lines(wiring, drawn, fade(theme.forward, 0.42 if len(drawn) < 300 else 0.25), 1.1)], few
    share = _share_of_row(wiring)[drawn]
    shade = np.minimum((share * SHADES).astype(int), SHADES - 1)
    lines = [
        _lines(wiring, drawn[shade == k], fade(theme.forward, 0.07 + 0.8 * k / (SHADES - 1)), 0.8 + 0.35 * k)
        for k in range(SHADES)
        if (shade == k).any()
    ]
    return lines, "as strong as<br>the attention" + (f"<br>{few}" if few else "")


def _share_of_row(wiring: Wiring) -> np.ndarray:
    """Each strength as a share of the strongest that begins in the same row: all rows are seen, however many there are."""
    share = np.empty(len(wiring.edges))
    for row in range(wiring.last):
        mine = wiring.edges[:, 0] == row
        share[mine] = wiring.strengths[mine] / max(float(wiring.strengths[mine].max(initial=0.0)), 1e-12)
    return share


def chosen_edges(wiring: Wiring, most: int = MOST_LINES) -> np.ndarray:
    """Which connections are drawn, ascending: all, or the strongest, or an even choice.

    What ends in the two last rows is always among an even choice: it is the part one looks at.
    """
    count = len(wiring.edges)
    if count <= most:
        return np.arange(count)
    if wiring.strengths is not None:
        return np.sort(np.argsort(-_share_of_row(wiring), kind="stable")[:most])
    late = np.flatnonzero(wiring.edges[:, 2] >= wiring.last - 1)[:most]
    rest = np.flatnonzero(wiring.edges[:, 2] < wiring.last - 1)
    kept = np.unique(np.linspace(0, len(rest) - 1, most - len(late)).astype(int))
    return np.sort(np.concatenate([late, rest[kept]]))


def _lines(wiring: Wiring, drawn: np.ndarray, colour: str, width: float) -> dict:
    edges, gap = wiring.edges[drawn], np.full(len(drawn), np.nan)
    (x0, y0), (x1, y1) = wiring.points(edges[:, 0], edges[:, 1]), wiring.points(edges[:, 2], edges[:, 3])
    return {
        "type": "scatter", "mode": "lines", "hoverinfo": "skip", "line": {"color": colour, "width": width},
        "x": np.stack([x0, x1, gap], axis=1).ravel().astype(np.float32), "y": np.stack([y0, y1, gap], axis=1).ravel().astype(np.float32),
    }  # fmt: skip


def _nodes(wiring: Wiring, theme: Theme, room: float) -> list[dict]:
    """A dot for everything that is computed on the way; a ring for an input that is not seen, and around the answer."""
    size = min(max(0.32 * room, 2.5), 9) * theme.scale
    answer = [(wiring.last, 0)]
    dots = [_dots(wiring, list(wiring.following), size, theme.forward)]
    unseen = [(0, int(t)) for t in np.flatnonzero(~wiring.seen)]
    if unseen:
        rings = _dots(wiring, unseen, size, theme.faint)
        rings["marker"]["symbol"] = "circle-open"
        dots.append(rings)
    ring = _dots(wiring, answer, size + 5, theme.background)
    ring["marker"]["line"] = {"color": theme.forward, "width": 2}
    return [*dots, ring, _dots(wiring, answer, size, theme.forward)]


def _dots(wiring: Wiring, nodes: Sequence[Node], size: float, colour: str) -> dict:
    x, y = wiring.points(*np.array(nodes, dtype=int).T)
    return {
        "type": "scatter", "mode": "markers", "x": x.astype(np.float32), "y": y.astype(np.float32), "hoverinfo": "skip",
        "marker": {"size": round(size, 1), "color": colour, "opacity": 1}, "cliponaxis": False,
    }  # fmt: skip


def _way(wiring: Wiring, chosen: int | None, theme: Theme, room: float) -> list[dict]:
    """The shortest way of the chosen input, boldly."""
    nodes = [] if chosen is None else wiring.way(chosen)
    if not nodes:
        return []
    size = min(max(0.32 * room, 3), 10) * theme.scale
    return [{**_dots(wiring, nodes, size, theme.forward), "mode": "lines+markers", "line": {"color": theme.forward, "width": 3.2}}]


def _lengths(lengths: np.ndarray, steps: Sequence[str], theme: Theme, room: float) -> Row:
    """How many connections each input is away: written, or as a line where columns are narrow."""
    lengths = np.asarray(lengths, dtype=float)
    name, remark = "way to the answer", "– there is none" if not np.isfinite(lengths).all() else ""
    hover = np.array([f"{plain(at_step(steps, i), 40)}: {told(one)}" for i, one in enumerate(lengths)])
    common = {"type": "scatter", "x": numbered(len(lengths)), "hovertext": hover, "hoverinfo": "text", "cliponaxis": False}
    if len(lengths) <= WRITTEN and room >= 15 * theme.scale:
        text = np.array([f"{one:.0f}" if np.isfinite(one) else "–" for one in lengths])
        font = {"size": theme.px(13), "color": theme.forward}
        trace = {"mode": "text", "y": np.zeros(len(lengths), dtype=np.float32), "text": text, "textfont": font}
        unit = [note("connections", 1, 0, xref="paper", xanchor="left", xshift=10, font={"size": theme.px(11), "color": theme.quiet})]
        return Row(name, 24 * theme.scale, [{**common, **trace}], {"range": [-1, 1], "showticklabels": False}, remark, unit, 2, False)
    top = float(np.nanmax(lengths, initial=1.0))
    if np.nanmin(lengths, initial=np.inf) == top:
        font = {"size": theme.px(13), "color": theme.forward}
        words = note(f"{top:.0f} connections from every input{' that is seen' if remark else ''}", 1, 0, xanchor="left", font=font)
        return Row(name, 24 * theme.scale, [{**common, "mode": "markers", "marker": {"opacity": 0}, "y": np.zeros(len(lengths))}],
                   {"range": [-1, 1], "showticklabels": False}, "", [words], 2, False)  # fmt: skip
    line = {"mode": "lines", "y": lengths.astype(np.float32), "line": {"color": theme.forward, "width": 2}, "connectgaps": False}
    first = next((float(one) for one in lengths if np.isfinite(one)), 0.0)
    ends = end_labels([(first, f"at most {top:.0f}", theme.forward)], 0, 1.15 * top, 42, theme, 11)
    return Row(name, 42 * theme.scale, [{**common, **line}], {"range": [0, 1.15 * top], "showticklabels": False}, remark, ends, 6, False)


def told(length: float) -> str:
    """A length in words."""
    if not np.isfinite(length):
        return "no way to the answer"
    return "1 connection to the answer" if length == 1 else f"{length:.0f} connections to the answer"
