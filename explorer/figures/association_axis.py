"""An association test as a picture: every word on the axis between two ideas, one group above it, the other below."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.embedding.association import Association
from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.naming import quoted
from explorer.figures.palette import Theme, fade, plain

WIDTH = 740
"""Pixels, about, for which words are placed."""
LANE, GAP = 19, 42
"""Pixels of a line of words, and between the axis and the first."""
LETTERS = 14
LETTER = 0.56
"""Width of a letter as a share of the type size."""


@picture
def association_axis(found: Association, theme: Theme) -> Spec:
    """Words at their place between the attributes; a triangle at each group's mean."""
    size, (low, high) = theme.px(13), _range(found)
    scale = WIDTH / (high - low)
    lanes = [lanes_of(scores * scale, [min(len(word), LETTERS) for word in group.words], size)
             for scores, group in zip(found.scores, found.groups[1:3], strict=True)]  # fmt: skip
    tall = [GAP + LANE * (int(lane.max(initial=0)) + 1) for lane in lanes]
    top, bottom = 34, 40
    layout = canvas(theme, (sum(tall) + top + bottom) * theme.scale, (16, 16, top * theme.scale, bottom * theme.scale))
    layout["xaxis"] = {"range": [low, high], "fixedrange": True, "nticks": 7}
    layout["yaxis"] = {"range": [-tall[1], tall[0]], "visible": False, "fixedrange": True}
    layout["shapes"] = _lines(found, low, high, tall, theme)
    layout["annotations"] = _ends(found, theme)
    data = []
    for k, (way, lane) in enumerate(zip((1, -1), lanes, strict=True)):
        y = way * (GAP + LANE * (lane + 0.5))
        data += [_words(found, k, y, theme), _mean(found, k, way, theme)]
    return spec(data, layout)


def lanes_of(places: np.ndarray, letters: Sequence[int], size: float) -> np.ndarray:
    """A line for each word, 0 nearest to the axis, so that none covers another, (n,) int.

    Parameters
    ----------
    places : numpy.ndarray, (n,)
        Middle of each word in pixels.
    letters : sequence of int
        Their lengths.
    size : float
        Type size in pixels.
    """
    half = (LETTER * np.asarray(letters, dtype=float) * size) / 2 + 4
    lanes, ends = np.zeros(len(places), dtype=int), []
    for i in np.argsort(places - half, kind="stable"):
        free = next((lane for lane, end in enumerate(ends) if end <= places[i] - half[i]), len(ends))
        ends += [0.0] * (free == len(ends))
        lanes[i], ends[free] = free, places[i] + half[i]
    return lanes


def _range(found: Association) -> tuple[float, float]:
    every = np.concatenate([*found.scores, [0.0]])
    room = 0.14 * max(float(np.ptp(every)), 1e-3)
    return float(every.min()) - room, float(every.max()) + room


def _colour(k: int, theme: Theme) -> str:
    return theme.category(k)


def _words(found: Association, k: int, y: np.ndarray, theme: Theme) -> dict:
    words, scores = found.groups[1 + k].words, found.scores[k]
    return {
        "type": "scatter", "mode": "text", "x": scores, "y": y, "text": [plain(word, LETTERS) for word in words], "cliponaxis": False,
        "textfont": {"size": theme.px(13), "color": _colour(k, theme)},
        "hovertext": [f"{plain(word, 40)}: {score:+.3f}".replace("-", "−") for word, score in zip(words, scores, strict=True)],
        "hoverinfo": "text",
    }  # fmt: skip


def _mean(found: Association, k: int, way: int, theme: Theme) -> dict:
    """A triangle on the axis, and the group's name beside it."""
    mean = float(found.scores[k].mean())
    name = f"<b>{plain(found.groups[1 + k].name, 30)}</b>  mean {mean:+.3f}".replace("-", "−")
    mark = {
        "size": 13,
        "opacity": 1,
        "symbol": "triangle-down" if way > 0 else "triangle-up",
        "color": _colour(k, theme),
    }
    return {
        "type": "scatter", "mode": "markers+text", "x": [mean, mean], "y": [way * 14, way * 31], "text": ["", name], "hoverinfo": "skip",
        "textfont": {"size": theme.px(14), "color": _colour(k, theme)}, "marker": mark | {"size": [13, 0]}, "cliponaxis": False,
        "textposition": "middle center",
    }  # fmt: skip


def _lines(found: Association, low: float, high: float, tall: list[float], theme: Theme) -> list[dict]:
    """The axis, its zero, and a short tick for every word."""
    axis = {"type": "line", "x0": low, "x1": high, "y0": 0, "y1": 0, "line": {"color": theme.faint, "width": 1}}
    zero = {
        "type": "line",
        "x0": 0,
        "x1": 0,
        "y0": -tall[1],
        "y1": tall[0],
        "line": {"color": theme.line, "width": 1},
        "layer": "below",
    }
    ticks = [
        {
            "type": "line",
            "x0": score,
            "x1": score,
            "y0": 0,
            "y1": way * 6,
            "line": {"color": fade(_colour(k, theme), 0.7), "width": 1.4},
        }
        for k, way in enumerate((1, -1))
        for score in found.scores[k].tolist()
    ]
    return [zero, axis, *ticks]


def _ends(found: Association, theme: Theme) -> list[dict]:
    font = {"size": theme.px(13), "color": theme.quiet}
    style = {"xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom", "yshift": 8, "font": font}
    return [
        note(f"← nearer to {plain(found.groups.away.name, 30)}", 0, xanchor="left", **style),
        note(f"nearer to {plain(found.groups.towards.name, 30)} →", 1, xanchor="right", **style),
    ]


def association_notice(found: Association) -> str:
    """Effect, chance, and what both rest on."""
    one, other, towards, away = (quoted(group.name) for group in found.groups[1:])
    if np.isnan(found.effect):
        return "All words score alike: there is nothing to compare."
    near, far = (one, other) if found.effect >= 0 else (other, one)
    start = f"On average {near} lie nearer to {towards} than {far} do, and farther from {away}: {abs(found.effect):.2f} standard deviations apart."
    return f"{start} {_chance(found)}: p {_equals(shown(found))}."


def _equals(p: str) -> str:
    return p if p.startswith("≤") else f"= {p}"


def _chance(found: Association) -> str:
    number = len(found.divided)
    if not found.is_exact:
        as_far = round(found.p * (number + 1)) - 1
        return f"Of {number:,} random ways to divide the same words into two such groups, {as_far or 'none'} put them as far apart"
    as_far = round(found.p * number) - 1
    others = {0: "no other puts", 1: "one other puts"}.get(as_far, f"{as_far:,} others put")
    return f"Of all {number:,} ways to divide the same words into two such groups, {others} them as far apart"


def shown(found: Association) -> str:
    """The probability as one writes it: 0.013, 0.00006; "at most" where no random way was as far."""
    p = np.format_float_positional(float(f"{found.p:.2g}"), trim="-")
    return p if found.is_exact or found.p * (len(found.divided) + 1) > 1.5 else f"≤ {p}"


def limits_notice(found: Association) -> str:
    """What the test rests on, and what it does not show."""
    sizes = [len(group.words) for group in found.groups[1:]]
    lost = sum(len(words) for words in found.missing.values())
    missing = (
        f" {lost} of the words given {'has' if lost == 1 else 'have'} no vector: {_listed(found)}." if lost else ""
    )
    return (
        f"This rests on {sizes[0]} and {sizes[1]} words, placed by {sizes[2]} and {sizes[3]} others.{missing} Other lists for the same ideas "
        "can give another answer. It tells how words were used in the text these vectors come from, not what anybody meant, and says "
        "nothing about any single word or person."
    )


def _listed(found: Association, most: int = 8) -> str:
    lost = [word for words in found.missing.values() for word in words]
    return ", ".join(map(quoted, lost[:most])) + (f" and {len(lost) - most} more" if len(lost) > most else "")
