"""A handful of words together: all their cosines, the odd one out, what is nearest to their average."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from explorer.embedding.neighbours import Neighbours, nearest
from explorer.embedding.vectors import Vectors


class OddOneOut(NamedTuple):
    """The word that goes least with the others.

    Attributes
    ----------
    at : int
        Its place in the list.
    agreement : numpy.ndarray, (n,) float32
        Cosine of each word with the mean direction of all.
    """

    at: int
    agreement: np.ndarray


def cosine_table(vectors: Vectors, words: Sequence[str]) -> np.ndarray:
    """Cosine of each word with each, (n, n) float32; raises `UnknownWord`."""
    unit = _unit(vectors, words)
    return np.clip(unit @ unit.T, -1, 1)


def odd_one_out(vectors: Vectors, words: Sequence[str]) -> OddOneOut:
    """The word with the smallest cosine with the mean direction, as gensim's ``doesnt_match`` finds it.

    Raises
    ------
    UnknownWord
    ValueError
        For fewer than three words: of two, neither is odd.
    """
    if len(words) < 3:
        raise ValueError("It takes at least three words to find the odd one out.")
    unit = _unit(vectors, words)
    mean = unit.mean(axis=0)
    agreement = unit @ (mean / max(np.linalg.norm(mean), np.finfo(np.float32).tiny))
    return OddOneOut(int(agreement.argmin()), agreement)


def nearest_to_average(vectors: Vectors, words: Sequence[str], n: int = 8) -> Neighbours:
    """The words nearest to the mean direction of some words, without those; raises `UnknownWord`."""
    rows = vectors.numbers(words)
    return nearest(vectors, _unit(vectors, words).mean(axis=0), n, exclude=[rows.tolist()])


def _unit(vectors: Vectors, words: Sequence[str]) -> np.ndarray:
    """Vectors of length 1, (n, d) float32."""
    rows = vectors.numbers(words)
    return vectors.matrix[rows] / np.maximum(vectors.lengths[rows], np.finfo(np.float32).tiny)[:, None]
