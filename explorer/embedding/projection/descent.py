"""Gradient descent as t-SNE does it: momentum, and a gain of its own for each coordinate."""

from __future__ import annotations

import numpy as np

MOMENTUM = 0.8
LEAST_GAIN = 0.01
LONGEST_STEP = 5.0
"""A word moves at most so far in one iteration."""


class Descent:
    """What moves points along their gradient, and remembers how they moved (Jacobs 1988; van der Maaten and Hinton 2008).

    Operation for operation openTSNE's, which keeps its own in a loop that cannot be left between two iterations.

    Parameters
    ----------
    shape : tuple of int
        (n, 2).
    longest : float or None
        Longest step of a point in one iteration.
    """

    def __init__(self, shape: tuple[int, ...], longest: float | None = LONGEST_STEP) -> None:
        self._gains, self._update, self._longest = np.ones(shape), np.zeros(shape), longest

    def move(self, points: np.ndarray, gradient: np.ndarray, learning_rate: float) -> None:
        """One iteration; `points`, (n, 2) float64, are moved in place.

        A coordinate whose gradient keeps its direction is slowed by less and less gain; one that turns gains more.
        """
        turned = np.sign(self._update) != np.sign(gradient)
        self._gains[turned] += 0.2
        self._gains[~turned] = self._gains[~turned] * 0.8 + LEAST_GAIN
        self._update = MOMENTUM * self._update - learning_rate * self._gains * gradient
        if self._longest is not None:
            lengths = np.linalg.norm(self._update, axis=1, keepdims=True)
            far = lengths[:, 0] > self._longest
            self._update[far] /= lengths[far]
            self._update[far] *= self._longest
        points += self._update
