"""The window on a sentence: the word in the middle, its context, what is learned from what, and what is passed over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec
from explorer.figures.palette import Theme, blend, fade, plain
from explorer.figures.window_slice import LONGEST_WORD, Slice, around, letters
from explorer.text.windows import context

Method = Literal["skipgram", "cbow"]
LETTER = 0.54
"""Width of a letter as a share of the type size."""
SIZE, SMALLEST = 17.0, 9.5
"""Type sizes of the words."""
ARCS, WORDS, BARS, FOOT = 92, 44, 86, 22
"""Pixels of the arcs, the line of words, the bars below it, and their numbers."""
LEFT, RIGHT = 108, 20


@picture
def context_window(
    words: Sequence[str],
    centre: int,
    window: int,
    method: Method,
    kept: Sequence[float],
    theme: Theme,
    *,
    width: float = 900,
) -> Spec:
    """A sentence with its window, arcs from what is known to what is to be guessed, and each word's chance to be kept.

    Parameters
    ----------
    words : sequence of str
        The sentence.
    centre : int
        Place of the word in the middle, from 0.
    window : int
        Words to each side.
    method : {"skipgram", "cbow"}
        Skip-gram guesses the context from the word, CBOW the word from its context.
    kept : sequence of float
        How likely each word survives the sub-sampling.
    width : float
        Pixels the picture has at least; decides the type size.
    """
    shown = around(words, centre, window)
    inside = [place - shown.start for place in context(len(words), centre, window)]
    middle, scale = centre - shown.start, theme.scale
    size = max(min(SIZE * scale, (width - (LEFT + RIGHT) * scale) / (LETTER * max(shown.width, 40))), SMALLEST)
    height = (ARCS + WORDS + BARS + FOOT) * scale
    layout = canvas(theme, height + 8, (LEFT * scale, RIGHT * scale, 4, 4))
    layout["xaxis"] = {"range": [0, max(shown.width, 40)], "fixedrange": True, "showticklabels": False}
    layout["yaxis"] = {"range": [0, height], "fixedrange": True, "showticklabels": False}
    line = height - (ARCS + WORDS / 2) * scale
    layout["shapes"] = [
        _band(shown, inside, middle, line, theme),
        *(_arc(shown.middles[i], shown.middles[middle], abs(i - middle), line, theme) for i in inside),
        _floor(shown, theme),
    ]
    layout["annotations"] = [
        *(_word(word, shown, i, middle, inside, line, size, theme) for i, word in enumerate(shown.words)),
        *_shares(shown, kept, min(size, 12 * scale), theme),
        *_names(line, theme),
        *_ends(shown, len(words), line, size, theme),
    ]
    return spec(
        [_heads(shown, inside, middle, method, line, theme), _bars(shown, kept, theme), _places(shown, line)], layout
    )


def _band(shown: Slice, inside: list[int], middle: int, line: float, theme: Theme) -> dict:
    """What lies in the window."""
    first, last = min([*inside, middle]), max([*inside, middle])
    half = WORDS / 2 * theme.scale - 3
    x0, x1 = (shown.middles[i] + side * letters(shown.words[i]) / 2 for i, side in ((first, -1), (last, 1)))
    return {"type": "rect", "x0": float(x0), "x1": float(x1), "y0": line - half, "y1": line + half, "layer": "below",
            "fillcolor": fade(theme.forward, 0.13), "line": {"width": 0}}  # fmt: skip


def _arc(there: float, here: float, distance: int, line: float, theme: Theme) -> dict:
    """From one word to the other, the higher the farther, and the thinner."""
    foot, top = line + 20 * theme.scale, line + _top(distance, theme)
    path = f"M{here:.2f},{foot:.1f} C{here:.2f},{top:.1f} {there:.2f},{top:.1f} {there:.2f},{foot:.1f}"
    colour = blend(theme.background, theme.forward, 0.35 + 0.65 / distance)
    return {"type": "path", "path": path, "line": {"color": colour, "width": 1 + 1.6 / distance}, "layer": "below"}


def _top(distance: int, theme: Theme) -> float:
    return (20 + (ARCS - 8) * min(0.5 + 0.2 * distance, 1.3)) * theme.scale


def _heads(shown: Slice, inside: list[int], middle: int, method: Method, line: float, theme: Theme) -> dict:
    """Arrow heads at what is to be guessed: the context's words, or the one in the middle."""
    at = inside if method == "skipgram" else [middle] * bool(inside)
    return {
        "type": "scatter", "mode": "markers", "x": shown.middles[at].astype(float), "y": np.full(len(at), line + 20 * theme.scale),
        "marker": {"symbol": "triangle-down", "size": theme.px(11), "color": theme.forward}, "hoverinfo": "skip", "cliponaxis": False,
    }  # fmt: skip


def _word(
    word: str, shown: Slice, i: int, middle: int, inside: list[int], line: float, size: float, theme: Theme
) -> dict:
    ink = theme.background if i == middle else theme.ink if i in inside else theme.quiet
    box = {"bgcolor": theme.forward, "borderpad": 4} if i == middle else {}
    return note(
        plain(word, LONGEST_WORD),
        float(shown.middles[i]),
        line,
        yanchor="middle",
        font={"size": size, "color": ink},
        **box,
    )


def _ends(shown: Slice, length: int, line: float, size: float, theme: Theme) -> list[dict]:
    """Dots where the sentence goes on."""
    style = {"yanchor": "middle", "font": {"size": size, "color": theme.quiet}, "xref": "paper"}
    before = [note("…", 0, line, xanchor="right", **style)] * (shown.start > 0)
    after = [note("…", 1, line, xanchor="left", **style)] * (shown.start + len(shown.words) < length)
    return before + after


def _bars(shown: Slice, kept: Sequence[float], theme: Theme) -> dict:
    foot, most = FOOT * theme.scale, (BARS - 14) * theme.scale
    shares = np.array(kept[shown.start : shown.start + len(shown.words)], dtype=float)
    hover = [f"{plain(word)}: kept with {100 * share:.2f} %" for word, share in zip(shown.words, shares, strict=True)]
    return {
        "type": "bar", "x": shown.middles.astype(float), "y": most * shares, "base": foot, "width": 1.9, "hovertext": hover,
        "hoverinfo": "text", "marker": {"color": [theme.forward if s < 1 else fade(theme.forward, 0.4) for s in shares], "line": {"width": 0}},
    }  # fmt: skip


def _shares(shown: Slice, kept: Sequence[float], size: float, theme: Theme) -> list[dict]:
    style = {"yanchor": "top", "font": {"size": size, "color": theme.quiet}}
    shares = kept[shown.start : shown.start + len(shown.words)]
    return [
        note(f"{100 * share:.0f}", float(x), (FOOT - 3) * theme.scale, **style)
        for x, share in zip(shown.middles, shares, strict=True)
    ]


def _floor(shown: Slice, theme: Theme) -> dict:
    y = FOOT * theme.scale
    return {
        "type": "line",
        "x0": 0,
        "x1": shown.width,
        "y0": y,
        "y1": y,
        "line": {"color": theme.line, "width": 1},
        "layer": "below",
    }


def _names(line: float, theme: Theme) -> list[dict]:
    style = {
        "xref": "paper",
        "xanchor": "right",
        "xshift": -18,
        "align": "right",
        "font": {"size": theme.px(13), "color": theme.ink},
    }
    small = f'<span style="font-size:{theme.px(11)}px;color:{theme.quiet}">in per cent</span>'
    return [
        note("window", 0, line, yanchor="middle", **style),
        note(f"chance to<br>be kept<br>{small}", 0, (FOOT + BARS / 2 - 6) * theme.scale, yanchor="middle", **style),
    ]


def _places(shown: Slice, line: float) -> dict:
    """Invisible points on the words: a click moves the window there."""
    return {
        "type": "scatter", "mode": "markers", "x": shown.middles.astype(float), "y": np.full(len(shown.words), line),
        "customdata": np.arange(shown.start, shown.start + len(shown.words), dtype=np.int32), "marker": {"size": 34, "opacity": 0},
        "hovertext": [f"{plain(word)}: click to move the window here" for word in shown.words], "hoverinfo": "text",
    }  # fmt: skip
