"""How well cosines agree with people's judgement of similarity, over the training, with the doubt that is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from explorer.figures.canvas import Spec, canvas, end_labels, picture, spec
from explorer.figures.meter_curve import SIDES, at_moment, title
from explorer.figures.moment import round_up
from explorer.figures.naming import hundredths
from explorer.figures.palette import Theme, fade, plain

FEW = 30
"""With fewer pairs than this a rank correlation says little."""


@dataclass(frozen=True, eq=False)
class Score:
    """A benchmark's score over the training.

    Attributes
    ----------
    name : str
    steps, values, low, high : (T,) arrays
        Rank correlation, -1 to 1, and the ends of its 95 % interval; NaN where it is not defined.
    pairs, total : int
        Pairs whose words both have vectors, and pairs of the benchmark.
    """

    name: str
    steps: np.ndarray
    values: np.ndarray
    low: np.ndarray
    high: np.ndarray
    pairs: int
    total: int

    @property
    def short(self) -> str:
        """The name without the number of pairs."""
        return self.name.partition("-")[0]


@picture
def score_curves(
    scores: Sequence[Score], theme: Theme, *, end: float | None = None, moment: int | None = None, height: float = 190
) -> Spec:
    """Correlations over training steps with their intervals, each named at its end.

    Parameters
    ----------
    end : float, optional
        Where the axis ends.
    moment : int, optional
        The step that is looked at.
    """
    sides = (SIDES[0], 100, *SIDES[2:])
    layout = canvas(theme, height, tuple(theme.scale * side for side in sides), hovermode="x")
    high, low = 1.0, _lowest(scores)
    last = end or max((float(score.steps[-1]) for score in scores if len(score.steps)), default=10.0)
    layout["xaxis"] = {"range": [0, max(round_up(last), 10)], "nticks": 5, "tickformat": ",d", "showline": True}
    layout["yaxis"] = {"range": [low, high], "showgrid": True, "dtick": 0.5, "fixedrange": True, "zeroline": True}
    data, ends = [], []
    for score, (colour, dash) in zip(scores, _looks(theme), strict=False):
        data += _lines(score, colour, dash)
        known = score.values[np.isfinite(score.values)]
        if known.size:
            ends.append((float(known[-1]), f"{plain(score.short)} {hundredths(known[-1])}", colour))
    pixels = height - (SIDES[2] + SIDES[3]) * theme.scale
    layout["annotations"] = [*end_labels(ends, low, high, pixels, theme), title("agreement with people", theme)]
    layout["shapes"] = at_moment(moment, theme)
    return spec(data, layout)


def _lowest(scores: Sequence[Score]) -> float:
    known = np.concatenate([np.ravel(score.low) for score in scores] or [np.zeros(1)])
    least = float(np.nanmin(known, initial=0.0)) if np.isfinite(known).any() else 0.0
    return -1.0 if least < -0.5 else -0.5 if least < -0.05 else 0.0


def _looks(theme: Theme) -> tuple[tuple[str, str], ...]:
    return (theme.forward, "solid"), (theme.ink, "dot")


def _lines(score: Score, colour: str, dash: str) -> list[dict]:
    x, known = np.asarray(score.steps, dtype=np.float32), np.isfinite(score.values)
    edge = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    x = x[known]
    return [
        {**edge, "x": x, "y": score.low[known].astype(np.float32)},
        {**edge, "x": x, "y": score.high[known].astype(np.float32), "fill": "tonexty", "fillcolor": fade(colour, 0.13)},
        {"type": "scatter", "mode": "lines", "x": x, "y": score.values[known].astype(np.float32),
         "line": {"color": colour, "width": 2.2, "dash": dash}, "hovertemplate": f"{plain(score.name)} %{{y:.2f}}<extra></extra>"},
    ]  # fmt: skip


def score_notice(scores: Sequence[Score], at: int) -> str:
    """The scores at a step, each with its 95 % interval and how much of the benchmark the vocabulary covers."""
    return " ".join(filter(None, (_one(score, at) for score in scores)))


def _one(score: Score, at: int) -> str:
    covered = f"{score.pairs} of {score.total} pairs are in this vocabulary"
    upto = np.flatnonzero(score.steps <= at)
    if score.pairs < 3:
        return f"{score.name}: {covered}, too few for a correlation."
    if not upto.size or not np.isfinite(score.values[upto[-1]]):
        return f"{score.name}: no correlation yet ({covered})."
    i = upto[-1]
    value, low, high = (hundredths(one[i]) for one in (score.values, score.low, score.high))
    doubt = (
        "; too few to tell much"
        if score.pairs < FEW
        else "; may be chance"
        if score.low[i] <= 0 <= score.high[i]
        else ""
    )
    return f"{score.name}: {value} ({low} to {high}{doubt}); {covered}."


def scores_of(
    frames: Sequence[Mapping[str, float]], steps: Sequence[int], totals: Mapping[str, tuple[str, int]]
) -> list[Score]:
    """Scores from the metrics of frames.

    Parameters
    ----------
    frames : sequence of mapping
        Metrics; those without a score are passed over.
    steps : sequence of int
        Their steps.
    totals : mapping of str to (str, int)
        Metric to the benchmark's name and its number of pairs, e.g. ``{"wordsim": ("WordSim-353", 353)}``.
    """
    found = []
    for metric, (name, total) in totals.items():
        rows = [(step, one) for step, one in zip(steps, frames, strict=True) if metric in one]
        columns = [[one[key] for _, one in rows] for key in (metric, f"{metric}_low", f"{metric}_high")]
        pairs = int(rows[-1][1].get(f"{metric}_pairs", 0)) if rows else 0
        arrays = [np.array(column, dtype=float) for column in ([step for step, _ in rows], *columns)]
        found.append(Score(name, *arrays, pairs, total))
    return found
