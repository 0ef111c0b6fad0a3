"""Vectors without prediction: a table of counts, weighted, and its main directions (PPMI + SVD, TF-IDF + SVD)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix

from explorer.embedding.counts import cooccurrence, ppmi
from explorer.embedding.documents import DocumentTerms
from explorer.embedding.slicing import Slices
from explorer.embedding.subspace import OVERSAMPLING, BlockedMatrix, Ritz, SubspaceIteration
from explorer.text.cleaning import Cleaned

if TYPE_CHECKING:
    from explorer.embedding.experiment import EmbeddingExperiment


class FactorLearner:
    """The vectors U S^p of a weighted table, where U S V' is its singular value decomposition.

    The exponent p weighs the main directions: 1 keeps the table's own distances, 0.5 and 0 do better on similarities
    (Levy, Goldberg and Dagan 2015, section 7.2: never 1).
    """

    def __init__(self, experiment: EmbeddingExperiment, text: Cleaned) -> None:
        self.words = tuple(text.counts)
        self._table = table(experiment, text)
        self._exponent = experiment.eigenvalue_exponent
        self._iteration = SubspaceIteration(self._table, experiment.dimensions, experiment.seed)
        self._ritz = Ritz(np.empty((0, 0)), np.zeros(experiment.dimensions))

    def start(self) -> Slices[dict[str, float]]:
        """A subspace picked by chance."""
        self._ritz = yield from self._iteration.begin()
        return self._numbers(0, float("nan"))

    def step(self, step: int, rate: float) -> Slices[dict[str, float]]:
        """One iteration."""
        before = self._ritz
        self._ritz = yield from self._iteration.iterate()
        yield None
        return self._numbers(step, turned(before.left, self._ritz.left))

    def _numbers(self, step: int, change: float) -> dict[str, float]:
        captured = float((self._ritz.values**2).sum() / self._table.square)
        return {"iteration": float(step), "captured": captured, "change": change}

    def matrix(self) -> np.ndarray:
        """U S^p, (V, d) float32."""
        return (self._ritz.left * self._ritz.values**self._exponent).astype(np.float32)

    def output(self) -> None:
        """None: a table has one kind of vector for each word."""
        return None

    def loss(self) -> None:
        """None: nothing is predicted."""
        return None

    def arrays(self) -> dict[str, np.ndarray]:
        """ "singular", (d,) float32: the singular values, largest first."""
        return {"singular": self._ritz.values.astype(np.float32)}

    def tensors(self) -> dict[str, np.ndarray]:
        """The vectors."""
        return {"input": self.matrix()}


def turned(before: np.ndarray, after: np.ndarray) -> float:
    """How far a subspace has turned: the root mean square sine of its angles, 0 (not at all) to 1.

    Parameters
    ----------
    before, after : numpy.ndarray, (V, k)
        Orthonormal columns; some may be zero.
    """
    overlap = before.T @ after
    return float(np.sqrt(max(0.0, 1 - (overlap**2).sum() / (before**2).sum())))


def prepare_factors(experiment: EmbeddingExperiment, text: Cleaned) -> None:
    """Count and weigh, so that a learner is there at once.

    Raises
    ------
    ValueError
        When the table has fewer rows or columns than there are to be dimensions.
    """
    made = table(experiment, text)
    most = min(made.shape)
    if experiment.dimensions > most:
        what = "passages" if experiment.algorithm == "tfidf" and made.shape[1] == most else "different words"
        ways = f"Choose at most {most} dimensions" + (", or shorter passages" if what == "passages" else "")
        raise ValueError(
            f"A table of {most:,} {what} has no {experiment.dimensions} directions. {ways}, or bring a longer text."
        )


def table(experiment: EmbeddingExperiment, text: Cleaned) -> BlockedMatrix:
    """The weighted table that an experiment factorises, one row for each word."""
    columns = experiment.dimensions + OVERSAMPLING
    if experiment.algorithm == "ppmi":
        return _associations(text, experiment.window, experiment.smoothing, experiment.shift, columns)
    return _documents(text, experiment.passage, columns)


@lru_cache(maxsize=2)
def _associations(text: Cleaned, window: int, smoothing: float, shift: float, columns: int) -> BlockedMatrix:
    return BlockedMatrix(ppmi(cooccurrence(text.sentences, window, min_count=1)[0], smoothing, shift), columns)


@lru_cache(maxsize=2)
def _documents(text: Cleaned, passage: int, columns: int) -> BlockedMatrix:
    return BlockedMatrix(term_passages(text, passage), columns)


def term_passages(text: Cleaned, passage: int) -> csr_matrix:
    """TF-IDF of each word in each passage, (V, passages), see `explorer.embedding.documents`.

    Parameters
    ----------
    text : Cleaned
    passage : int
        Sentences of one document that make a passage; its last passage may have fewer.
    """
    return DocumentTerms(list(passages(text, passage)), text.counts).weights.T.tocsr()


def passages(text: Cleaned, length: int) -> Iterator[list[str]]:
    """The tokens of every `length` sentences of one document."""
    taken: list[str] = []
    sentences, document = 0, -1
    for words, number in zip(text.sentences, text.document_of, strict=True):
        if taken and (number != document or sentences == length):
            yield taken
            taken, sentences = [], 0
        taken, sentences, document = taken + words, sentences + 1, number
    if taken:
        yield taken
