"""Zipf's plot: how often words occur, by their rank, on logarithmic axes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import Spec, canvas, note, picture, power, spec
from explorer.figures.naming import share_of
from explorer.figures.palette import Theme, plain
from explorer.text.zipf import RankFrequency

POINTS = 160
"""Points drawn in each power of ten; more would lie on one another."""
NAMED = (1, 3, 10, 30, 100, 300, 1000, 3000, 10_000)
"""Ranks whose words are written."""
CLEAR = 1.6
"""So much more frequent than what is removed a word must be: its name would run into the line."""
TOP = (100, 10, 3)
"""So many of the most frequent words are told of, if the text has at least three times as many."""
HEIGHT = 430


@picture
def zipf(words: Sequence[str], law: RankFrequency, least: int, theme: Theme) -> Spec:
    """Counts by rank, the straight line through them, and below which count words are left out.

    Parameters
    ----------
    words : sequence of str
        By rank, the most frequent first.
    law : RankFrequency
    least : int
        Words that occur less often are removed by the cleaning; 1 removes none.
    """
    layout = canvas(
        theme, HEIGHT * theme.scale, (64 * theme.scale, 96 * theme.scale, 26 * theme.scale, 46 * theme.scale)
    )
    n, most = max(len(law.counts), 1), float(law.counts[0]) if len(law.counts) else 1.0
    ends = (max(np.log10(n), 0.5), max(np.log10(most), 0.5))
    for name, end in zip(("xaxis", "yaxis"), ends, strict=True):
        decades = range(int(np.ceil(end)) + 1)
        layout[name] = {"type": "log", "range": [-0.06 * end, 1.06 * end], "showline": True, "showgrid": True,
                        "tickvals": [10.0**k for k in decades], "ticktext": [power(k) for k in decades]}  # fmt: skip
    layout["annotations"] = [*_titles(theme), *_words(words, law, least, theme), *_least(least, theme)]
    layout["shapes"] = _cut(least, theme)
    return spec([*_line(law, n, theme), _points(words, law, theme)], layout)


def thinned(n: int) -> np.ndarray:
    """Ranks from 1 to n that are drawn, spread evenly over the logarithmic axis."""
    count = int(POINTS * max(np.log10(max(n, 1)), 0)) + 1
    return np.unique(np.rint(np.logspace(0, np.log10(max(n, 1)), count)).astype(int)) if n else np.empty(0, dtype=int)


def _points(words: Sequence[str], law: RankFrequency, theme: Theme) -> dict:
    ranks = thinned(len(law.counts))
    hover = [f"{plain(words[rank - 1])}: {law.counts[rank - 1]:,} times, rank {rank:,}" for rank in ranks]
    return {
        "type": "scatter", "mode": "markers", "x": ranks.astype(float), "y": law.counts[ranks - 1].astype(float),
        "marker": {"size": 5, "color": theme.forward}, "hovertext": hover, "hoverinfo": "text",
    }  # fmt: skip


def _line(law: RankFrequency, n: int, theme: Theme) -> list[dict]:
    if not np.isfinite(law.slope):
        return []
    x = np.array([1.0, n])
    return [{"type": "scatter", "mode": "lines", "x": x, "y": law.line(x), "hoverinfo": "skip",
             "line": {"color": theme.quiet, "width": 1.5, "dash": "dash"}}]  # fmt: skip


def _words(words: Sequence[str], law: RankFrequency, least: int, theme: Theme) -> list[dict]:
    style = {
        "xanchor": "left",
        "yanchor": "bottom",
        "xshift": 5,
        "yshift": 3,
        "font": {"size": theme.px(13), "color": theme.ink},
    }
    ranks = [rank for rank in NAMED if rank <= len(law.counts) and law.counts[rank - 1] > CLEAR * least]
    return [
        note(plain(words[rank - 1], 18), float(np.log10(rank)), float(np.log10(law.counts[rank - 1])), **style)
        for rank in ranks
    ]


def _titles(theme: Theme) -> list[dict]:
    font = {"size": theme.px(12), "color": theme.quiet}
    return [
        note(
            "occurrences",
            0,
            1,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="bottom",
            xshift=-40 * theme.scale,
            yshift=4,
            font=font,
        ),
        note(
            "rank",
            1,
            0,
            xref="paper",
            yref="paper",
            xanchor="right",
            yanchor="top",
            yshift=-24 * theme.scale,
            font=font,
        ),
    ]


def _cut(least: int, theme: Theme) -> list[dict]:
    if least <= 1:
        return []
    line = {"color": theme.warning, "width": 1, "dash": "dot"}
    return [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": least - 0.5, "y1": least - 0.5, "line": line}]


def _least(least: int, theme: Theme) -> list[dict]:
    if least <= 1:
        return []
    font = {"size": theme.px(11.5), "color": theme.warning}
    return [note(f"fewer than {least}<br>removed", 1, float(np.log10(least - 0.5)), xref="paper", xanchor="left", xshift=8,
                 yanchor="middle", align="left", font=font)]  # fmt: skip


def zipf_notice(law: RankFrequency, least: int) -> str:
    """The slope, the share of words that occur once, and what the most frequent words make up."""
    n = len(law.counts)
    if not n:
        return "No words are left to be counted."
    once = f"{law.once:,} of {n:,} words ({share_of(law.once / n)}) occur only once"
    first = next((k for k in TOP if n >= 3 * k), 1)
    top = f"the {first} most frequent {'make' if first > 1 else 'makes'} up {share_of(law.share(first))} of the text"
    slope = (
        f"The line falls with a slope of {law.slope:.2f}".replace("-", "−") + " (Zipf's law says −1). "
        if np.isfinite(law.slope)
        else ""
    )
    kept = int((law.counts >= least).sum())
    cut = (
        ""
        if least <= 1
        else f" The least count of {least} keeps {kept:,} words, and with them {share_of(law.share(kept))} of the text."
    )
    return f"{slope}{once}, while {top}.{cut}"
