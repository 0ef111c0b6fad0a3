"""What to notice about gradients: how fast they fade, how far they reach, and how that changed in training."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.figures.canvas import number
from explorer.figures.moment import FLOOR
from explorer.figures.naming import at_step, count, share_of
from explorer.sequence.decay import decay_per_step

AGREE = 2.0
"""The factor is told where so many steps of it give what arrives, up to this many times."""


def gradient_notice(norms: np.ndarray, steps: Sequence[str]) -> str:
    """How the gradient (T,) changes per step back, and what of it arrives at the first step."""
    norms = np.asarray(norms, dtype=float)
    if norms.size == 0 or not np.isfinite(norms).all():
        return "The gradient is no longer a finite number: the last update was too large."
    alive = np.flatnonzero(norms > 10.0**FLOOR)
    if not alive.size:
        return "The loss sends back nothing that can be measured: the gradient is at the floor at every step."
    first, last = int(alive[0]), int(alive[-1])
    if len(norms) == 1:
        return f"With a single step there is no way back: the gradient is {number(norms[0])}."
    source = at_step(steps, last)
    if first == last:
        return f"All of the gradient stays at {source}: nothing measurable arrives at any other step."
    arrived = norms[first] / norms[last]
    speed = _speed(0.0 if first else arrived, decay_per_step(norms, floor=10.0**FLOOR), last - first)
    if first > 0:
        return (
            f"{speed}: of what the loss says at {source}, nothing measurable arrives before {at_step(steps, first)}, "
            f"{count(last - first)} back."
        )
    return f"{speed}: of what the loss says at {source}, {share_of(arrived)} arrives at {at_step(steps, 0)}."


def _speed(arrived: float, factor: float, steps: int) -> str:
    """Falls, grows or keeps its size by what arrives; the factor per step where it tells the same.

    It need not: most of a change can lie in the last steps, which the factor leaves out.
    """
    speed = f"×{factor:.3f} per step back" if 0 < abs(factor - 1) < 0.015 else f"×{factor:.2f} per step back"
    alike = abs(steps * np.log(factor) - np.log(arrived)) < np.log(AGREE) if arrived > 0 and factor > 0 else factor < 1
    if 0.5 <= arrived <= 2:
        return "Roughly keeps its size" + (f", {speed}" if alike else "")
    verb = "Falls" if arrived < 1 else "Grows"
    return f"{verb} by {speed}" if alike else f"{verb} on the way back"


def reach(norms: np.ndarray, share: float = 0.01) -> int:
    """How many steps back from its source a gradient (T,) keeps at least `share` of its size."""
    norms = np.nan_to_num(np.asarray(norms, dtype=float), nan=0.0, posinf=0.0)
    alive = np.flatnonzero(norms > 10.0**FLOOR)
    if not alive.size:
        return 0
    last = int(alive[-1])
    below = np.flatnonzero(norms[: last + 1] < share * norms[last])
    return last - (int(below[-1]) + 1 if below.size else 0)


def history_notice(norms: np.ndarray) -> str:
    """How the reach of the gradient changed over training, norms (N, T)."""
    if len(norms) == 0:
        return "The history fills in as the training goes on."
    ends = reach(norms[0]), reach(norms[-1])
    first, last = (_back(n, row) for n, row in zip(ends, (norms[0], norms[-1]), strict=True))
    measure = "(how far back at least 1 % of the gradient arrives)"
    if len(norms) == 1:
        return f"Before training the gradient reaches {first} back {measure}."
    if ends[0] == ends[1]:
        return f"The gradient's reach is {last} back, as before training {measure}."
    way = "grew" if ends[1] > ends[0] else "fell"
    return f"The gradient's reach {way} from {first.rpartition(' ')[0]} to {last} back during training {measure}."


def _back(n: int, norms: np.ndarray) -> str:
    """So many steps, "all" of them when there are no more before the one at which the gradient begins."""
    alive = np.flatnonzero(np.nan_to_num(norms, nan=0.0) > 10.0**FLOOR)
    return f"all {count(n)}" if n > 1 and n == alive[-1] else count(n)
