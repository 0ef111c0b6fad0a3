"""One-hot against learned vectors: the same classifier, the same sentences, the same few labels.

The question asked is a real one: from which document does a sentence come? A classifier sees a few labelled sentences of
each of the largest documents and answers for sentences that were held out. Once it sees each sentence as the sum of its
words' one-hot vectors, once as the sum of their learned vectors; all else is equal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from explorer.embedding.sentence_vectors import Features, Kind, sentence_vectors
from explorer.embedding.slicing import Slices
from explorer.text.cleaning import Cleaned

DOCUMENTS = 10
"""At most so many documents are told apart."""
LEAST_SENTENCES, LEAST_WORDS = 9, 3
"""A document needs so many sentences of so many words."""
MOST_HELD_OUT = 40
"""Sentences of each document that are held out: a third, at most so many."""
LABELLED = (1, 2, 5, 10, 20, 50, 100)
"""Labelled sentences of each document, as far as there are enough."""
DRAWS = 10
"""How often the labelled sentences are drawn anew."""
PENALTY = 10.0
"""scikit-learn's C: the inverse strength of the penalty on the weights. The order of the results is the same from 1 to 100."""


@dataclass(frozen=True, eq=False)
class Question:
    """Which documents are told apart, and by which sentences.

    Attributes
    ----------
    titles : tuple of str
        Of the documents, the largest first.
    held_out : tuple of numpy.ndarray
        Numbers of the sentences of each document that only test.
    pool : tuple of numpy.ndarray
        Numbers of the others, from which labelled ones are drawn.
    """

    titles: tuple[str, ...]
    held_out: tuple[np.ndarray, ...]
    pool: tuple[np.ndarray, ...]

    @property
    def tested(self) -> int:
        """Held-out sentences in all."""
        return sum(map(len, self.held_out))

    @property
    def labelled(self) -> tuple[int, ...]:
        """Numbers of labelled sentences of each document for which there are enough."""
        return tuple(n for n in LABELLED if n <= min(map(len, self.pool)))


@dataclass(frozen=True, slots=True)
class Score:
    """How well one kind of vector did with so many labels.

    Attributes
    ----------
    kind : {"one-hot", "learned here", "GloVe 6B"}
    labelled : int
        Labelled sentences of each document.
    accuracy, low, high : float
        Share of the held-out sentences that were told right, mean over the draws, and its 95 % interval (bootstrap over
        draws and sentences).
    lead, lead_low, lead_high : float
        The accuracy above that of one-hot vectors, compared draw by draw and sentence by sentence, and its 95 % interval.
    """

    kind: Kind
    labelled: int
    accuracy: float
    low: float
    high: float
    lead: float = 0.0
    lead_low: float = 0.0
    lead_high: float = 0.0


def pose(text: Cleaned, seed: int = 0) -> Question:
    """Choose documents and hold sentences out.

    Raises
    ------
    ValueError
        When fewer than two documents are long enough.
    """
    long_enough = np.array([len(set(words)) >= LEAST_WORDS for words in text.sentences], dtype=bool)
    document_of = np.asarray(text.document_of, dtype=np.int64)
    sizes = np.bincount(document_of[long_enough], minlength=len(text.titles))
    largest = [d for d in np.argsort(-sizes, kind="stable")[:DOCUMENTS].tolist() if sizes[d] >= LEAST_SENTENCES]
    if len(largest) < 2:
        raise ValueError(
            f"This takes at least two documents of {LEAST_SENTENCES} sentences of {LEAST_WORDS} words; this text has "
            f"{len(largest) or 'none'}. Choose Wikipedia, or bring a text with longer paragraphs separated by blank lines."
        )
    generator = np.random.default_rng(seed)
    shuffled = [generator.permutation(np.flatnonzero((document_of == d) & long_enough)) for d in largest]
    cuts = [min(MOST_HELD_OUT, len(rows) // 3) for rows in shuffled]
    return Question(
        tuple(text.titles[d] for d in largest),
        tuple(rows[:cut] for rows, cut in zip(shuffled, cuts, strict=True)),
        tuple(rows[cut:] for rows, cut in zip(shuffled, cuts, strict=True)),
    )


def compare(text: Cleaned, question: Question, seed: int = 0) -> Iterator[Score | None]:
    """Ask the question with each kind of vector and more and more labels.

    Equal texts and seeds give equal scores.

    Yields
    ------
    Score or None
        None on the way, so that whoever waits can show how far it is.
    """
    features = yield from sentence_vectors(text, np.concatenate(question.held_out).tolist(), seed)
    for labelled in question.labelled:
        plain = None
        for kind, rows in features.items():
            right = yield from _answers(rows, question, labelled, seed)
            plain = right if plain is None else plain
            generator = np.random.default_rng([seed, labelled])
            lead = float((right - plain).mean()), *interval(right - plain, generator)
            yield Score(kind, labelled, float(right.mean()), *interval(right, generator), *lead)


def _answers(rows: Features, question: Question, labelled: int, seed: int) -> Slices[np.ndarray]:
    """1 where a held-out sentence was told right, (draws, sentences) float; each kind of vector gets the same draws."""
    truth = np.repeat(np.arange(len(question.titles)), list(map(len, question.held_out)))
    test = np.concatenate(question.held_out)
    right = np.empty((DRAWS, len(test)))
    for draw in range(DRAWS):
        generator = np.random.default_rng([seed, labelled, draw])
        chosen = [generator.choice(pool, labelled, replace=False) for pool in question.pool]
        classes = np.repeat(np.arange(len(chosen)), labelled)
        right[draw] = classify(rows[np.concatenate(chosen)], classes, rows[test]) == truth
        yield None
    return right


def classify(known: Features, classes: np.ndarray, asked: Features) -> np.ndarray:
    """Logistic regression: the classes of the rows `asked`, learned from the rows `known`.

    Columns that are 0 in all known rows get the weight 0 and are left out: the answers are the same, the fit is faster.
    """
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    if isinstance(known, csr_matrix):
        used = np.flatnonzero(known.getnnz(axis=0))
        known, asked = known[:, used], asked[:, used]
    with threadpool_limits(1):  # a second thread slows the small products down
        return LogisticRegression(C=PENALTY, max_iter=1000).fit(known, classes).predict(asked)


def interval(values: np.ndarray, generator: np.random.Generator, times: int = 1000) -> tuple[float, float]:
    """95 % interval of a mean over draws and sentences, (draws, sentences), by resampling both."""
    draws, sentences = values.shape
    rows = generator.multinomial(draws, np.full(draws, 1 / draws), times) / draws
    columns = generator.multinomial(sentences, np.full(sentences, 1 / sentences), times) / sentences
    means = np.einsum("ts,ts->t", rows @ values, columns)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)
