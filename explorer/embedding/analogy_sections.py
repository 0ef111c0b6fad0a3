"""One section of an analogy test, searched block by block through the whole vocabulary on one thread."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from explorer.embedding.analogy_report import Answers, Method, SectionScore
from explorer.embedding.analogy_search import LANES, nearest_block, search_block
from explorer.embedding.questions import Asked
from explorer.embedding.vectors import Vectors

EPSILON = 0.001
"""Keeps 3CosMul from dividing by zero: footnote 6 of Levy and Goldberg (2014)."""
BLOCK = 1024
"""Words at a time: the scores of so many stay in the processor's cache."""
PIECE = 20e6
"""Nanoseconds of work, about, between two yields."""
LOWEST = np.float32(-1e30)
"""Score of a word that is no answer."""
ROUNDING = np.float32(2e-6)
"""Words that score above the right answer by no more are level with it: equal products may differ in the last bits."""
CLOSEST = np.float32(1e-12)
"""Least shifted cosine: its logarithm must be finite."""


def examine(vectors: Vectors, asked: Asked, method: Method) -> Iterator[float | SectionScore]:
    """Answer all questions of a section; yields the share of the vocabulary that is searched, and at last the score.

    Between two yields lie about 20 ms. Memory does not grow with the vocabulary.
    """
    if len(asked.rows):
        search = _Search(vectors, asked, method)
        yield 0.0
        for step, first in enumerate(range(0, len(vectors), BLOCK), start=1):
            search.block(first)
            if step % search.blocks_in_a_piece == 0:
                yield min((first + BLOCK) / len(vectors), 1.0)
        yield 1.0
        yield search.score()
    else:
        none = Answers(np.zeros(0, np.int32), np.zeros(0, np.int32))
        yield SectionScore(asked.name, asked.total, asked.rows, none, none, none)


def parts(cosines: np.ndarray, pairs: np.ndarray, thirds: np.ndarray, method: Method) -> tuple[np.ndarray, np.ndarray]:
    """The two parts whose sum orders the answers.

    3CosAdd (Mikolov, Yih and Zweig 2013) is cos(x, b) - cos(x, a) + cos(x, c). 3CosMul (Levy and Goldberg 2014) is
    cos(x, b) cos(x, c) / (cos(x, a) + 0.001) with cosines shifted to 0..1; its logarithm is a sum as well.

    Parameters
    ----------
    cosines : (m, w) float32
        Of m words of the questions with w candidates.
    pairs : (p, 2) int
        Which of the m words are a and b.
    thirds : (c,) int
        Which are c.

    Returns
    -------
    pair : (p, w) float32
    third : (c, w) float32
    """
    if method == "add":
        return cosines[pairs[:, 1]] - cosines[pairs[:, 0]], cosines[thirds]
    close = np.maximum((1 + cosines) / 2, CLOSEST)
    return np.log(close[pairs[:, 1]]) - np.log(close[pairs[:, 0]] + np.float32(EPSILON)), np.log(close[thirds])


class _Search:
    """The questions of a section, each pair and each third word once, and their best answers so far."""

    def __init__(self, vectors: Vectors, asked: Asked, method: Method) -> None:
        self._vectors, self._asked, self._method = vectors, asked, method
        rows = asked.rows
        words, at = np.unique(rows[:, :3], return_inverse=True)
        at = at.reshape(-1, 3)
        self._queries = _unit(vectors, words)
        self._pairs, of_pair = np.unique(at[:, :2], axis=0, return_inverse=True)
        self._thirds, of_third = np.unique(at[:, 2], return_inverse=True)
        self._of_pair, self._of_third = of_pair.reshape(-1).astype(np.int32), of_third.astype(np.int32)
        self._no_pair = self._excluded(words[self._pairs])
        self._no_third = self._excluded(words[self._thirds][:, None])
        self._level = self._scores_at(self._spellings(rows[:, 3:])).max(axis=1) + ROUNDING
        self._best = np.full(len(rows), LOWEST)
        self._given, self._above = np.full(len(rows), -1, np.int32), np.zeros(len(rows), np.int32)
        most = 1 + max(np.bincount(self._no_pair[:, 0]).max(), 1)
        self._near = np.full((len(self._thirds), most), LOWEST)
        self._near_rows = np.full((len(self._thirds), most), -1, np.int32)

    @property
    def blocks_in_a_piece(self) -> int:
        """Blocks that take about 20 ms together."""
        products = len(self._queries) * self._vectors.dimensions / 15
        sums = len(self._asked.rows) / 5 + (len(self._queries) + len(self._pairs)) * (1 if self._method == "add" else 8)
        return max(1, int(PIECE / (BLOCK * (products + sums))))

    def block(self, first: int) -> None:
        """Search through the words from row `first` on."""
        rows = np.arange(first, min(first + BLOCK, len(self._vectors)))
        pair, third = self._parts(rows)
        _bar(pair, self._no_pair, first, len(rows))
        _bar(third, self._no_third, first, len(rows))
        nearest_block(third, self._near, self._near_rows, first)
        search_block(
            pair, third, self._of_pair, self._of_third, self._level, self._best, self._given, self._above, first
        )

    def score(self) -> SectionScore:
        """What the search through all words came to."""
        rows = self._asked.rows
        right = self._spellings(rows[:, 3:])
        excluding = _answers(self._given, self._above, right)
        own = self._spellings(rows[:, :3])
        scores = self._scores_at(own)
        best = np.argmax(scores, axis=1)[:, None]
        is_own = np.take_along_axis(scores, best, axis=1)[:, 0] > self._best
        given = np.where(is_own, np.take_along_axis(own, best, axis=1)[:, 0], self._given)
        including = _answers(given, self._above + (scores > self._level[:, None]).sum(axis=1), right)
        nearest = self._nearest()
        simply = Answers(nearest, (nearest[:, None] == right).any(axis=1).astype(np.int32))
        return SectionScore(self._asked.name, self._asked.total, rows, excluding, including, simply)

    def _nearest(self) -> np.ndarray:
        """For each question the word nearest to c that is none of its own, (q,)."""
        candidates = self._near_rows[self._of_third]
        own = self._spellings(self._asked.rows[:, :2])
        allowed = (candidates[:, :, None] != own[:, None, :]).all(axis=2)
        return np.take_along_axis(candidates, allowed.argmax(axis=1)[:, None], axis=1)[:, 0]

    def _parts(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Both parts of the scores of some words, filled up with words that are no answers."""
        width = -(-len(rows) // LANES) * LANES
        candidates = np.zeros((width, self._vectors.dimensions), np.float32)
        candidates[: len(rows)] = _unit(self._vectors, rows)
        pair, third = parts(self._queries @ candidates.T, self._pairs, self._thirds, self._method)
        pair[:, len(rows) :] = third[:, len(rows) :] = LOWEST
        return pair, third

    def _scores_at(self, rows: np.ndarray) -> np.ndarray:
        """Score of some words for each question, (q, k); `rows` likewise, -1 where there is none."""
        used, at = np.unique(rows, return_inverse=True)
        pair, third = self._parts(np.maximum(used, 0))
        at = at.reshape(rows.shape)
        scores = pair[self._of_pair[:, None], at] + third[self._of_third[:, None], at]
        return np.where(rows < 0, LOWEST, scores)

    def _spellings(self, rows: np.ndarray) -> np.ndarray:
        """Rows of all spellings of each question's words, (q, k), filled up with -1."""
        found = [[same for row in words for same in self._asked.spellings[row]] for words in rows.tolist()]
        out = np.full((len(found), max(map(len, found))), -1, dtype=np.int32)
        for line, same in zip(out, found, strict=True):
            line[: len(same)] = same
        return out

    def _excluded(self, words: np.ndarray) -> np.ndarray:
        """Pairs (line, row): which rows each line of `words` bars, by row, (n, 2)."""
        spellings = self._asked.spellings
        barred = [(i, same) for i, line in enumerate(words.tolist()) for word in line for same in spellings[word]]
        found = np.array(barred, dtype=np.int64)
        return found[np.argsort(found[:, 1], kind="stable")]


def _answers(given: np.ndarray, above: np.ndarray, right: np.ndarray) -> Answers:
    # The answer given decides, not the count, which leaves out words that are level.
    is_right = (given[:, None] == right).any(axis=1)
    return Answers(given.astype(np.int32), np.where(is_right, 1, 1 + np.maximum(above, 1)).astype(np.int32))


def _bar(scores: np.ndarray, barred: np.ndarray, first: int, width: int) -> None:
    """Make words of a block no answers, in place."""
    low, high = np.searchsorted(barred[:, 1], [first, first + width])
    scores[barred[low:high, 0], barred[low:high, 1] - first] = LOWEST


def _unit(vectors: Vectors, rows: np.ndarray) -> np.ndarray:
    """Vectors of length 1, (n, d) float32."""
    return vectors.matrix[rows] / np.maximum(vectors.lengths[rows], np.finfo(np.float32).tiny)[:, None]
