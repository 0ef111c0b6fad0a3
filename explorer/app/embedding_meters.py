"""Curves and meters of a training: loss, agreement with people, collapse; and GloVe's fit."""

from __future__ import annotations

import numpy as np
import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.embedding_view import View
from explorer.embedding.experiment import BY_FACTORS
from explorer.figures.canvas import number
from explorer.figures.factorisation_scatter import cell_bounds, factorisation_scatter, fit_notice
from explorer.figures.meter_curve import ALIKE, Region, collapse_notice, meter_curve
from explorer.figures.score_curves import score_curves, score_notice, scores_of

HEIGHT = 180
BENCHMARKS = {"wordsim": ("WordSim-353", 353), "simlex": ("SimLex-999", 999)}
"""Metric, the benchmark's name, and its pairs."""


def curves_view(page: str, view: View) -> None:
    """Three curves beside one another: what is minimised, whether it helps, and whether all words look alike."""
    left, middle, right = st.columns(3, gap="medium")
    step = view.shown.step
    version = (view.run.name, len(view.report.frames), view.report.position, view.report.changes, step, view.looks_back)
    with left:
        drawn(page, "loss", version, lambda: _loss(view), "loss")
    with middle:
        drawn(page, "scores", version, lambda: _scores(view), "agreement")
    with right:
        drawn(page, "collapse", version, lambda: _collapse(view), "collapse")


def warn_of_collapse(view: View) -> None:
    """Say so where all words look alike, for then neither map nor neighbours mean much; not while the moments still go by."""
    value = view.shown.metrics.get("collapse", 0.0)
    if view.shown.step and value >= ALIKE and not view.moves:
        st.warning(collapse_notice(value, advice=_advice(view)), icon=":material/compress:")


def _advice(view: View) -> str:
    if view.run.base.algorithm in BY_FACTORS:
        return "fewer dimensions, or a smaller weight of the main directions"
    more = "more epochs or fewer dimensions"
    return f"read on, or choose {more}" if view.shown.step < view.last_step else more


def _moment(view: View) -> int | None:
    return view.shown.step if view.looks_back else None


def _loss(view: View) -> Drawing:
    algorithm, changes = view.run.base.algorithm, view.report.changes
    metric, name, what = JUDGED[algorithm]
    known = [frame for frame in view.report.frames if np.isfinite(frame.metrics.get(metric, np.nan))]
    steps, values = np.array([frame.step for frame in known]), np.array([frame.metrics[metric] for frame in known])
    figure = meter_curve.spec(
        steps, values, current_theme(), name=name, end=view.report.position, moment=_moment(view), changes=changes, height=HEIGHT,
        before={change.field: getattr(view.run.base, change.field) for change in changes},
    )  # fmt: skip
    now = values[steps <= view.shown.step]
    if not now.size:
        return figure, []
    start = f", {number(now[0])} at the start" if now.size > 1 else ""
    return figure, [f"{what}: {number(now[-1])}{start}."]


_CHANCE = "How badly true neighbours are told from words drawn by chance, on one fixed sample"
_CAPTURED = "Share of the table that the directions found hold"
JUDGED = {
    "skipgram": ("loss", "loss", _CHANCE),
    "cbow": ("loss", "loss", "How badly a word is told by its context from words drawn by chance, on one fixed sample"),
    "fasttext": ("loss", "loss", _CHANCE),
    "glove": ("cost", "cost", "Mean weighted squared error over all pairs that occur"),
    "ppmi": ("captured", "captured", _CAPTURED),
    "tfidf": ("captured", "captured", _CAPTURED),
}
"""By what a training of each algorithm is judged: the metric, its name, and what it says."""


def _scores(view: View) -> Drawing:
    pictures = view.pictures
    scores = scores_of([frame.metrics for frame in pictures], [frame.step for frame in pictures], BENCHMARKS)
    figure = score_curves.spec(scores, current_theme(), end=view.report.position, moment=_moment(view), height=HEIGHT)
    return figure, [score_notice(scores, view.shown.step)]


def _collapse(view: View) -> Drawing:
    known = [frame for frame in view.pictures if "collapse" in frame.metrics]
    steps, values = np.array([frame.step for frame in known]), np.array([frame.metrics["collapse"] for frame in known])
    figure = meter_curve.spec(
        steps, values, current_theme(), name="collapse: mean cosine of all words", end=view.report.position, top=1.0, moment=_moment(view),
        region=Region(ALIKE, "all words look alike"), height=HEIGHT,
    )  # fmt: skip
    value = view.shown.metrics.get("collapse", np.nan)
    return figure, [collapse_notice(value, view.shown.step > 0, _advice(view))]


def fit_view(page: str, view: View) -> None:
    """What GloVe does, as a picture: predictions that tighten to the diagonal. Nothing for other algorithms."""
    if "cells" not in view.shown.arrays:
        return
    st.subheader("GloVe is a matrix factorisation", anchor=False)
    if not presentation.is_on():
        st.caption(
            "Each dot is a pair of words that occur together. GloVe looks for two vectors and two numbers per word so "
            "that "
            "$w_i \\cdot c_j + b_i + b'_j$ equals $\\log X_{ij}$, the logarithm of how often the pair occurs. Large, "
            "strong "
            "dots count fully; rare pairs are noise and count less."
        )
    drawn(
        page,
        "fit",
        (view.run.name, view.shown.step, view.pictures[-1].step),
        lambda: _fit(view),
        f"fit-{view.shown.step}",
    )


def _fit(view: View) -> Drawing:
    cells, start = view.shown.arrays["cells"], view.pictures[0].arrays.get("cells")
    return factorisation_scatter.spec(cells, current_theme(), bounds=cell_bounds(cells)), [fit_notice(cells, start)]
