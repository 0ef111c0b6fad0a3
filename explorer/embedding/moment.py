"""What is drawn of word vectors at one moment of their training."""

from __future__ import annotations

import numpy as np

from explorer.embedding.collapse import mean_cosine
from explorer.embedding.learner import Learner
from explorer.embedding.neighbours import nearest
from explorer.embedding.similarity import Benchmark, SimilarityScore
from explorer.embedding.slicing import Slices
from explorer.embedding.vectors import Vectors

DRAWN_WORDS = 600
NEIGHBOURS = 10
MOST_COMPARED = 400_000
"""Cosines that are computed and ranked in one piece."""


class Moment:
    """Takes the pictures of one training.

    Parameters
    ----------
    learner : Learner
    """

    def __init__(self, learner: Learner) -> None:
        self._learner = learner
        self._wordsim = Benchmark.on("wordsim353", learner.words)
        self._simlex = Benchmark.on("simlex999", learner.words)

    def slices(self) -> Slices[tuple[dict[str, float], dict[str, np.ndarray]]]:
        """Scores by name, and arrays: see `explorer.embedding.training.train`."""
        matrix = self._learner.matrix()
        yield None
        scores = {"collapse": mean_cosine(matrix)}
        yield None
        scores |= _score("wordsim", self._wordsim.score(matrix)) | _score("simlex", self._simlex.score(matrix))
        yield None
        rows, similarities = yield from head_neighbours(self._learner.words, matrix)
        arrays = {"input": matrix[:DRAWN_WORDS].copy(), "neighbours": rows, "similarities": similarities}
        output = self._learner.output()
        if output is not None:
            arrays["output"] = output[:DRAWN_WORDS].copy()
        return scores, arrays | self._learner.arrays()


def head_neighbours(
    words: tuple[str, ...], matrix: np.ndarray, head: int = DRAWN_WORDS, n: int = NEIGHBOURS
) -> Slices[tuple[np.ndarray, np.ndarray]]:
    """The words nearest to each of the most frequent words, by cosine, in the whole vocabulary.

    Parameters
    ----------
    words : tuple of str
    matrix : numpy.ndarray, (V, d) float32
    head, n : int
        Words that are asked for, and neighbours of each; at most as many as there are.

    Returns
    -------
    rows : numpy.ndarray, (head, n) int32
        Never the word itself.
    cosines : numpy.ndarray, (head, n) float32
    """
    vectors = Vectors(words, matrix)
    head, n = min(head, len(words)), min(n, len(words) - 1)
    block = max(1, MOST_COMPARED // len(words))
    rows, cosines = np.empty((head, n), np.int32), np.empty((head, n), np.float32)
    for at in range(0, head, block):
        asked = range(at, min(at + block, head))
        found = nearest(vectors, matrix[asked.start : asked.stop], n, exclude=[[row] for row in asked])
        rows[asked.start : asked.stop], cosines[asked.start : asked.stop] = found.rows, found.values
        yield None
    return rows, cosines


def _score(name: str, score: SimilarityScore) -> dict[str, float]:
    return {
        name: score.correlation,
        f"{name}_low": score.low,
        f"{name}_high": score.high,
        f"{name}_pairs": float(score.pairs),
    }
