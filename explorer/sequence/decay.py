"""How fast a gradient fades on its way back: one factor per step."""

from __future__ import annotations

import numpy as np

READOUT_SHARE = 4
"""The last quarter of the steps is left out: there the readout still shows."""


def decay_per_step(norms: np.ndarray, floor: float = 0.0) -> float:
    """Factor by which a gradient changes per step back, read from left to right.

    The slope of a line fitted by least squares to the logarithm, without the last quarter of the steps that the
    gradient reaches (at least one of them, while two are left).

    Parameters
    ----------
    norms : array
        (T,), by time step; the loss stands at the end.
    floor : float
        Norms up to this one, and those that are not finite, are taken for no gradient.

    Returns
    -------
    float
        Below 1 where the gradient vanishes, above 1 where it explodes; NaN when it reaches fewer than two steps.
    """
    norms = np.asarray(norms, dtype=float)
    reached = np.flatnonzero(np.isfinite(norms) & (norms > floor))
    if len(reached) < 2:
        return float("nan")
    used = reached[: max(2, len(reached) - max(1, len(reached) // READOUT_SHARE))]
    return float(np.exp(-np.polyfit(used, np.log(norms[used]), 1)[0]))
