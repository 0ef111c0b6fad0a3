"""The map of words that moves into shape: every word at its place in the plane of one moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.naming import share_of
from explorer.figures.palette import Theme, blend, fade, plain
from explorer.figures.word_labels import by_importance, clear_words

GLIDE = 280
"""Milliseconds in which words glide to their next place."""
SMALL, LARGE, MARKED = 11.5, 15.0, 17.0
"""Type sizes of the rarest and the most frequent word shown, and of words that are watched."""
LONGEST = 18
"""Letters of a word that are written."""
MARGIN = 26
EMPTY = np.empty((0, 2))


@dataclass(frozen=True, eq=False)
class Scene:
    """What a map shows.

    Attributes
    ----------
    words : sequence of str
        The n words, the most frequent first.
    counts : (n,) array
        How often each occurs.
    places : (n, 2) array
        Where each stands in the plane.
    explained : (2,) array
        Share of the words' variance along each of the two directions.
    bounds : (float, float)
        Largest coordinates that the picture has room for. The two directions are stretched each by itself.
    watched : sequence of int
        Rows of the words that are told from the others.
    followed : int or None
        The row whose way is drawn.
    path : (T, 2) array
        Where the followed word stood at each kept moment, up to this one.
    near : sequence of int
        Rows of the words nearest to the followed one, by cosine and not on the map.
    moved : sequence of int
        Rows of words that stand elsewhere on another map.
    origins : (k, 2) array
        Where that map has them.
    """

    words: Sequence[str]
    counts: np.ndarray
    places: np.ndarray
    explained: np.ndarray
    bounds: tuple[float, float]
    watched: Sequence[int] = ()
    followed: int | None = None
    path: np.ndarray = field(default_factory=lambda: EMPTY)
    near: Sequence[int] = ()
    moved: Sequence[int] = ()
    origins: np.ndarray = field(default_factory=lambda: EMPTY)

    def seen(self, places: np.ndarray) -> np.ndarray:
        """Places (k, 2) as they are drawn: 1 is the border. Axes that never change let words glide whatever the bounds do."""
        return np.asarray(places, dtype=np.float64).reshape(-1, 2) / self.bounds

    @property
    def first(self) -> list[int]:
        """Rows of the words that are written before all others."""
        return [*([] if self.followed is None else [self.followed]), *self.watched, *self.moved, *self.near]

    def sizes(self, theme: Theme) -> np.ndarray:
        """The type size of each word: the more frequent, the larger."""
        logs = np.log(np.maximum(np.asarray(self.counts, dtype=float), 1.0))
        span = float(np.ptp(logs)) if len(logs) else 0.0
        sizes = SMALL + (LARGE - SMALL) * ((logs - logs.min()) / span if span > 0 else np.zeros(len(logs)))
        sizes[list({*self.watched, *([] if self.followed is None else [self.followed])})] = MARKED
        return np.round(sizes * theme.scale, 1)


def written_words(
    scene: Scene,
    theme: Theme,
    shape: tuple[float, float],
    written: np.ndarray | None = None,
    before: np.ndarray | None = None,
) -> np.ndarray:
    """Which words of a scene are written in a picture of so many pixels, (n,) bool; the others are dots.

    Parameters
    ----------
    written : (n,) bool, optional
        Which were written a moment ago.
    before : (n, 2) array, optional
        Where they were drawn a moment ago (see `Scene.seen`), from where they glide.
    """
    wide, high = shape[0] - 2 * MARGIN, shape[1] - 2 * MARGIN
    middle = np.array([wide, high]) / 2
    pixels = middle + scene.seen(scene.places) * middle
    origin = None if before is None else middle + before * middle
    letters = [min(len(word), LONGEST) for word in scene.words]
    order = by_importance(len(scene.words), scene.first, written)
    return clear_words(pixels, letters, scene.sizes(theme), order, (wide, high), written, origin)


@picture
def moving_map(
    scene: Scene, written: np.ndarray, theme: Theme, *, height: float = 540, title: str = "", glide: int = GLIDE
) -> Spec:
    """Words in a plane, the watched ones told from the others, and the way of one of them.

    Parameters
    ----------
    written : (n,) bool
        Words that are written, see `written_words`; the others are dots.
    title : str
        Stands in the upper left corner.
    glide : int
        Milliseconds in which words move to their places: about as long as from one drawing to the next.
    """
    layout = canvas(theme, height, (MARGIN, MARGIN, MARGIN, MARGIN))
    layout["xaxis"] = layout["yaxis"] = {"range": [-1, 1], "showticklabels": False, "zeroline": True}
    layout["dragmode"] = "pan"
    layout["transition"] = {"duration": glide, "easing": "linear"}
    layout["annotations"] = [_plane(scene, theme), *([_title(title, theme)] if title else [])]
    return spec([_ties(scene, theme), _moves(scene, theme), *_way(scene, theme), _words(scene, written, theme)], layout)


def _words(scene: Scene, written: np.ndarray, theme: Theme) -> dict:
    marked = {*scene.watched, *([] if scene.followed is None else [scene.followed])}
    names = [plain(word, LONGEST) for word in scene.words]
    text = [f"<b>{name}</b>" if i in marked else name for i, name in enumerate(names)]
    colours = [theme.forward if i in marked else theme.ink for i in range(len(names))]
    places = scene.seen(scene.places)
    hover = [f"{name} · {count:,} times" for name, count in zip(names, scene.counts, strict=True)]
    return {
        "type": "scatter", "mode": "markers+text", "x": places[:, 0], "y": places[:, 1],
        "ids": list(scene.words), "text": np.where(written, text, "") if names else [], "textposition": "middle center",
        "textfont": {"size": scene.sizes(theme), "color": colours}, "cliponaxis": False,
        "marker": {"size": 5 * theme.scale, "color": [theme.forward if i in marked else theme.faint for i in range(len(names))],
                   "opacity": np.where(written, 0.0, 0.9)},
        "hovertext": hover, "hovertemplate": "%{hovertext}<extra></extra>",
    }  # fmt: skip


def _way(scene: Scene, theme: Theme) -> list[dict]:
    """The followed word's way: a line whose points grow stronger, and its start."""
    path = scene.seen(scene.path)
    n = len(path)
    strength = [fade(theme.forward, 0.15 + 0.6 * i / max(n - 1, 1)) for i in range(n)]
    line = {
        "type": "scatter", "mode": "lines+markers", "x": path[:, 0], "y": path[:, 1], "hoverinfo": "skip",
        "line": {"color": fade(theme.forward, 0.4), "width": 1.6, "shape": "linear"},
        "marker": {"size": 4.5, "color": strength}, "cliponaxis": False,
    }  # fmt: skip
    start = {
        "type": "scatter", "mode": "markers+text", "x": path[:1, 0], "y": path[:1, 1], "hoverinfo": "skip", "cliponaxis": False,
        "marker": {"symbol": "circle-open", "size": 11, "color": theme.forward, "line": {"width": 1.8}},
        "text": ["start"] if n > 1 else [""] * n, "textposition": "bottom center",
        "textfont": {"size": theme.px(11), "color": theme.quiet},
    }  # fmt: skip
    return [line, start]


def _ties(scene: Scene, theme: Theme) -> dict:
    """Thin lines from the followed word to its nearest."""
    near = list(scene.near) if scene.followed is not None else []
    starts = scene.places[[scene.followed] * len(near)] if near else EMPTY
    return _segments(
        scene.seen(starts), scene.seen(scene.places[near]), blend(theme.background, theme.ink, 0.32), "solid"
    )


def _moves(scene: Scene, theme: Theme) -> dict:
    """Thin lines from where another map has a word to where this one has it."""
    return _segments(
        scene.seen(scene.origins),
        scene.seen(scene.places[list(scene.moved)]),
        blend(theme.background, theme.ink, 0.45),
        "dot",
    )


def _segments(starts: np.ndarray, ends: np.ndarray, colour: str, dash: str) -> dict:
    way = np.stack([starts, ends, np.full_like(ends, np.nan)], axis=1).reshape(-1, 2)
    line = {"color": colour, "width": 1.2, "dash": dash}
    return {"type": "scatter", "mode": "lines", "x": way[:, 0], "y": way[:, 1], "line": line, "hoverinfo": "skip"}


def _plane(scene: Scene, theme: Theme) -> dict:
    across, up = (share_of(float(share)) for share in scene.explained)
    text = f"the two main directions: {across} (across) and {up} (up) of how these {len(scene.words)} words differ"
    return _corner(text, 0, "bottom", theme.px(11), theme.quiet)


def _title(text: str, theme: Theme) -> dict:
    return _corner(f"<b>{plain(text, 60)}</b>", 1, "top", theme.px(14), theme.ink)


def _corner(text: str, y: float, anchor: str, size: float, colour: str) -> dict:
    shift = MARGIN - 6
    return note(text, 0, y, xref="paper", yref="paper", xanchor="left", yanchor=anchor, xshift=-MARGIN + 10,
                yshift=shift if y else -shift, font={"size": size, "color": colour})  # fmt: skip
