"""One space turned onto another, and words looked up across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np

from explorer.embedding.vectors import UnknownWord, Vectors

Method = Literal["nearest", "csls"]
NEIGHBOURS = 10
"""Neighbours whose mean similarity CSLS takes away, as in the paper; a quarter of the words where there are few."""
NEGLIGIBLE = 1e-6
"""Share of the strongest direction below which one counts as not determined."""
BLOCK = 2048
"""Rows of a similarity matrix that are held at once."""


class Translation(NamedTuple):
    """A word of the other language, and its score (cosine, or CSLS)."""

    word: str
    score: float


@dataclass(frozen=True, eq=False)
class Mapping:
    """Two vocabularies in one space of r directions: those that the pairs say something about.

    Attributes
    ----------
    source, target : Vectors
    here, there : numpy.ndarray
        (d, r) each, with orthonormal columns: a source word times `here` lies where its translation times `there` does.
        With at least d + 1 pairs r is d, and ``here @ there.T`` is the rotation of orthogonal Procrustes.
    middle, middle_there : numpy.ndarray
        (d,): the means of the pairs' vectors on either side, taken away first.
    """

    source: Vectors
    target: Vectors
    here: np.ndarray
    there: np.ndarray
    middle: np.ndarray
    middle_there: np.ndarray

    @classmethod
    def fit(cls, source: Vectors, target: Vectors, pairs: Sequence[tuple[str, str]]) -> Mapping:
        """The rotation that brings the pairs as near together as can be (Schönemann 1966; for words Xing et al. 2015).

        Vectors have length 1 and are centred (Artetxe et al. 2016). n pairs determine n - 1 directions at most: a
        rotation of all d would move what lies outside of them at random, so that there it is left out on both sides.

        Raises
        ------
        ValueError
            When the two files have vectors of different lengths, or there are fewer than two pairs.
        """
        if source.dimensions != target.dimensions:
            raise ValueError(
                f"The first file has {source.dimensions} numbers for each word, the second {target.dimensions}. "
                "A rotation needs equally many: choose files of the same size."
            )
        if len(pairs) < 2:
            raise ValueError("At least two pairs are needed to go by.")
        left = source.unit[source.numbers([one for one, _ in pairs])].astype(float)
        right = target.unit[target.numbers([other for _, other in pairs])].astype(float)
        middle, middle_there = left.mean(axis=0), right.mean(axis=0)
        u, strengths, v = np.linalg.svd((left - middle).T @ (right - middle_there))
        known = strengths > strengths[0] * NEGLIGIBLE
        return cls(source, target, u[:, known], v[known].T, middle, middle_there)

    @property
    def directions(self) -> int:
        """How many directions the pairs determine."""
        return self.here.shape[1]

    @cached_property
    def mapped(self) -> np.ndarray:
        """(V, r) float32: the source words in the common space, each of length 1."""
        return _units((self.source.unit - self.middle) @ self.here)

    @cached_property
    def across(self) -> np.ndarray:
        """(V_target, r) float32: the target words there."""
        return _units((self.target.unit - self.middle_there) @ self.there)

    @cached_property
    def crowding(self) -> tuple[np.ndarray, np.ndarray]:
        """Mean cosine of each source word, and of each target word, with its nearest neighbours across."""
        return _mean_of_nearest(self.mapped, self.across), _mean_of_nearest(self.across, self.mapped)

    def scores(self, rows: np.ndarray, method: Method = "csls") -> np.ndarray:
        """(len(rows), V_target): how well each target word suits each of these source words.

        CSLS (Conneau et al. 2018, equation 3) is twice the cosine, less the crowding of both words: a word that is
        near everything is no longer everybody's translation.
        """
        cosines = self.mapped[rows] @ self.across.T
        if method == "nearest":
            return cosines
        here, there = self.crowding
        return 2 * cosines - here[rows, None] - there[None, :]

    def translate(self, word: str, n: int = 5, method: Method = "csls") -> list[Translation]:
        """The `n` best words of the other language, the best first.

        Raises
        ------
        UnknownWord
        """
        if word not in self.source:
            raise UnknownWord(word, self.source.words)
        scores = self.scores(np.array([self.source.number(word)]), method)[0]
        best = np.argsort(-scores, kind="stable")[:n]
        return [Translation(self.target.words[row], float(scores[row])) for row in best]


def _units(points: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(points, axis=1, keepdims=True)
    return (points / np.maximum(lengths, 1e-12)).astype(np.float32)


def _mean_of_nearest(words: np.ndarray, others: np.ndarray) -> np.ndarray:
    k = max(1, min(NEIGHBOURS, len(others) // 4))
    means = [
        np.partition(words[start : start + BLOCK] @ others.T, -k, axis=1)[:, -k:].mean(axis=1)
        for start in range(0, len(words), BLOCK)
    ]
    return np.concatenate(means)
