"""How many of a word's neighbours survive another seed: all words by the share that does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, spec, spread
from explorer.figures.naming import quoted, share_of
from explorer.figures.palette import Theme, fade, plain

BINS = 10
HEAD = 54
"""Pixels above the bars for the names of watched words."""
Mark = tuple[str, float]
"""A word and its share."""


@picture
def overlap_histogram(shares: np.ndarray, theme: Theme, *, marks: Sequence[Mark] = (), height: float = 240) -> Spec:
    """Words by the share of their neighbours that two trainings have in common.

    Parameters
    ----------
    shares : (n,) array
        Between 0 and 1.
    marks : sequence of (str, float)
        Watched words, shown where they lie.
    """
    counts, edges = np.histogram(np.clip(shares, 0, 1), BINS, (0.0, 1.0))
    top = HEAD * theme.scale if marks else 20
    layout = canvas(theme, height, (44 * theme.scale, 24, top, 44 * theme.scale), bargap=0.06)
    font = {"size": theme.px(12), "color": theme.quiet}
    layout["xaxis"] = {"range": [0, 1], "tickformat": ".0%", "showline": True, "fixedrange": True,
                       "title": {"text": "share of a word's nearest ten that two trainings have in common", "font": font, "standoff": 6}}  # fmt: skip
    layout["yaxis"] = {
        "range": [0, 1.08 * max(float(counts.max(initial=0)), 1.0)],
        "nticks": 4,
        "showgrid": True,
        "fixedrange": True,
    }
    layout["annotations"] = [
        note(
            "words", 0, 1, xref="paper", yref="paper", xanchor="right", yanchor="bottom", xshift=-6, yshift=4, font=font
        )
    ]
    mean = float(np.mean(shares)) if len(shares) else 0.0
    layout["shapes"] = [
        _line(mean, theme.ink, 2.0, "solid"),
        *(_line(share, theme.forward, 1.4, "dot") for _, share in marks),
    ]
    layout["annotations"] += _names(marks, theme)
    bars = {
        "type": "bar", "x": (edges[:-1] + edges[1:]) / 2, "y": counts.astype(np.float32), "marker": {"color": fade(theme.forward, 0.42)},
        "hovertemplate": "%{y} words<extra></extra>",
    }  # fmt: skip
    return spec([bars], layout)


def _line(x: float, colour: str, width: float, dash: str) -> dict:
    return {
        "type": "line",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "line": {"color": colour, "width": width, "dash": dash},
    }


def _names(marks: Sequence[Mark], theme: Theme) -> list[dict]:
    """The watched words above the bars, side by side where they lie close together."""
    wide = 0.013 * theme.scale * max((min(len(word), 16) for word, _ in marks), default=1)
    places = spread([share for _, share in marks], wide, 0.0, 1.0)
    font = {"size": theme.px(13), "color": theme.forward}
    return [
        note(f"<b>{plain(word, 16)}</b>", float(x), 1, yref="paper", yanchor="bottom", yshift=6, font=font)
        for (word, _), x in zip(marks, places, strict=True)
    ]


def overlap_notice(shares: np.ndarray, words: Sequence[str], seeds: int) -> str:
    """How much of the neighbourhoods is more than chance, and for which words most and least."""
    if not len(shares):
        return ""
    order = np.argsort(-shares, kind="stable")
    best, worst = (", ".join(quoted(words[i]) for i in rows) for rows in (order[:3], order[::-1][:3]))
    return (
        f"Two trainings that differ only in their seed share {share_of(float(shares.mean()))} of a word's ten nearest "
        f"(the line; "
        f"{seeds} trainings compared). Most for {best}, least for {worst}. What they do not share comes from chance, "
        f"not from the text."
    )
