"""Do vectors find similar what people find similar? WordSim-353 and SimLex-999, with coverage and an interval."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from explorer.embedding.lookup import first_rows
from explorer.embedding.vectors import Vectors
from explorer.text.shipped import shipped

FILES = {"wordsim353": "wordsim353.tsv", "simlex999": "simlex999.txt"}
TITLES = {"wordsim353": "WordSim-353", "simlex999": "SimLex-999"}
LEAST = 3
"""Fewer pairs have no correlation worth the name."""
QUANTILE = 1.959964
"""Of the normal distribution, for an interval of 95 %."""
FLAT = 1e-6
"""Cosines that differ by less are all the same, but for rounding."""


class Judgements(NamedTuple):
    """Pairs of words and how similar people found each, 0 to 10."""

    pairs: tuple[tuple[str, str], ...]
    scores: np.ndarray


class SimilarityScore(NamedTuple):
    """How well cosines agree with people, as a rank correlation.

    Attributes
    ----------
    name : str
        "wordsim353" or "simlex999".
    correlation, low, high : float
        Spearman's rho and its 95 % interval; NaN for fewer than three pairs, or where all cosines are the same.
    pairs, total : int
        Pairs with both words in the vocabulary, of all pairs.
    missing : tuple of str
        Words that are not in the vocabulary, each once.
    """

    name: str
    correlation: float
    low: float
    high: float
    pairs: int
    total: int
    missing: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Benchmark:
    """One set of judgements looked up in one vocabulary, once for all the moments of a training.

    Attributes
    ----------
    name : str
    pairs : tuple of (str, str)
        Those with both words in the vocabulary.
    rows : numpy.ndarray, (pairs, 2) int64
        Their rows.
    human : numpy.ndarray, (pairs,) float64
        What people said of them.
    total : int
    missing : tuple of str
    """

    name: str
    pairs: tuple[tuple[str, str], ...]
    rows: np.ndarray
    human: np.ndarray
    total: int
    missing: tuple[str, ...]

    @classmethod
    def on(cls, name: str, words: Iterable[str]) -> Benchmark:
        """The judgements of a set, looked up in a vocabulary (the most frequent word first).

        Raises
        ------
        ValueError
            For a name other than "wordsim353" and "simlex999".
        """
        judged = read_judgements(name)
        asked = dict.fromkeys(word for pair in judged.pairs for word in pair)
        found = first_rows(asked, words)
        kept = [i for i, (one, other) in enumerate(judged.pairs) if one in found and other in found]
        pairs = tuple(judged.pairs[i] for i in kept)
        rows = np.array([(found[one], found[other]) for one, other in pairs], dtype=np.int64).reshape(-1, 2)
        missing = tuple(word for word in asked if word not in found)
        return cls(name, pairs, rows, judged.scores[kept], len(judged.pairs), missing)

    def cosines(self, matrix: np.ndarray) -> np.ndarray:
        """Cosine of each pair, (pairs,) float64; 0 where a vector is zero. `matrix` holds a row for each word, (V, d)."""
        left, right = (np.asarray(matrix[self.rows[:, side]], dtype=np.float64) for side in (0, 1))
        square = np.einsum("ij,ij->i", left, left) * np.einsum("ij,ij->i", right, right)
        return np.einsum("ij,ij->i", left, right) / np.sqrt(np.where(square > 0, square, 1.0))

    def score(self, matrix: np.ndarray) -> SimilarityScore:
        """Spearman's correlation of cosines with people's judgements; takes a millisecond or two."""
        low, rho, high = spearman(self.human, self.cosines(matrix))
        return SimilarityScore(self.name, rho, low, high, len(self.pairs), self.total, self.missing)


def evaluate_similarity(vectors: Vectors, name: str) -> SimilarityScore:
    """How well the cosines of word vectors agree with people's judgements of similarity.

    Words are looked up as gensim's ``evaluate_word_pairs`` does: in any case, the first in the vocabulary.

    Parameters
    ----------
    vectors : Vectors
    name : {"wordsim353", "simlex999"}
        WordSim-353 (Finkelstein et al. 2002) asks for relatedness, SimLex-999 (Hill, Reichart and Korhonen 2015) for
        similarity proper: in it "coast" and "shore" are similar, "clothes" and "closet" are not.

    Raises
    ------
    ValueError
        For another name.
    """
    return Benchmark.on(name, vectors.words).score(vectors.matrix)


def spearman(one: np.ndarray, other: np.ndarray) -> tuple[float, float, float]:
    """Low end, rank correlation, high end: Spearman's rho of two (n,) arrays, ties sharing their mean rank.

    The 95 % interval is Fisher's z with the standard error sqrt((1 + rho^2 / 2) / (n - 3)) of Bonett and Wright (2000).
    Three pairs, or a perfect correlation, do not narrow it at all. NaN, thrice, when there is no correlation.
    """
    if len(one) < LEAST or not np.isfinite(other).all() or np.ptp(other) < FLAT or np.ptp(one) == 0:
        return float("nan"), float("nan"), float("nan")
    ranks = [mean_ranks(values) - (len(one) + 1) / 2 for values in (one, other)]
    rho = float(ranks[0] @ ranks[1] / np.sqrt((ranks[0] @ ranks[0]) * (ranks[1] @ ranks[1])))
    rho = min(max(rho, -1.0), 1.0)
    if len(one) == LEAST or abs(rho) == 1:
        return -1.0, rho, 1.0
    half = QUANTILE * np.sqrt((1 + rho**2 / 2) / (len(one) - 3))
    low, high = np.tanh(np.arctanh(rho) + [-half, half])
    return float(low), rho, float(high)


def mean_ranks(values: np.ndarray) -> np.ndarray:
    """Rank of each value from 1 on, (n,) float64; equal ones share the mean of their ranks."""
    _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[which]


@lru_cache(maxsize=len(FILES))
def read_judgements(name: str) -> Judgements:
    """The pairs of a set with their mean human score; raises ValueError for a name that is none of `FILES`."""
    if name not in FILES:
        raise ValueError(f"There is no set of judgements {name!r}; choose one of {', '.join(FILES)}.")
    text = shipped("gensim", "test", "test_data", FILES[name]).read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return Judgements(tuple((one, other) for one, other, _ in lines), np.array([float(score) for *_, score in lines]))
