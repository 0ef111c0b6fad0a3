"""When which part of a text is read: tenths of an epoch, cut into chunks that take a few hundredths of a second.

A chunk is a number of words, never a time: one that depended on the clock would give other numbers on every run. Its length
follows from the settings, and the settings give the same chunks everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from explorer.embedding.experiment import STEPS_PER_EPOCH
from explorer.frame import Changes

if TYPE_CHECKING:
    from explorer.embedding.experiment import EmbeddingExperiment

LONGEST = 9600
"""Words in a chunk at most. gensim silently drops what exceeds 10,000 words in one job."""
SHORTEST = 200
MICROSECONDS = 30_000.0
"""What a chunk is meant to take."""
THINNED, KEPT = 1e-4, 0.6
"""Where frequent words are thinned out as strongly as this, hardly more than this share of any text is learned from."""
LOWEST_RATE = 1e-4
"""Where the learning rate ends, as in word2vec's program (and where it starts, if that is lower)."""


class Chunk(NamedTuple):
    """Sentences that are read at one go.

    Attributes
    ----------
    sentences : list of list of str
    before : int
        Words of the epoch that come before them.
    words : int
        Words in them.
    """

    sentences: list[list[str]]
    before: int
    words: int


def words_at_once(experiment: EmbeddingExperiment) -> int:
    """Words in a chunk, from the estimated microseconds that one word takes."""
    return int(min(max(MICROSECONDS / microseconds(experiment), SHORTEST), LONGEST))


def microseconds(experiment: EmbeddingExperiment) -> float:
    """Estimated time to learn from one word, measured on one modest core for word2vec and FastText of gensim."""
    pairs, guesses, numbers = experiment.window + 1, experiment.negatives + 1, experiment.dimensions
    product = 0.085 + 0.00025 * numbers
    kept = KEPT if 0 < experiment.subsample <= THINNED else 1.0
    if experiment.algorithm == "skipgram":
        return kept * (0.6 + pairs * guesses * product)
    if experiment.algorithm == "fasttext":
        parts = 1 + 6 * (experiment.max_n - experiment.min_n + 1)
        return kept * (0.6 + pairs * (guesses * product + parts * (0.03 + 0.0003 * numbers)))
    return kept * (0.6 + guesses * product + pairs * (0.02 + 0.0001 * numbers))


def tenths(sentences: Sequence[list[str]], longest: int) -> list[list[Chunk]]:
    """An epoch in ten parts of about equally many words, each cut into chunks of about equal length.

    Parameters
    ----------
    sentences : sequence of list of str
    longest : int
        Words in a chunk at most; a longer sentence is cut.
    """
    pieces = [piece for words in sentences for piece in _cut(words, longest)]
    total = sum(map(len, pieces))
    parts: list[list[list[str]]] = [[] for _ in range(STEPS_PER_EPOCH)]
    read = 0
    for piece in pieces:  # a sentence belongs to the tenth in which its middle lies
        parts[(2 * read + len(piece)) * STEPS_PER_EPOCH // (2 * total)].append(piece)
        read += len(piece)
    before, out = 0, []
    for part in parts:
        out.append(list(_chunks(part, longest, before)))
        before += sum(map(len, part))
    return out


def rate_at(step: int, experiment: EmbeddingExperiment, changes: Changes) -> float:
    """The learning rate that is set for a step: the experiment's, or the latest change's."""
    rate = experiment.learning_rate
    for change in changes:
        if change.field == "learning_rate" and change.step <= step:
            rate = change.value
    return rate


def falling(rate: float, progress: float) -> float:
    """The learning rate of a moment: it falls evenly from what is set to `LOWEST_RATE` over the whole training.

    Parameters
    ----------
    rate : float
        What is set.
    progress : float
        Share of the training that is over, 0 to 1.
    """
    end = min(rate, LOWEST_RATE)
    return max(end, rate - (rate - end) * progress)


def _cut(words: list[str], longest: int) -> Iterator[list[str]]:
    if len(words) <= longest:
        yield words
        return
    for at in range(0, len(words), longest):
        yield words[at : at + longest]


def _chunks(sentences: list[list[str]], longest: int, before: int) -> Iterator[Chunk]:
    total = sum(map(len, sentences))
    number = -(-total // longest)
    aim = total / max(number, 1)
    taken: list[list[str]] = []
    words = 0
    for sentence in sentences:
        if taken and (words + len(sentence) / 2 > aim or words + len(sentence) > longest):
            yield Chunk(taken, before, words)
            before, taken, words = before + words, [], 0
        taken.append(sentence)
        words += len(sentence)
    if taken:
        yield Chunk(taken, before, words)
