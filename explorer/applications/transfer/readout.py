"""A linear readout: logistic regression on vectors that stay as they are."""

from __future__ import annotations

import numpy as np

STRENGTH = 0.1
"""Inverse of the penalty on the weights, for features of variance 1 (scikit-learn's C)."""
ROUNDS = 300


def answers(training: np.ndarray, labels: np.ndarray, tested: np.ndarray, strength: float = STRENGTH) -> np.ndarray:
    """Fit on some vectors, answer for others.

    Parameters
    ----------
    training : numpy.ndarray, (n, d)
    labels : numpy.ndarray, (n,) int
        At least two different ones.
    tested : numpy.ndarray, (m, d)

    Returns
    -------
    numpy.ndarray, (m,) int
        The label of each.
    """
    from sklearn.linear_model import LogisticRegression

    middle, spread = training.mean(axis=0), training.std(axis=0)
    # A feature that hardly varies among a few examples says nothing reliable: it is not blown up.
    spread = np.maximum(spread, 0.1 * spread.max() + 1e-8)
    readout = LogisticRegression(C=strength, max_iter=ROUNDS)
    readout.fit((training - middle) / spread, labels)
    return readout.predict((tested - middle) / spread).astype(np.int64)
