"""Where numbers end: the smallest that a float can hold, and what that means for a gradient."""

from __future__ import annotations

import numpy as np

FLOAT32 = 2.0**-149
"""Smallest positive float32, 1.4e-45: networks are trained in it, and what is smaller is exactly 0 there."""
FLOAT64 = 2.0**-1074
"""Smallest positive float64, 4.9e-324: the laboratory measures in it."""


def reached(norms: np.ndarray, floor: float = FLOAT32) -> int:
    """How many of the last steps a gradient (T,) reaches before it is below a floor."""
    below = np.flatnonzero(~(np.asarray(norms) >= floor))
    return len(norms) - (int(below[-1]) + 1 if below.size else 0)


def floor_sentence(norms: np.ndarray, cut: int = 0) -> str:
    """What happens to a gradient (T,) near the floor, in words; an empty string when it stays far above."""
    norms = np.asarray(norms, dtype=float)[cut:]
    back = reached(norms)
    if back == len(norms) or not back:
        return ""
    lost = len(norms) - reached(norms, FLOAT64)
    exact = f" At {lost} of them even float64 (down to 5e-324) holds a plain 0." if lost else ""
    return (
        f"More than {back - 1} steps back the gradient is smaller than 1.4e-45, the smallest number of float32: in training it "
        f"is exactly 0 there. It is measured here in float64.{exact}"
    )
