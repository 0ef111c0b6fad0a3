"""One word in several sentences: the sentences under one another at that word, and beside them the word's vectors as points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.context_groups import Groups, pale, sign_of
from explorer.figures.naming import share_of
from explorer.figures.palette import Theme, plain

LISTED, MAPPED, BELOW = 0.585, 0.625, 0.14
"""Where the sentences end and the map begins, as shares of the width; and the share of the height that the single point has."""
WORD = 0.54
"""Where the words begin, as a share of the sentences' width."""
ROW, SMALLEST_ROW = 27, 17
HEAD, FOOT = 30, 8
TALLEST = 640
LETTER = 0.45
"""Width of a letter as a share of the type size, on average."""
EDGE = 0.065
"""What number and sign take at the left of the sentences, as a share of their width."""


@dataclass(frozen=True)
class Line:
    """A sentence, cut at the word."""

    before: str
    itself: str
    after: str


@picture
def context_map(
    lines: Sequence[Line], places: np.ndarray, groups: Groups, picked: int, theme: Theme, *, layer: int, share: float, static: str,
    width: float = 900, compact: bool = False,
) -> Spec:
    """The sentences by group, and the word's vectors in a plane; a number stands for the same occurrence in both.

    Parameters
    ----------
    lines : sequence of Line
    places : (n, 2) array
    groups : Groups
    picked : int
        The occurrence looked at, from 0; its number is its point's and its line's name in a selection.
    layer : int
    share : float
        Of the squared distances, what the plane shows.
    static : str
        What stands beside the one point of the word without context.
    width : float
        Expected pixels; decides how much of each sentence fits.
    compact : bool
        For a projector: lower.
    """
    rows = _rows(groups)
    row = min(ROW, max(SMALLEST_ROW, (TALLEST if not compact else 330) / max(len(rows), 1))) * theme.scale
    height = max(len(rows) * row, (300 if compact else 350) * theme.scale) + (HEAD + FOOT) * theme.scale
    layout = canvas(theme, height, (4, 4, HEAD * theme.scale, FOOT * theme.scale), hoverdistance=30)
    layout["xaxis"] = {"domain": [0, LISTED], "range": [0, 1], "visible": False, "fixedrange": True}
    layout["yaxis"] = {"range": [len(rows) - 0.5, -0.5], "visible": False, "fixedrange": True}
    layout |= _map_axes(places)
    size = min(theme.px(14), 0.62 * row)
    layout["annotations"] = [*_titles(layer, share, len(groups.numbers), theme), *_names_on_map(places, groups, theme)]
    layout["shapes"] = _picked_row(rows, picked, theme)
    return spec(
        [
            *_sentences(lines, rows, groups, size, width, theme), _headings(rows, groups, size, theme), _signs(rows, groups, size, theme),
            *_points(places, groups, picked, lines, theme), *_single(static, theme),
        ],
        layout,
    )  # fmt: skip


def _rows(groups: Groups) -> list[tuple[str, int]]:
    """What stands in each row: ("group", its number) or ("line", number of the occurrence)."""
    rows: list[tuple[str, int]] = []
    for k in range(len(groups.names)):
        rows += [("group", k), *(("line", int(i)) for i in groups.members(k))]
    return rows


def _map_axes(places: np.ndarray) -> dict:
    """A scale for both directions, with room around the outermost points; and a strip of its own for the single one."""
    middles = (places.max(axis=0) + places.min(axis=0)) / 2
    half = 1.2 * max(float(np.ptp(places, axis=0).max()) / 2, 1e-6)
    across, down = ([float(middle - half), float(middle + half)] for middle in middles)
    common = {"visible": False, "zeroline": False}
    return {
        "xaxis2": {"domain": [MAPPED, 1], "anchor": "y2", "range": across, "constrain": "domain", **common},
        "yaxis2": {"domain": [BELOW + 0.05, 1], "anchor": "x2", "range": down, "scaleanchor": "x2", **common},
        "xaxis3": {"domain": [MAPPED, 1], "anchor": "y3", "range": [0, 1], "fixedrange": True, **common},
        "yaxis3": {"domain": [0, BELOW], "anchor": "x3", "range": [-1, 1], "fixedrange": True, **common},
    }


def _sentences(lines: Sequence[Line], rows: list, groups: Groups, size: float, width: float, theme: Theme) -> list[dict]:
    at = [(y, i) for y, (kind, i) in enumerate(rows) if kind == "line"]
    letters = width * LISTED / (LETTER * size)
    left, right = int((WORD - EDGE) * letters) - 1, int((1 - WORD) * letters) - 1
    before = [plain(_tail(lines[i].before.rstrip(), left), left + 2) if lines[i].before.strip() else "" for _, i in at]
    after = [_marked(lines[i], theme.category(groups.numbers[i]), right) for _, i in at]
    common = {
        "type": "scatter", "mode": "text", "y": np.array([y for y, _ in at], dtype=float), "cliponaxis": False, "ids": [str(i) for _, i in at],
        "hovertext": [plain(f"{lines[i].before}{lines[i].itself}{lines[i].after}", 160) for _, i in at], "hoverinfo": "text",
    }  # fmt: skip
    ink = {"size": size, "color": theme.ink}
    return [
        {**common, "x": np.full(len(at), WORD - 0.008), "text": before, "textposition": "middle left", "textfont": ink},
        {**common, "x": np.full(len(at), WORD), "text": after, "textposition": "middle right", "textfont": ink},
    ]


def _marked(line: Line, colour: str, room: int) -> str:
    word = plain(line.itself, 24)
    return f'<b><span style="color:{colour}">{word}</span></b>{_spaced(line.after, max(room - len(line.itself), 3))}'


def _spaced(text: str, room: int) -> str:
    """What follows the word; a blank before it is kept, which alone would be made visible."""
    text = text.rstrip()
    return (" " if text[:1].isspace() else "") + plain(text.strip(), room) if text else ""


def _tail(text: str, n: int) -> str:
    return text if len(text) <= n else "…" + text[-(n - 1) :]


def _headings(rows: list, groups: Groups, size: float, theme: Theme) -> dict:
    at = [(y, k) for y, (kind, k) in enumerate(rows) if kind == "group"]
    return {
        "type": "scatter", "mode": "text", "x": np.zeros(len(at)), "y": np.array([y + 0.08 for y, _ in at]), "hoverinfo": "skip",
        "text": [f"<b>{plain(groups.names[k], 40)}</b>" for _, k in at], "textposition": "middle right", "cliponaxis": False,
        "textfont": {"size": size, "color": [theme.category(k) for _, k in at]},
    }  # fmt: skip


def _signs(rows: list, groups: Groups, size: float, theme: Theme) -> dict:
    at = [(y, i) for y, (kind, i) in enumerate(rows) if kind == "line"]
    colours = [theme.category(groups.numbers[i]) for _, i in at]
    return {
        "type": "scatter", "mode": "markers+text", "x": np.full(len(at), 0.016), "y": np.array([y for y, _ in at], dtype=float),
        "ids": [str(i) for _, i in at], "hoverinfo": "skip", "cliponaxis": False,
        "marker": {"size": 0.62 * size, "color": colours, "symbol": [sign_of(groups.numbers[i]) for _, i in at]},
        "text": [f" {i + 1}" for _, i in at], "textposition": "middle right", "textfont": {"size": 0.82 * size, "color": theme.quiet},
    }  # fmt: skip


def _points(places: np.ndarray, groups: Groups, picked: int, lines: Sequence[Line], theme: Theme) -> list[dict]:
    n = len(places)
    colours = [theme.category(groups.numbers[i]) for i in range(n)]
    chosen = {
        "type": "scatter", "mode": "markers", "x": places[[picked], 0], "y": places[[picked], 1], "xaxis": "x2", "yaxis": "y2", "hoverinfo": "skip",
        "marker": {"size": theme.px(34), "color": "rgba(0,0,0,0)", "line": {"color": theme.ink, "width": 1.6}},
    }  # fmt: skip
    points = {
        "type": "scatter", "mode": "markers+text", "x": np.asarray(places[:, 0], dtype=np.float32), "y": np.asarray(places[:, 1], dtype=np.float32),
        "xaxis": "x2", "yaxis": "y2", "ids": [str(i) for i in range(n)], "text": [str(i + 1) for i in range(n)], "textposition": "middle center",
        "textfont": {"size": theme.px(12), "color": theme.ink}, "cliponaxis": False,
        "marker": {
            "size": theme.px(23), "symbol": [sign_of(groups.numbers[i]) for i in range(n)], "opacity": 1, "color": [pale(c, theme) for c in colours],
            "line": {"color": colours, "width": 2},
        },
        "hovertext": [f"{i + 1}: {plain(f'{one.before}{one.itself}{one.after}', 120)}" for i, one in enumerate(lines)], "hoverinfo": "text",
    }  # fmt: skip
    return [chosen, points]


def _names_on_map(places: np.ndarray, groups: Groups, theme: Theme) -> list[dict]:
    """The name of each group above its topmost point, where that is within the picture, else below the lowest."""
    notes = []
    for k, name in enumerate(groups.names):
        own = places[groups.members(k)]
        top = own[own[:, 1].argmax()]
        font = {"size": theme.px(13), "color": theme.category(k)}
        style = {"xref": "x2", "yref": "y2", "yanchor": "bottom", "yshift": 15 * theme.scale, "font": font}
        notes.append(note(f"<b>{plain(name, 24)}</b>", float(top[0]), float(top[1]), **style))
    return notes


def _single(static: str, theme: Theme) -> list[dict]:
    """The one vector that a table of words has for it."""
    place = {"type": "scatter", "xaxis": "x3", "yaxis": "y3", "hoverinfo": "skip", "cliponaxis": False}
    dot = {"mode": "markers", "x": [0.06], "y": [0], "marker": {"size": theme.px(15), "color": theme.quiet}}
    font = {"size": theme.px(13), "color": theme.ink}
    return [{**place, **dot}, {**place, "mode": "text", "x": [0.11], "y": [0], "text": [plain(static, 70)], "textposition": "middle right", "textfont": font}]


def _titles(layer: int, share: float, n: int, theme: Theme) -> list[dict]:
    font = {"size": theme.px(12), "color": theme.quiet}
    style = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", "yshift": 10 * theme.scale, "font": font}
    shown = f", of whose distances the plane shows {share_of(share)}" if n > 3 else ""
    return [
        note("the sentences, at the word", 0, 1, **style), note(f"its vectors in layer {layer}{shown}", MAPPED, 1, **style),
        note("without context", MAPPED, BELOW, **style | {"yshift": -4 * theme.scale}),
    ]  # fmt: skip


def _picked_row(rows: list, picked: int, theme: Theme) -> list[dict]:
    y = rows.index(("line", picked))
    shade = {"type": "rect", "xref": "x", "yref": "y", "x0": 0, "x1": 1, "y0": y - 0.5, "y1": y + 0.5, "layer": "below"}
    parting = {"type": "line", "xref": "x3", "yref": "y3", "x0": 0, "x1": 1, "y0": 2.0, "y1": 2.0, "line": {"color": theme.line, "width": 1}}
    return [{**shade, "fillcolor": theme.surface, "line": {"width": 0}}, parting]
