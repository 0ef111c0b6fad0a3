"""How far all vectors point the same way: the first thing that goes wrong with little text."""

from __future__ import annotations

import numpy as np

BLOCK = 4096
"""Rows that are turned into float64 at once."""


def mean_cosine(matrix: np.ndarray) -> float:
    """The mean cosine over all pairs of different words, exactly.

    The cosines of all ordered pairs add up to the squared length of the sum of all unit vectors, of which each word's
    cosine with itself is subtracted: (|sum u|^2 - n) / (n (n - 1)). Words whose vector is zero have no direction and are
    left out. A value near 1 means that all words look alike, whatever the neighbours' order says.

    Parameters
    ----------
    matrix : numpy.ndarray, (V, d)

    Returns
    -------
    float
        NaN for fewer than two words with a direction.
    """
    total, number = np.zeros(matrix.shape[1]), 0
    for at in range(0, len(matrix), BLOCK):
        rows = matrix[at : at + BLOCK].astype(np.float64)
        lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
        some = lengths > 0
        total += (1 / lengths[some]) @ rows[some]
        number += int(some.sum())
    if number < 2:
        return float("nan")
    return float((total @ total - number) / (number * (number - 1)))
