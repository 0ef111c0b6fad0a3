"""Two sets of vectors of the same words, laid over one another: how far they agree, and which words they part on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from explorer.embedding.alignment import align
from explorer.figures.naming import hundredths, quoted

LISTED = 6


def turned_onto(vectors: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Vectors (n, e), centred and turned by the rotation or reflection that brings them nearest to the target (n, d).

    See `explorer.embedding.alignment.align`; where e and d differ, the e directions go into d as far as there is room,
    those that matter most first.

    Returns
    -------
    numpy.ndarray, (n, d)
        Around the middle of the target.
    """
    wide = max(vectors.shape[1], target.shape[1])
    moving, fixed = (np.pad(one, ((0, 0), (0, wide - one.shape[1]))) for one in (vectors, target))
    return align(moving, fixed).aligned[:, : target.shape[1]]


def agreement(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Cosine of each word's two vectors, each seen from the middle of its own, (n,); 0 where one is in the middle."""
    one, other = one - one.mean(axis=0), other - other.mean(axis=0)
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return np.einsum("ij,ij->i", one, other) / np.where(lengths > 1e-12, lengths, 1.0)


def chance_agreement(one: np.ndarray, other: np.ndarray) -> float:
    """How far two sets (n, d) and (n, e) can be made to agree when the words of one are shuffled: what turning alone achieves."""
    shuffled = other[np.random.default_rng(0).permutation(len(other))]
    return float(agreement(one, turned_onto(shuffled, one)).mean()) if len(one) else 0.0


def moved_most(alike: np.ndarray, n: int = LISTED) -> list[int]:
    """Rows of the words on which two sets agree least."""
    return np.argsort(alike, kind="stable")[:n].tolist()


def pair_notice(words: Sequence[str], alike: np.ndarray, chance: float, one: str, other: str) -> str:
    """How far two maps agree, the words that moved most between them, and those that stayed.

    Parameters
    ----------
    words : sequence of str
    alike : (n,) array
        See `agreement`.
    chance : float
        What shuffled words would give.
    one, other : str
        What the two are called.
    """
    if not len(words):
        return ""
    order = np.argsort(alike, kind="stable")
    moved, stayed = (
        ", ".join(f"{quoted(words[i])} ({hundredths(alike[i])})" for i in rows)
        for rows in (order[:LISTED], order[::-1][:3])
    )
    return (
        f"Turned onto {one}, the vectors of {other} agree with a cosine of {hundredths(float(alike.mean()))} on "
        f"average (shuffled words: "
        f"{hundredths(chance)}). These words moved most: {moved}; the dotted lines lead from where {one} has them. "
        f"The most alike: {stayed}."
    )
