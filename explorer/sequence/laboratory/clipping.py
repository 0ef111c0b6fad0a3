"""Clipping over a training: how long the gradients were, how long those that moved the weights, and how many were shortened.

Pascanu et al. 2013, algorithm 1: a gradient longer than a threshold is scaled down to it. Only its length changes, and only
that of the weights' gradient: what arrives at the states, dL/dh_t, is what it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.frame import Changes, Frame
from explorer.sequence.experiment import SequenceExperiment
from explorer.sequence.recurrence import Array
from explorer.sequence.settings import Settings


@dataclass(frozen=True, slots=True, eq=False)
class Clipping:
    """What clipping did to a training.

    Attributes
    ----------
    steps : Array
        int64 (N,): the updates that were kept of the history.
    before, after : Array
        float64 (N,): gradient norm as it was, and as it moved the weights.
    threshold : Array
        float64 (N,): what it was clipped at; infinite while clipping was off.
    clipped : Array
        bool (N,).
    share : float
        Of these updates, those that were clipped; NaN without any.
    sentence : str
    """

    steps: Array
    before: Array
    after: Array
    threshold: Array
    clipped: Array
    share: float
    sentence: str


def clipping(frames: Sequence[Frame], experiment: SequenceExperiment, changes: Changes = ()) -> Clipping:
    """What clipping did to the updates of a run.

    Parameters
    ----------
    frames : sequence of Frame
        Any of the run's, in order; step 0, which made no update, is left out.
    experiment : SequenceExperiment
        What the run was started with.
    changes : sequence of Change
        What was changed meanwhile.
    """
    made = [frame for frame in frames if frame.step > 0 and "gradient_norm" in frame.metrics]
    steps = np.array([frame.step for frame in made], dtype=np.int64)
    before = np.array([frame.metrics["gradient_norm"] for frame in made], dtype=float)
    clipped = np.array([frame.metrics["clipped"] > 0 for frame in made], dtype=bool)
    limits = np.array([_limit(frame.step, experiment, changes) for frame in made], dtype=float)
    after = np.where(clipped, np.minimum(before, limits), before)
    share = float(clipped.mean()) if made else float("nan")
    return Clipping(steps, before, after, limits, clipped, share, _sentence(before, clipped, limits, share))


def _limit(step: int, experiment: SequenceExperiment, changes: Changes) -> float:
    return Settings.at(step, experiment, changes).clip or float("inf")


def _sentence(before: Array, clipped: Array, limits: Array, share: float) -> str:
    if not len(before):
        return "No update has been made yet."
    longest = (
        f"the longest gradient was {np.nanmax(before):.3g}" if np.isfinite(before).any() else "no gradient was finite"
    )
    if np.isinf(limits).all():
        return f"Clipping is off; {longest}."
    if not clipped.any():
        return f"None of {len(before):,} updates was clipped; {longest}."
    shortened = before[clipped] / limits[clipped]
    return f"{share:.0%} of {len(before):,} updates were clipped, typically to ×{_part(np.median(shortened))} of their length; {longest}."


def _part(times: float) -> str:
    return f"{1 / times:.2g}" if times < 1e6 else f"{1 / times:.0e}"
