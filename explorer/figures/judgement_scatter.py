"""Similarity as people judge it against the cosine, pair by pair."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.embedding.similarity import TITLES, SimilarityScore, mean_ranks
from explorer.figures.canvas import Spec, canvas, picture, spec
from explorer.figures.label_sides import label_sides
from explorer.figures.naming import quoted
from explorer.figures.palette import Theme, fade, plain

NAMED = 3
"""Pairs that are written out at each end: nearer by cosine than people find them, and farther."""
UNSAID = frozenset({"fuck"})
"""Words that are read only by who points at their dot: these pictures are shown in classrooms."""


def disagreements(human: np.ndarray, cosines: np.ndarray) -> np.ndarray:
    """Rank by cosine less rank by people, as a share of all ranks, (n,): above zero where the cosine is too high."""
    if not len(human):
        return np.zeros(0)
    return (mean_ranks(cosines) - mean_ranks(human)) / len(human)


@picture
def judgement_scatter(
    pairs: Sequence[tuple[str, str]],
    human: np.ndarray,
    cosines: np.ndarray,
    theme: Theme,
    *,
    height: float = 330,
    width: float = 560,
) -> Spec:
    """One dot for each pair; those that people and cosines disagree about most are named.

    Parameters
    ----------
    pairs : sequence of (str, str)
    human, cosines : numpy.ndarray, (n,)
        People's mean judgement, 0 to 10, and the cosine.
    width : float
        Pixels for which the names are placed.
    """
    layout = canvas(theme, height, (46 * theme.scale, 16, 10, 44 * theme.scale))
    low = min(-0.25, float(cosines.min(initial=0.0)) - 0.03)
    layout["xaxis"] = {"range": [-0.3, 10.3], "showline": True, "title": _title("people", theme), "fixedrange": True}
    layout["yaxis"] = {
        "range": [low, 1.05],
        "showline": True,
        "dtick": 0.5,
        "title": _title("cosine", theme),
        "fixedrange": True,
    }
    apart = disagreements(human, cosines)
    order = [i for i in np.argsort(apart, kind="stable").tolist() if not UNSAID & set(pairs[i])]
    named = np.array([*order[:NAMED], *order[::-1][:NAMED]] if len(order) >= 4 * NAMED else [], dtype=int)
    dots = {
        "type": "scatter", "mode": "markers", "x": human.astype(np.float32), "y": cosines.astype(np.float32), "cliponaxis": False,
        "marker": {"size": 6, "opacity": 1, "color": fade(theme.forward, 0.4), "line": {"width": 0}},
        "text": np.array([f"{plain(one)} · {plain(other)}" for one, other in pairs]),
        "hovertemplate": "%{text}<br>people %{x:.2f}, cosine %{y:.2f}<extra></extra>",
    }  # fmt: skip
    scale = np.array([width / 10.6, (height - 54) / (1.05 - low)])
    return spec([dots, _named(pairs, human, cosines, named, scale, theme)], layout)


def _title(text: str, theme: Theme) -> dict:
    return {"text": text, "font": {"size": theme.px(12), "color": theme.quiet}, "standoff": 4}


def _named(
    pairs: Sequence[tuple[str, str]],
    human: np.ndarray,
    cosines: np.ndarray,
    named: np.ndarray,
    scale: np.ndarray,
    theme: Theme,
) -> dict:
    names = [f"{plain(pairs[i][0], 14)} · {plain(pairs[i][1], 14)}" for i in named]
    points = np.stack([human[named], cosines[named]], axis=1) * scale
    edge = np.stack([np.full(60, 10.3 * scale[0]), np.linspace(-0.5, 1.1, 60) * scale[1]], axis=1)
    letters = [len(pairs[i][0]) + len(pairs[i][1]) + 3 for i in named]
    sides = label_sides(points, letters, theme.px(12), edge, sure=0)
    return {
        "type": "scatter", "mode": "markers+text", "x": human[named], "y": cosines[named], "hoverinfo": "skip", "cliponaxis": False,
        "text": [name if side else "" for name, side in zip(names, sides, strict=True)],
        "textposition": [side or "middle right" for side in sides],
        "textfont": {"size": theme.px(12), "color": theme.ink}, "marker": {"size": 7, "opacity": 1, "color": theme.forward},
    }  # fmt: skip


def judgement_notice(
    score: SimilarityScore, pairs: Sequence[tuple[str, str]], human: np.ndarray, cosines: np.ndarray
) -> str:
    """The correlation with its interval and coverage, and the pair that people and cosines disagree about most."""
    title, covered = TITLES[score.name], f"{score.pairs:,} of {score.total:,} pairs"
    if np.isnan(score.correlation):
        return f"{title}: {covered} are in this vocabulary, too few or too much alike for a correlation."
    low, high = minus(score.low, 3), minus(score.high, 3)
    said = f"{title}: Spearman's ρ is {minus(score.correlation, 3)} (95 % interval {low} to {high}), on {covered}."
    apart = disagreements(human, cosines) * [not UNSAID & set(pair) for pair in pairs]
    worst = int(np.abs(apart).argmax())
    way = "nearer" if apart[worst] > 0 else "farther apart"
    one, other = pairs[worst]
    return f"{said} They differ most about {quoted(one)} and {quoted(other)}: {way} by cosine ({minus(cosines[worst])}) than for people ({human[worst]:.1f} of 10)."


def compared_judgements(name: str, score: SimilarityScore) -> str:
    """The same correlation for other vectors."""
    if np.isnan(score.correlation):
        return f"{quoted(name)} knows {score.pairs:,} of these pairs: no correlation can be told."
    low, high = minus(score.low, 3), minus(score.high, 3)
    return f"{quoted(name)}: {minus(score.correlation, 3)} ({low} to {high}), on {score.pairs:,} pairs."


def minus(value: float, digits: int = 2) -> str:
    """A number with a true minus."""
    return f"{value:.{digits}f}".replace("-", "−")
