"""Analogies: a is to b as c is to what? One question with all that surrounds it, or all 19,544 of Mikolov et al. (2013)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, get_args

import numpy as np

from explorer.embedding.analogy_report import AnalogyReport, Method, SectionScore
from explorer.embedding.questions import Lookup, read_questions
from explorer.embedding.vectors import Vectors

EPSILON = 0.001
"""Keeps 3CosMul from dividing by zero: footnote 6 of Levy and Goldberg (2014)."""
TINY = np.finfo(np.float32).tiny
READ = 100_000
"""Words of the vocabulary that are looked through at a time."""


class Standing(NamedTuple):
    """Where one word stands among the answers.

    Attributes
    ----------
    rank : int
        1 for the first answer.
    score : float
    margin : float
        Its score less that of the best other answer: above zero only for the first.
    """

    rank: int
    score: float
    margin: float


@dataclass(frozen=True, eq=False)
class Analogy:
    """A question and how every word answers it.

    Attributes
    ----------
    question : tuple of str
        a, b and c.
    method : {"add", "mul"}
    rows : numpy.ndarray, (n,) int64
        Rows of the best answers, the best first.
    words : tuple of str, (n,)
    scores : numpy.ndarray, (n,) float32
        Their scores.
    every : numpy.ndarray, (V,) float32
        Score of every word; -inf for one that is no answer.
    """

    question: tuple[str, str, str]
    method: Method
    rows: np.ndarray
    words: tuple[str, ...]
    scores: np.ndarray
    every: np.ndarray

    def standing(self, row: int) -> Standing | None:
        """Rank, score and margin of the word in a row; None for one that is no answer."""
        score = self.every[row]
        if np.isneginf(score):
            return None
        other = self.rows[1] if self.rows[0] == row and len(self.rows) > 1 else self.rows[0]
        better = int((self.every > score).sum()) + int((self.every[:row] == score).sum())
        return Standing(better + 1, float(score), float(score - self.every[other]))


def analogy(
    vectors: Vectors, a: str, b: str, c: str, method: Method = "add", exclude: bool = True, n: int = 10
) -> Analogy:
    """a is to b as c is to what?

    Parameters
    ----------
    vectors : Vectors
    a, b, c : str
    method : {"add", "mul"}
        "add": the cosine with b - a + c, all of length 1 (3CosAdd, Mikolov, Yih and Zweig 2013). "mul":
        cos(x, b) cos(x, c) / (cos(x, a) + 0.001) with cosines shifted to 0..1 (3CosMul, Levy and Goldberg 2014).
    exclude : bool
        Whether a, b and c are no answers, as in every published accuracy.
    n : int
        Answers wanted, at least 2 of which are found where there are as many.

    Returns
    -------
    Analogy
        Of equal scores the earlier word comes first.

    Raises
    ------
    UnknownWord
        For the first word without a vector.
    ValueError
        For another method.
    """
    if method not in get_args(Method):
        raise ValueError(f"There is no method {method!r}; choose add or mul.")
    rows = vectors.numbers((a, b, c))
    every = _added(vectors, rows) if method == "add" else _multiplied(vectors, rows)
    if exclude:
        every[rows] = -np.inf
    best = _first(every, max(n, 2))
    return Analogy((a, b, c), method, best, tuple(vectors.words[row] for row in best), every[best], every)


def analogy_slices(
    vectors: Vectors, method: Method = "add", exclude: bool = True, restrict: int | None = None
) -> Iterator[AnalogyReport]:
    """The analogy test in pieces of about 20 ms: after each the report so far, at last the complete one.

    Parameters as in `evaluate_analogies`.
    """
    if method not in get_args(Method):
        raise ValueError(f"There is no method {method!r}; choose add or mul.")
    from explorer.embedding.analogy_search import compile_ahead  # with it numba
    from explorer.embedding.analogy_sections import examine

    compile_ahead()
    vectors = vectors.head(restrict) if restrict is not None and restrict < len(vectors) else vectors
    report, sections = AnalogyReport(method, exclude, (), 0.0), read_questions()
    lookup = Lookup(sections)
    for first in range(0, len(vectors), READ):
        lookup.read(vectors.words[first : first + READ], first)
        yield report
    asked = []
    for section in sections:
        asked.append(lookup.ask(section))
        yield report
    weights = np.array([len(one.rows) for one in asked]) / max(sum(len(one.rows) for one in asked), 1)
    for i, one in enumerate(asked):
        for said in examine(vectors, one, method):
            if isinstance(said, SectionScore):
                done = float(weights[: i + 1].sum()) if i + 1 < len(asked) else 1.0
                report = AnalogyReport(method, exclude, (*report.sections, said), done)
            else:
                report = AnalogyReport(
                    method, exclude, report.sections, float(weights[:i].sum() + weights[i] * said), said
                )
            yield report


def evaluate_analogies(
    vectors: Vectors, method: Method = "add", exclude: bool = True, restrict: int | None = None
) -> AnalogyReport:
    """Ask all 19,544 questions of Mikolov et al. (2013), each against the whole vocabulary.

    By default this is the protocol of Stanford's GloVe: questions whose four words are known, answers among all words
    but the question's own. Words are looked up as gensim's ``evaluate_word_analogies`` does, in any case.

    Parameters
    ----------
    vectors : Vectors
    method : {"add", "mul"}
        See `analogy`.
    exclude : bool
        Whether the question's own words are no answers. Either way the report holds both.
    restrict : int, optional
        Use only the first (most frequent) so many words: fewer questions, fewer wrong answers.

    Returns
    -------
    AnalogyReport
        By section, with the answers of the baseline that ignores a and b.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # a second thread slows the small products down
        return deque(analogy_slices(vectors, method, exclude, restrict), maxlen=1)[0]


def cosines(vectors: Vectors, rows: np.ndarray) -> np.ndarray:
    """Cosine of some words with every word, (n, V) float32; 0 for zero vectors."""
    return np.stack([_cosine(vectors, query) for query in _unit(vectors, rows)])


def _added(vectors: Vectors, rows: np.ndarray) -> np.ndarray:
    a, b, c = _unit(vectors, rows)
    target = b - a + c
    return _cosine(vectors, target / max(np.linalg.norm(target), TINY))


def _multiplied(vectors: Vectors, rows: np.ndarray) -> np.ndarray:
    a, b, c = (1 + cosines(vectors, rows)) / 2
    return b * c / (a + np.float32(EPSILON))


def _cosine(vectors: Vectors, query: np.ndarray) -> np.ndarray:
    """Cosine of every word with a vector of length 1, (V,). One product for each query: together they take longer."""
    return (vectors.matrix @ query) / np.maximum(vectors.lengths, TINY)


def _unit(vectors: Vectors, rows: np.ndarray) -> np.ndarray:
    return vectors.matrix[rows] / np.maximum(vectors.lengths[rows], TINY)[:, None]


def _first(every: np.ndarray, n: int) -> np.ndarray:
    """Rows of the n highest scores that are answers, in order; of equal ones the earlier first."""
    n = min(n, int(np.isfinite(every).sum()))
    if n == 0:
        return np.zeros(0, dtype=np.int64)
    least = every[np.argpartition(every, -n)[-n]]
    candidates = np.flatnonzero(every >= least)
    return candidates[np.argsort(-every[candidates], kind="stable")[:n]]
