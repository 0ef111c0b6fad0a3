"""One space turned onto another, and words looked up across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np

from explorer.embedding.slicing import Slices, run_through
from explorer.embedding.vectors import UnknownWord, Vectors

Method = Literal["nearest", "csls"]
NEIGHBOURS = 10
"""Neighbours whose mean similarity CSLS takes away, as in the paper; a quarter of the words where there are few."""
NEGLIGIBLE = 1e-6
"""Share of the strongest direction below which one counts as not determined."""
BLOCK = 2048
"""Rows of a similarity matrix that are held at once."""
PIECE, SORTING = 3e8, 60
"""Multiplications in one piece of work, and how many of them finding the largest of a row costs for each of its numbers."""


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
        here, strengths, there = _directions(left - middle, right - middle_there)
        known = strengths > strengths[0] * NEGLIGIBLE
        return cls(source, target, here[:, known], there[:, known], middle, middle_there)

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
    def crowding(self) -> np.ndarray:
        """(V_target,) mean cosine of each target word with its nearest neighbours among the source words."""
        return run_through(self.crowding_slices())

    def crowding_slices(self) -> Slices[np.ndarray]:
        """`crowding` in pieces of at most about 50 ms: all words of one side are compared with all of the other."""
        mapped, across = yield from self._common_slices()
        size, k = _at_once(len(mapped), self.directions), neighbours(len(mapped))
        means = np.empty(len(across), dtype=np.float32)
        for start in range(0, len(across), size):
            means[start : start + size] = _mean_of_largest(across[start : start + size] @ mapped.T, k)
            yield None
        self.__dict__["crowding"] = means
        return means

    @property
    def rows_at_once(self) -> int:
        """Source words whose scores with all target words are one piece of work of at most about 50 ms."""
        return max(1, _at_once(len(self.target), self.directions) // 2)

    def _common_slices(self) -> Slices[tuple[np.ndarray, np.ndarray]]:
        """`mapped` and `across`, piece by piece."""
        sides = {
            "mapped": (self.source, self.middle, self.here),
            "across": (self.target, self.middle_there, self.there),
        }
        size = max(1, int(PIECE / max(2 * self.source.dimensions * max(self.directions, 1), 1)))
        for name, (vectors, middle, turn) in sides.items():
            if name not in self.__dict__:
                parts = []
                for start in range(0, len(vectors), size):
                    parts.append(_units((vectors.unit[start : start + size] - middle) @ turn))
                    yield None
                self.__dict__[name] = np.concatenate(parts)
        return self.mapped, self.across

    def placed(self, rows: np.ndarray) -> np.ndarray:
        """(len(rows), d): where the rotation puts source words among the unit vectors of the target."""
        return (self.source.unit[rows] - self.middle) @ self.here @ self.there.T + self.middle_there

    def scores(self, rows: np.ndarray, method: Method = "csls") -> np.ndarray:
        """(len(rows), V_target): how well each target word suits each of these source words.

        CSLS (Conneau et al. 2018, equation 3) is twice the cosine, less the crowding of both words: a word that is
        near everything is no longer everybody's translation.
        """
        cosines = self.mapped[rows] @ self.across.T
        if method == "nearest":
            return cosines
        here = _mean_of_largest(cosines, neighbours(len(self.across)))
        return 2 * cosines - here[:, None] - self.crowding[None, :]

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


def _directions(left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Singular vectors and values of ``left.T @ right``; of few rows within what they span, a small matrix in place of a large one."""
    if len(left) >= left.shape[1]:
        u, strengths, v = np.linalg.svd(left.T @ right)
        return u, strengths, v.T
    (here, one), (there, other) = np.linalg.qr(left.T), np.linalg.qr(right.T)
    u, strengths, v = np.linalg.svd(one @ other.T)
    return here @ u, strengths, there @ v.T


def _units(points: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(points, axis=1, keepdims=True)
    return (points / np.maximum(lengths, 1e-12)).astype(np.float32)


def _at_once(others: int, directions: int) -> int:
    """How many words are compared with so many others in one piece of work."""
    return max(1, min(BLOCK, int(PIECE / max(others * (directions + SORTING), 1))))


def neighbours(words: int) -> int:
    """How many neighbours among so many words CSLS looks at."""
    return max(1, min(NEIGHBOURS, words // 4))


def _mean_of_largest(cosines: np.ndarray, k: int) -> np.ndarray:
    return np.partition(cosines, -k, axis=1)[:, -k:].mean(axis=1)
