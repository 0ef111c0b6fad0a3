"""The map of words: a point for each word, names where there is room, and what became of one word's neighbours."""

from __future__ import annotations

import numpy as np

from explorer.figures.canvas import Spec, canvas, picture, spec
from explorer.figures.map_axes import LINE, caption_lines, caption_notes, edge_notes
from explorer.figures.map_colours import Colouring, marker, unknown_marker
from explorer.figures.map_names import SIDES, Window, around, name_sides
from explorer.figures.mapped import LONGEST, Mapped, escaped, point_size
from explorer.figures.palette import Theme, blend, fade, plain

SHARP = 3000
"""Up to so many points each is a shape of its own; more are drawn by the graphics card."""
SIDE, TOP, KEYED = 6, 6, 36
"""Pixels around the plane: at its sides, above it, and above it where the key of a scale stands."""
EDGE = 22
"""Pixels for the words along an edge."""
CLEAR, PALE = 0.72, 0.42
"""Opacity of the points, and when one of them is looked at."""
NAME, GROUP = 12.5, 16
"""Type sizes of a word and of a group."""


def beside_plane(mapped: Mapped, theme: Theme) -> float:
    """Pixels of a picture's width that are not of the plane."""
    left, right, _, _ = _margins(mapped, theme, False, 0)
    return left + right


@picture
def word_map(
    mapped: Mapped, colouring: Colouring, theme: Theme, *, width: float = 640, height: float = 470,
    window: Window | None = None, drag: str = "pan",
) -> Spec:  # fmt: skip
    """A map in the plane.

    Parameters
    ----------
    mapped : Mapped
    colouring : Colouring
        Of the same n words.
    width, height : float
        Pixels of the picture; the width only decides where names find room.
    window : Window, optional
        The part that is seen, when the visitor has zoomed; names are placed for it.
    drag : {"pan", "select", "lasso"}
        What a drag does.
    """
    lines = caption_lines(mapped.caption, theme, width - beside_plane(mapped, theme))
    margins = _margins(mapped, theme, not colouring.groups, len(lines))
    inner = max(width - sum(margins[:2]), 50.0), max(height - sum(margins[2:]), 50.0)
    whole = around(np.vstack([mapped.places, mapped.added_places.reshape(-1, 2)]), *inner, mapped.equal)
    gl = len(mapped.words) > SHARP
    layout = canvas(theme, height, margins, dragmode=drag, uirevision=mapped.revision)
    layout["xaxis"] = {"range": list(whole.x), "showticklabels": False}
    layout["yaxis"] = {"range": list(whole.y), "showticklabels": False}
    if mapped.equal:
        layout["yaxis"] |= {"scaleanchor": "x", "scaleratio": 1}
    if gl:  # what the graphics card draws lies below: the paper must let it through
        layout |= {"paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)"}
    layout["annotations"] = _edges(mapped, theme, inner) + caption_notes(lines, theme, _edge(mapped) + 4)
    layout["newselection"] = {"line": {"color": theme.ink, "width": 1, "dash": "dot"}}
    data = _points(mapped, colouring, theme, "scattergl" if gl else "scatter")
    data += [*_ties(mapped, theme), *_rings(mapped, theme), _names(mapped, colouring, theme, window or whole)]
    return spec(data, layout)


def _margins(mapped: Mapped, theme: Theme, keyed: bool, lines: int) -> tuple[float, float, float, float]:
    edge = _edge(mapped)
    return tuple(theme.scale * side for side in (SIDE + edge, SIDE, KEYED if keyed else TOP, edge + 6 + LINE * lines))


def _edge(mapped: Mapped) -> float:
    return EDGE if mapped.axes else 0


def _points(mapped: Mapped, colouring: Colouring, theme: Theme, kind: str) -> list[dict]:
    """The words without a value below, those with one above."""
    size, names, known = point_size(len(mapped.words), theme), escaped(mapped.words), colouring.known
    opacity = CLEAR if mapped.chosen is None else PALE
    parts = [(~known, unknown_marker(theme, size)), (known, marker(colouring, theme, size))]
    return [
        {
            "type": kind, "mode": "markers", "x": mapped.places[part, 0], "y": mapped.places[part, 1], "text": names[part],
            "customdata": mapped.numbers[part], "marker": {"line": {"width": 0}, "opacity": opacity, **look},
            "selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 0.22}},
            "hovertemplate": "<b>%{text}</b>  no. %{customdata:,d}<extra></extra>",
        }
        for part, look in parts if part.any()
    ]  # fmt: skip


def _ties(mapped: Mapped, theme: Theme) -> list[dict]:
    """Lines from the chosen word: quiet to the true neighbours that are near, red to those torn away."""
    if mapped.chosen is None:
        return []
    return [
        segments(mapped, mapped.kept, blend(theme.background, theme.ink, 0.5), 1.4),
        segments(mapped, mapped.torn, fade(theme.warning, 0.75), 1.2),
    ]


def segments(mapped: Mapped, rows: np.ndarray, colour: str, width: float) -> dict:
    """Lines from the chosen word to others, in as many dimensions as the map has."""
    ends = mapped.places[rows]
    starts = np.broadcast_to(mapped.places[mapped.chosen], ends.shape)
    way = np.stack([starts, ends, np.full_like(ends, np.nan)], axis=1).reshape(-1, mapped.places.shape[1])
    axes = dict(zip("xyz", np.ascontiguousarray(way.T), strict=False))
    line = {"color": colour, "width": width}
    return {"type": "scatter", "mode": "lines", **axes, "line": line, "hoverinfo": "skip"}


def _rings(mapped: Mapped, theme: Theme) -> list[dict]:
    """The chosen word and its neighbours stand out; added words are diamonds."""
    size, found = point_size(len(mapped.words), theme), []
    if mapped.chosen is not None:
        rows = np.concatenate([[mapped.chosen], mapped.kept, mapped.torn]).astype(int)
        colours = [theme.ink] * (1 + len(mapped.kept)) + [theme.warning] * len(mapped.torn)
        sizes = np.full(len(rows), size + 3, dtype=np.float32)
        sizes[0] = size + 8
        look = {"symbol": "circle-open", "size": sizes, "color": colours, "line": {"width": 1.6}}
        found.append(_marks(mapped.places[rows], mapped.numbers[rows], look))
    if len(mapped.added):
        look = {
            "symbol": "diamond",
            "size": size + 5,
            "color": theme.ink,
            "line": {"width": 1, "color": theme.background},
        }
        found.append(_marks(mapped.added_places, None, look) | {
            "text": escaped(tuple(mapped.added)), "hovertemplate": "<b>%{text}</b>  added<extra></extra>", "hoverinfo": "text",
        })  # fmt: skip
    return found


def _marks(places: np.ndarray, numbers: np.ndarray | None, look: dict) -> dict:
    told = {} if numbers is None else {"customdata": numbers}
    told |= {"selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}}}
    at = {"x": places[:, 0], "y": places[:, 1]}
    return {"type": "scatter", "mode": "markers", **at, "marker": look, "hoverinfo": "skip", **told}


def _names(mapped: Mapped, colouring: Colouring, theme: Theme, window: Window) -> dict:
    """Names of groups, of added words, and of as many words as find room."""
    groups, middles = _middles(mapped, colouring)
    labels = [*groups, *mapped.added, *mapped.words]
    places = np.vstack([middles, mapped.added_places.reshape(-1, 2), mapped.places[:, :2]])
    before = len(groups) + len(mapped.added)
    order, own = mapped.order()
    # In any case the added words and the chosen one; then groups, then the others.
    order = np.concatenate(
        [np.arange(len(groups), before), before + order[:own], np.arange(len(groups)), before + order[own:]]
    )
    lengths = np.minimum(np.fromiter(map(len, labels), dtype=float, count=len(labels)), LONGEST)
    sizes = np.full(len(labels), theme.px(NAME))
    sizes[: len(groups)] = theme.px(GROUP)
    if mapped.chosen is not None:
        sizes[before + mapped.chosen] = theme.px(GROUP)
    sides = name_sides(window, places, lengths, sizes, order, mapped.names + len(groups), len(mapped.added) + own)
    shown = np.flatnonzero(sides >= 0)
    colours = _dress(mapped, theme, shown, len(groups), before)
    text = [_written(labels[i], mapped, i - before) for i in shown]
    paper = theme.background
    halo = f"0 0 2px {paper}, 0 0 2px {paper}, 0 0 3px {paper}, 0 0 5px {paper}"
    return {
        "type": "scatter", "mode": "text", "x": places[shown, 0].astype(np.float32), "y": places[shown, 1].astype(np.float32),
        "text": np.array(text, dtype=str), "textposition": np.array(SIDES)[sides[shown]], "hoverinfo": "skip",
        "textfont": {"size": sizes[shown].astype(np.float32), "color": colours, "shadow": halo},
        "selected": {"textfont": {}}, "unselected": {"textfont": {"color": theme.ink}},
    }  # fmt: skip


def _written(word: str, mapped: Mapped, row: int) -> str:
    marked = row < 0 or row == mapped.chosen
    return f"<b>{plain(word, LONGEST)}</b>" if marked else plain(word, LONGEST)


def _dress(mapped: Mapped, theme: Theme, shown: np.ndarray, groups: int, before: int) -> np.ndarray:
    """Colours of the names that are shown."""
    colours = np.full(len(shown), theme.ink)
    for at in np.flatnonzero(shown < groups).tolist():
        colours[at] = theme.category(int(shown[at]))
    colours[np.isin(shown - before, mapped.torn) & (shown >= before)] = theme.warning
    return colours


def _middles(mapped: Mapped, colouring: Colouring) -> tuple[list[str], np.ndarray]:
    """The groups that are on the map, and the middle of each."""
    found = [(name, mapped.places[colouring.values == i, :2]) for i, name in enumerate(colouring.groups)]
    middles = [np.median(places, axis=0) if len(places) else np.full(2, np.nan) for _, places in found]
    return list(colouring.groups), np.array(middles).reshape(-1, 2)


def _edges(mapped: Mapped, theme: Theme, inner: tuple[float, float]) -> list[dict]:
    if len(mapped.axes) < 2:
        return []
    across, up = mapped.axes[:2]
    return edge_notes(across, theme, inner[0], up=False) + edge_notes(up, theme, inner[1], up=True)
