"""What each method found, best first, in lanes beside one another; lines join what is one paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.naming import hundredths
from explorer.figures.palette import Theme, blend, plain

ROW, HEAD = 42, 34
"""Pixels of a rank, and of the names of the methods."""
HALF = 0.39
"""Half of a box's width, in lanes."""
LETTERS = 20
"""Of a title and its paragraph's number."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph that a method found.

    Attributes
    ----------
    row : int
        Its number; equal in all lanes.
    title, place, text : str
        Of its article, where in it, and how it begins.
    score : float
    right : bool
        Whether it is known to hold the answer.
    """

    row: int
    title: str
    place: str
    text: str
    score: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """A method and its paragraphs, the best first."""

    name: str
    title: str
    hits: tuple[Hit, ...]


@picture
def retrieve_ranks(lanes: Sequence[Lane], theme: Theme, *, ranks: int, chosen: int | None = None, method: str = "") -> Spec:
    """The lanes from left to right.

    Parameters
    ----------
    ranks : int
        How many each may show.
    chosen : int, optional
        Number of the paragraph that is looked at.
    method : str
        Name of the lane whose reasons are explained.
    """
    row, head = ROW * theme.scale, HEAD * theme.scale
    layout = canvas(theme, row * ranks + head + 6, (30 * theme.scale, 0, head, 6))
    layout["xaxis"] = {"range": [-HALF - 0.02, len(lanes) - 1 + HALF + 0.02], "fixedrange": True, "showticklabels": False}
    layout["yaxis"] = {
        "range": [ranks + 0.5, 0.5], "fixedrange": True, "tickvals": list(range(1, ranks + 1)), "tickfont": {"size": theme.px(12), "color": theme.quiet},
    }  # fmt: skip
    layout["barmode"], layout["bargap"] = "overlay", 0
    layout["annotations"] = [
        *(_heading(x, lane, lane.name == method, theme) for x, lane in enumerate(lanes)),
        *(one for x, lane in enumerate(lanes) for y, hit in enumerate(lane.hits, 1) for one in _label(x, y, hit, hit.row == chosen, theme)),
        *(note("nothing found", x, 1, font={"size": theme.px(13), "color": theme.quiet}) for x, lane in enumerate(lanes) if not lane.hits),
    ]  # fmt: skip
    layout["shapes"] = _joins(lanes, chosen, theme)
    return spec([_boxes(x, lane, chosen, theme) for x, lane in enumerate(lanes)], layout)


def _heading(x: int, lane: Lane, bold: bool, theme: Theme) -> dict:
    text = f"<b>{plain(lane.title)}</b>" if bold else plain(lane.title)
    style = {"xanchor": "left", "yref": "paper", "yanchor": "bottom", "yshift": 8}
    return note(text, x - HALF, 1, font={"size": theme.px(15), "color": theme.ink}, **style)


def _boxes(x: int, lane: Lane, chosen: int | None, theme: Theme) -> dict:
    hits = lane.hits
    green = theme.category(3)
    edges = [theme.forward if hit.row == chosen else green if hit.right else theme.line for hit in hits]
    return {
        "type": "bar", "orientation": "h", "base": np.full(len(hits), x - HALF, dtype=np.float32), "x": np.full(len(hits), 2 * HALF, dtype=np.float32),
        "y": np.arange(1, len(hits) + 1, dtype=np.int32), "width": 0.8, "customdata": np.array([hit.row for hit in hits], dtype=np.int32),
        "marker": {
            "color": [_ground(hit, chosen, theme) for hit in hits],
            "line": {"color": edges, "width": [2 if hit.row == chosen or hit.right else 1 for hit in hits]},
        },
        "hovertext": [_hover(hit) for hit in hits], "hoverinfo": "text",
    }  # fmt: skip


def _ground(hit: Hit, chosen: int | None, theme: Theme) -> str:
    """Opaque, for lines pass below."""
    if hit.row == chosen:
        return blend(theme.surface, theme.forward, 0.14)
    return blend(theme.surface, theme.category(3), 0.1) if hit.right else theme.surface


def _hover(hit: Hit) -> str:
    words, lines = hit.text.split(), [""]
    for word in words[:60]:
        if len(lines[-1]) + len(word) > 70:
            lines.append("")
        lines[-1] += f"{word} "
    return f"<b>{plain(hit.title, 60)}</b>, {plain(hit.place)}<br>" + "<br>".join(plain(line, 80) for line in lines[:6])


def _label(x: int, y: int, hit: Hit, chosen: bool, theme: Theme) -> list[dict]:
    title = plain(hit.title, LETTERS - len(hit.place))
    title = f"<b>{title}</b>" if chosen else title
    mark = "✓ " if hit.right else ""
    quiet = f'<span style="color:{theme.quiet}">{plain(hit.place)}</span>'
    size, places = theme.px(13.5), {"yanchor": "middle"}
    return [
        note(f"{mark}{title} {quiet}", x - HALF, y, xanchor="left", xshift=10, font={"size": size, "color": theme.ink}, **places),
        note(_score(hit.score), x + HALF, y, xanchor="right", xshift=-9, font={"size": theme.px(12), "color": theme.quiet}, **places),
    ]


def _score(score: float) -> str:
    return hundredths(score) if abs(score) < 2 else f"{score:.1f}"


def _joins(lanes: Sequence[Lane], chosen: int | None, theme: Theme) -> list[dict]:
    """For each paragraph a line from lane to lane, passing below those that do not show it."""
    lines = []
    for row, hit in {hit.row: hit for lane in lanes for hit in lane.hits}.items():
        places = [(x, y) for x, lane in enumerate(lanes) for y, own in enumerate(lane.hits, 1) if own.row == row]
        lines += [_join(one, other, row == chosen, hit.right, theme) for one, other in zip(places, places[1:], strict=False)]
    return lines


def _join(one: tuple[int, int], other: tuple[int, int], chosen: bool, right: bool, theme: Theme) -> dict:
    colour = theme.forward if chosen else theme.category(3) if right else theme.faint
    start, end = one[0] + HALF, other[0] - HALF
    bend = (1 - 2 * HALF) * 0.6
    path = f"M {start},{one[1]} C {start + bend},{one[1]} {end - bend},{other[1]} {end},{other[1]}"
    line = {"color": colour, "width": 2.6 if chosen or right else 1.3}
    return {"type": "path", "path": path, "line": line, "layer": "below"}


def ranks_notice(lanes: Sequence[Lane], right: dict[str, int] | None) -> str:
    """How far the methods agree, and where a right paragraph stands.

    Parameters
    ----------
    right : dict of str to int, optional
        Rank of the first right paragraph by the name of the method, 0 where it was not found; None where no answer is known.
    """
    firsts = {lane.hits[0].row for lane in lanes if lane.hits}
    counts: dict[int, int] = {}
    for lane in lanes:
        for hit in lane.hits:
            counts[hit.row] = counts.get(hit.row, 0) + 1
    everywhere = sum(count == len(lanes) for count in counts.values())
    finding = [lane.title for lane in lanes if lane.hits]
    who = "All methods" if len(finding) == len(lanes) else f"Only {' and '.join(finding)} found anything; they"
    same = f"Only {finding[0]} found anything." if len(finding) == 1 and len(lanes) > 1 else f"{who} put the same paragraph first."
    said = "Nothing was found." if not firsts else same if len(firsts) == 1 else f"The methods put {len(firsts)} different paragraphs first."
    said += f" Of {len(counts)} paragraphs, {everywhere or 'none'} {'is' if everywhere <= 1 else 'are'} in every lane." if len(counts) > 1 else ""
    if right is not None:
        ranks = ", ".join(f"{lane.title} {right[lane.name] or 'nowhere'}" for lane in lanes if lane.name in right)
        said += f" A paragraph that is known to answer (✓) stands at rank: {ranks}."
    return said
