"""What each part of a composed vector does to it: how far it turns the vector towards another word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np


class Pull(NamedTuple):
    """What one part, such as an n-gram, does to the vector of its word.

    Attributes
    ----------
    part : str
    towards : float
        The word's cosine with another vector, minus what it would be without this part: above 0 it pulls towards it.
    share : float
        How much of the word's vector it is, along that vector; the shares of all parts add up to 1.
    """

    part: str
    towards: float
    share: float


def pulls(parts: Sequence[tuple[str, np.ndarray]], target: np.ndarray) -> list[Pull]:
    """The pull of each part of a vector that is the sum (or the mean) of its parts.

    Parameters
    ----------
    parts : sequence of (str, (d,) array)
    target : numpy.ndarray, (d,)

    Returns
    -------
    list of Pull
        In the order of the parts. A vector of length zero has cosine 0 with everything.
    """
    if not parts:
        return []
    vectors = np.stack([np.asarray(vector, dtype=np.float64) for _, vector in parts])
    whole = vectors.sum(axis=0)
    change = _cosine(whole, target) - _cosine(whole - vectors, target)
    size = float(whole @ whole)
    shares = vectors @ whole / size if size > 0 else np.full(len(parts), 1 / len(parts))
    return [Pull(name, float(a), float(b)) for (name, _), a, b in zip(parts, change, shares, strict=True)]


def _cosine(vectors: np.ndarray, target: np.ndarray) -> np.ndarray:
    target = np.asarray(target, dtype=np.float64)
    lengths = np.linalg.norm(vectors, axis=-1) * np.linalg.norm(target)
    return np.where(lengths > 1e-12, vectors @ target / np.where(lengths > 1e-12, lengths, 1.0), 0.0)
