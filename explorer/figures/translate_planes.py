"""Two languages side by side, each in its own plane, and then in one: the figure of Mikolov, Le and Sutskever 2013."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.label_sides import label_sides
from explorer.figures.naming import share_of
from explorer.figures.palette import Theme, fade, plain
from explorer.figures.word_plane import word_plane

HEIGHT, TITLE, FOOT = 400, 30, 24
SMALL, GAP = 0.25, 0.02
"""Width of each of the two small planes and of the space between planes, as shares of the whole."""
LETTERS, NAMES = 14, 62.0
"""Letters of a word that are written, and pixels for it beside the outermost points."""


@dataclass(frozen=True, eq=False)
class Crossing:
    """Pairs of words in the spaces of their languages.

    Attributes
    ----------
    pairs : sequence of (str, str)
    source, target : (k, d) arrays
        Vectors of either word of each pair, of length 1.
    placed : (k, d) array
        Where a rotation puts the source words among the target's vectors; NaN where it was not asked yet.
    names : (str, str)
        Of the languages.
    """

    pairs: Sequence[tuple[str, str]]
    source: np.ndarray
    target: np.ndarray
    placed: np.ndarray
    names: tuple[str, str]

    def take(self, rows: slice) -> Crossing:
        """Some of the pairs."""
        return replace(
            self, pairs=self.pairs[rows], source=self.source[rows], target=self.target[rows], placed=self.placed[rows]
        )


@picture
def translate_planes(
    crossing: Crossing, theme: Theme, *, width: float = 1100, compact: bool = False, chosen: int | None = None
) -> Spec:
    """Two small planes and one large one, in which lines join the pairs.

    The small ones show the two main directions of each language's own vectors, the first turned and mirrored within the
    picture so that likeness is seen; the large one shows the plane of the second language, with both.

    Parameters
    ----------
    width : float
        Of the picture, in pixels, to find room for the words.
    chosen : int or None
        A pair that stands out.
    """
    height = (400 if compact else HEIGHT) * theme.scale**0.5
    layout = canvas(theme, height, (2, 2, TITLE * theme.scale, FOOT * theme.scale))
    theirs = word_plane(crossing.target)
    ours = word_plane(crossing.source, previous=theirs.points)
    large = 1 - 2 * (SMALL + GAP)
    sides = [(0.0, SMALL), (SMALL + GAP, 2 * SMALL + GAP), (1 - large, 1.0)]
    one, other = crossing.names
    titles = (
        f"{plain(one)}, its own main directions",
        f"{plain(other)}, its own",
        f"{plain(one)} carried over to {plain(other)}",
    )
    places = [(ours.points, ours.explained), (theirs.points, theirs.explained)]
    tall, data, notes = height - (TITLE + FOOT) * theme.scale, [], []
    for i, (points, explained) in enumerate(places):
        room = (sides[i][1] - sides[i][0]) * width, tall
        _axes(layout, i, sides[i], points, room)
        words = [pair[i] for pair in crossing.pairs]
        data.append(_words(points, words, i, theme, i, room, layout, chosen))
        notes.append(_caption(f"{share_of(float(explained.sum()))} of their variance", sides[i], theme))
    carried = (crossing.placed - crossing.target.mean(axis=0)) @ theirs.axes
    both = np.vstack([theirs.points, carried[np.isfinite(carried).all(axis=1)]])
    room = large * width, tall
    _axes(layout, 2, sides[2], both, room)
    data += _joined(crossing, carried, theirs.points, theme, room, layout, chosen)
    notes.append(_caption("lines join what the dictionary says is the same", sides[2], theme))
    layout["annotations"] = [*notes, *(_title(title, side, theme) for title, side in zip(titles, sides, strict=True))]
    return spec(data, layout)


def _axes(layout: dict, i: int, side: tuple[float, float], points: np.ndarray, room: tuple[float, float]) -> None:
    """Axes of one scale around the points, with air for words at the edges."""
    suffix = "" if i == 0 else str(i + 1)
    low, high = points.min(axis=0), points.max(axis=0)
    across, up = (high - low).tolist()
    air = min(NAMES, 0.22 * room[0]), 26.0
    scale = max(across / (room[0] - 2 * air[0]), up / (room[1] - 2 * air[1]), 1e-9)
    ends = [[float(m - scale * r / 2), float(m + scale * r / 2)] for m, r in zip((low + high) / 2, room, strict=True)]
    style = {"showticklabels": False, "fixedrange": True, "showline": True, "mirror": True}
    layout[f"xaxis{suffix}"] = {**style, "domain": list(side), "range": ends[0], "anchor": f"y{suffix}"}
    layout[f"yaxis{suffix}"] = {**style, "range": ends[1], "anchor": f"x{suffix}"}


def _pixels(points: np.ndarray, i: int, room: tuple[float, float], layout: dict) -> np.ndarray:
    suffix = "" if i == 0 else str(i + 1)
    ends = np.array([layout[f"{axis}axis{suffix}"]["range"] for axis in "xy"])
    return (np.nan_to_num(points, nan=-99.0) - ends[:, 0]) / (ends[:, 1] - ends[:, 0]) * np.array(room)


def _words(
    points: np.ndarray, words: Sequence[str], language: int, theme: Theme, i: int, room: tuple[float, float], layout: dict, chosen: int | None,
    dots: np.ndarray | None = None,
) -> dict:  # fmt: skip
    """The words of one language in one plane; where there is no room for a name, its mark alone."""
    size, suffix = theme.px(12), "" if i == 0 else str(i + 1)
    others = None if dots is None else _pixels(dots, i, room, layout)
    sides = label_sides(
        _pixels(points, i, room, layout), [min(len(word), LETTERS) for word in words], size, others, radius=5.0
    )
    colour = hue(language, theme)
    large = [10 if k == chosen else 7 for k in range(len(words))]
    return {
        "type": "scatter", "mode": "markers+text", "xaxis": f"x{suffix}", "yaxis": f"y{suffix}",
        "x": points[:, 0].astype(np.float32), "y": points[:, 1].astype(np.float32),
        "text": [plain(word, LETTERS) if side else "" for word, side in zip(words, sides, strict=True)],
        "textposition": [side or "middle right" for side in sides], "textfont": {"size": size, "color": colour},
        "marker": {"color": colour, "size": large, "symbol": "circle" if language == 0 else "diamond",
                   "line": {"color": theme.background, "width": 1}},
        "hovertext": [plain(word, 60) for word in words], "hoverinfo": "text", "cliponaxis": True,
    }  # fmt: skip


def _joined(
    crossing: Crossing,
    carried: np.ndarray,
    points: np.ndarray,
    theme: Theme,
    room: tuple[float, float],
    layout: dict,
    chosen: int | None,
) -> list[dict]:
    known = np.isfinite(carried).all(axis=1)
    gaps = np.full(int(known.sum()), np.nan)
    x, y = (np.stack([carried[known, k], points[known, k], gaps], axis=1).ravel().astype(np.float32) for k in (0, 1))
    lines = {"type": "scatter", "mode": "lines", "x": x, "y": y, "xaxis": "x3", "yaxis": "y3", "hoverinfo": "skip",
             "line": {"color": fade(theme.quiet, 0.55), "width": 1.2}}  # fmt: skip
    first, second = ([pair[side] for pair in crossing.pairs] for side in (0, 1))
    return [
        lines,
        _words(points, second, 1, theme, 2, room, layout, chosen, dots=carried[known]),
        _words(carried, first, 0, theme, 2, room, layout, chosen, dots=points),
    ]


def hue(language: int, theme: Theme) -> str:
    """The colour of the first language and of the second."""
    return theme.forward if language == 0 else theme.category(2)


def _title(text: str, side: tuple[float, float], theme: Theme) -> dict:
    return note(text, side[0], 1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=6,
                font={"size": theme.px(13), "color": theme.ink})  # fmt: skip


def _caption(text: str, side: tuple[float, float], theme: Theme) -> dict:
    return note(text, side[0], 0, xref="paper", yref="paper", xanchor="left", yanchor="top", yshift=-4,
                font={"size": theme.px(12), "color": theme.quiet})  # fmt: skip


def distance_notice(crossing: Crossing, left_out: bool) -> str:
    """How far apart pairs are after the rotation, against how far apart words are that do not belong together."""
    known = np.isfinite(crossing.placed).all(axis=1)
    if known.sum() < 2:
        return "The dictionary is being tested; words are carried over as soon as their rotation is fitted."
    middle = crossing.target.mean(axis=0)
    cosines = _unit(crossing.placed[known] - middle) @ _unit(crossing.target[known] - middle).T
    own, n = np.diag(cosines), int(known.sum())
    others = (cosines.sum() - own.sum()) / (n * (n - 1))
    how = "by a rotation that does not know them" if left_out else "by a rotation that was fitted to these very pairs"
    return (
        f"Carried over {how}, the {n} words have a mean cosine of {_two(own.mean())} with their translations, and of {_two(others)} with the "
        "others, both measured from the middle of all."
    )


def _two(value: float) -> str:
    return f"{value + 0.0:.2f}".replace("-", "−")


def _unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
