"""How often each method is right: recall over the number of paragraphs looked at, and every question's rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from explorer.applications.retrieval.evaluation import better, mean_reciprocal_rank, recall_at
from explorer.applications.retrieval.ranking import METHODS
from explorer.figures.canvas import Spec, canvas, end_labels, note, picture, spec
from explorer.figures.palette import Theme, fade, plain

DEEPEST = 20
"""Most paragraphs that are looked at."""
SIDES = (54, 118, 16, 44)
BOUNDS = (1, 3, 5, 10, 20)
"""Ranks at which the shades of the strip change."""


def hue(name: str, theme: Theme) -> str:
    """The colour of a method."""
    return theme.category(list(METHODS).index(name)) if name in METHODS else theme.ink


@picture
def recall_curves(ranks: Mapping[str, np.ndarray], theme: Theme, *, height: float = 330) -> Spec:
    """Recall at 1, 2, 3, ... paragraphs, a line for each method, with its 95 % range.

    Parameters
    ----------
    ranks : mapping of str to numpy.ndarray
        Name of the method to the rank of the first right paragraph of each question, 0 where there is none.
    """
    left, right, top, bottom = (side * theme.scale for side in SIDES)
    layout = canvas(theme, height * theme.scale, (left, right, top, bottom), hovermode="x")
    title = {"text": "paragraphs looked at", "font": {"size": theme.px(12), "color": theme.quiet}, "standoff": 6}
    layout["xaxis"] = {"range": [0.7, DEEPEST + 0.3], "tickvals": [1, 5, 10, 15, 20], "showline": True, "title": title, "fixedrange": True}
    layout["yaxis"] = {"range": [0, 1.02], "tickformat": ".0%", "showgrid": True, "nticks": 6, "fixedrange": True}
    depths = np.arange(1, DEEPEST + 1)
    ends, traces = [], []
    for name, own in ranks.items():
        shares = [recall_at(own, int(k)) for k in depths]
        values = np.array([share.value for share in shares], dtype=np.float32)
        traces += _line(name, depths, values, shares, theme)
        if np.isfinite(values[-1]):
            ends.append((float(values[-1]), f"{plain(METHODS[name])}", hue(name, theme)))
    layout["annotations"] = end_labels(ends, 0, 1.02, (height * theme.scale) - top - bottom, theme)
    return spec(traces, layout)


def _line(name: str, depths: np.ndarray, values: np.ndarray, shares: list, theme: Theme) -> list[dict]:
    colour = hue(name, theme)
    low, high = (np.array([getattr(share, side) for share in shares], dtype=np.float32) for side in ("low", "high"))
    band = {
        "type": "scatter", "mode": "lines", "x": np.concatenate([depths, depths[::-1]]).astype(np.float32), "y": np.concatenate([high, low[::-1]]),
        "fill": "toself", "fillcolor": fade(colour, 0.09), "line": {"width": 0}, "hoverinfo": "skip",
    }  # fmt: skip
    line = {
        "type": "scatter", "mode": "lines+markers", "x": depths.astype(np.float32), "y": values, "line": {"color": colour, "width": 2.4},
        "marker": {"size": 5, "color": colour}, "hovertemplate": f"{METHODS[name]} %{{y:.0%}}<extra></extra>",
    }  # fmt: skip
    return [band, line]


@picture
def rank_strip(ranks: Mapping[str, np.ndarray], questions: Sequence[str], theme: Theme) -> Spec:
    """Every question as a column, every method as a row: the deeper the colour, the higher up stands what is right.

    Columns are in order of how hard the question is for all methods; `order` gives it.
    """
    along = order(ranks)
    rows = [np.asarray(own)[along] for own in ranks.values()]
    layout = canvas(theme, (34 * len(rows) + 64) * theme.scale, (118 * theme.scale, 10, 30 * theme.scale, 30 * theme.scale))
    layout["xaxis"] = {"range": [-0.5, max(len(along), 1) - 0.5], "showticklabels": False, "fixedrange": True}
    layout["yaxis"] = {
        "range": [len(rows) - 0.5, -0.5], "tickvals": list(range(len(rows))), "ticktext": [plain(METHODS[name]) for name in ranks], "fixedrange": True,
        "tickfont": {"size": theme.px(13), "color": theme.ink},
    }  # fmt: skip
    depth = np.array([[_depth(int(rank)) for rank in row] for row in rows], dtype=np.float32)
    hover = [[f"{plain(questions[q], 80)}<br>{METHODS[name]}: {f'rank {r}' if r else 'not found'}" for q, r in zip(along, row, strict=True)]
             for name, row in zip(ranks, rows, strict=True)]  # fmt: skip
    heat = {
        "type": "heatmap", "z": depth, "zmin": 0, "zmax": 1, "colorscale": theme.shades(theme.forward), "showscale": False, "xgap": 1, "ygap": 3,
        "text": hover, "hovertemplate": "%{text}<br>click to search for it<extra></extra>", "x": np.arange(len(along), dtype=np.int32),
    }  # fmt: skip
    size = {"size": theme.px(12), "color": theme.quiet}
    over = {"xref": "paper", "yref": "paper", "font": size}
    layout["annotations"] = [
        note("every question, the easiest on the left; rank 1 is deepest, paler are 3, 5, 10 and 20", 0, 1, xanchor="left", yanchor="bottom", yshift=8, **over),
        note("easy for all", 0, 0, xanchor="left", yanchor="top", yshift=-8, **over),
        note("hard for all", 1, 0, xanchor="right", yanchor="top", yshift=-8, **over),
    ]
    return spec([heat], layout)


def order(ranks: Mapping[str, np.ndarray]) -> np.ndarray:
    """The questions, the easiest first: by the mean of 1 / rank over the methods."""
    each = np.array([np.where(own > 0, 1 / np.maximum(own, 1), 0.0) for own in ranks.values()])
    return np.argsort(-each.mean(axis=0), kind="stable") if each.size else np.zeros(0, dtype=np.int64)


def _depth(rank: int) -> float:
    return next((1 - i / len(BOUNDS) for i, bound in enumerate(BOUNDS) if 1 <= rank <= bound), 0.0)


def recall_notice(ranks: Mapping[str, np.ndarray]) -> str:
    """Which method is best by recall at 5 and by MRR, with the ranges, and what the best two do on single questions."""
    count = len(next(iter(ranks.values()), ()))
    if not count:
        return ""
    fives = {name: recall_at(own, 5) for name, own in ranks.items()}
    means = {name: mean_reciprocal_rank(own) for name, own in ranks.items()}
    first, second = sorted(ranks, key=lambda name: -means[name].value)[:2]
    five = fives[first]
    up, down = better(ranks[first], ranks[second])
    return (
        f"Of {count} questions {METHODS[first]} has a right paragraph among its first five for {100 * five.value:.0f} % "
        f"(95 % range {100 * five.low:.0f}–{100 * five.high:.0f} %), with an MRR of {means[first].value:.2f}; {METHODS[second]} follows with "
        f"{100 * fives[second].value:.0f} % and {means[second].value:.2f}. {METHODS[first]} is higher up on {up} questions, "
        f"{METHODS[second]} on {down}: neither makes the other superfluous." if up and down else
        f"Of {count} questions {METHODS[first]} has a right paragraph among its first five for {100 * five.value:.0f} %."
    )
