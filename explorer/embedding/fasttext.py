"""FastText (Bojanowski, Grave, Joulin and Mikolov 2017): skip-gram in which a word is the mean of its letter groups.

Trained by gensim, chunk by chunk. Vectors of any word, also one that never occurred, are composed here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from gensim.models import FastText
from gensim.models.fasttext import FastTextKeyedVectors, ft_ngram_hashes
from gensim.models.fasttext_inner import compute_ngrams_bytes
from scipy.sparse import csr_matrix

from explorer.embedding.schedule import words_at_once
from explorer.embedding.slicing import Slices
from explorer.embedding.word2vec import Failing, PredictionLearner, epoch, fresh, know_words, sample
from explorer.text.cleaning import Cleaned

if TYPE_CHECKING:
    from explorer.embedding.experiment import EmbeddingExperiment
    from explorer.embedding.training import Trained

LONGEST_WORD = 200
"""Letters of a word that can be composed."""


class Composition:
    """Which letter groups each word of a vocabulary consists of.

    Attributes
    ----------
    buckets : list of numpy.ndarray
        For each word the buckets of its letter groups, in the order of the word.
    share : numpy.ndarray, (V, 1) float32
        One divided by the number of parts, the whole word included.
    """

    def __init__(self, words: tuple[str, ...], min_n: int, max_n: int, buckets: int) -> None:
        self.buckets = [np.array(ft_ngram_hashes(word, min_n, max_n, buckets), dtype=np.uint32) for word in words]
        lengths = np.array([len(parts) for parts in self.buckets])
        self.share = (1 / (lengths + 1)).astype(np.float32)[:, None]
        ends = np.concatenate([[0], np.cumsum(lengths)])
        columns = np.concatenate([np.empty(0, np.uint32), *self.buckets]).astype(np.int32)
        self._sum = csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(words), buckets))

    def compose(self, whole: np.ndarray, ngrams: np.ndarray) -> np.ndarray:
        """The vectors of all words, (V, d) float32: the mean of a word's own vector and those of its letter groups."""
        vectors = self._sum @ ngrams
        vectors += whole
        vectors *= self.share
        return vectors


class ComposedVectors(FastTextKeyedVectors):
    """gensim's vectors, with letter groups that are found once for a vocabulary, and composed as one matrix product."""

    composition: Composition

    def recalc_char_ngram_buckets(self) -> None:
        """Take the letter groups that are known."""
        self.buckets_word = self.composition.buckets

    def adjust_vectors(self) -> None:
        """Compose the vectors of all words; gensim does it one word after another."""
        self.vectors = self.composition.compose(self.vectors_vocab, self.vectors_ngrams)


class ChunkedFastText(Failing, FastText):
    """gensim's model; a failure while training is kept in `failure`."""

    learned = ("vectors", "vectors_vocab", "vectors_ngrams")

    def _clear_post_train(self) -> None:
        """Nothing: composing all words after every chunk would take longer than the chunk."""


class FastTextLearner(PredictionLearner):
    """Skip-gram with letter groups."""

    def step(self, step: int, rate: float) -> Slices[dict[str, float]]:
        """A tenth of an epoch, then the vectors of all words."""
        numbers = yield from super().step(step, rate)
        self.model.wv.adjust_vectors()
        yield None
        return numbers

    def tensors(self) -> dict[str, np.ndarray]:
        """Composed vectors, vectors of whole words, of letter groups, and output vectors."""
        wv = self.model.wv
        return super().tensors() | {"words": wv.vectors_vocab, "ngrams": wv.vectors_ngrams}


def begin_fasttext(experiment: EmbeddingExperiment, text: Cleaned) -> Slices[FastTextLearner]:
    """FastText with untrained vectors."""
    model = yield from fresh(_untrained(text, *_settings(experiment)))
    return FastTextLearner(experiment, text, model)


def prepare_fasttext(experiment: EmbeddingExperiment, text: Cleaned) -> None:
    """Make what takes longer than a moment, so that a learner is there at once."""
    epoch(text, words_at_once(experiment))
    sample(experiment, text)
    _untrained(text, *_settings(experiment))


def ngram_parts(trained: Trained, word: str) -> list[tuple[str, np.ndarray]]:
    """The letter groups of a word and their vectors, in the order of the word; ``<`` and ``>`` mark its ends.

    Parameters
    ----------
    trained : Trained
        By FastText.
    word : str
        Any word, also one that never occurred.

    Returns
    -------
    list of (str, numpy.ndarray (d,) float32)
        Empty for a word that is too short to have any.

    Raises
    ------
    ValueError
        When the vectors were not trained by FastText, or the word is longer than 200 letters.
    """
    experiment, ngrams = trained.experiment, trained.ngrams
    if ngrams is None:
        raise ValueError("Only FastText learns vectors of letter groups; train it to see the parts of a word.")
    if len(word) > LONGEST_WORD:
        raise ValueError(f"This word has {len(word):,} letters; parts are shown for words of up to {LONGEST_WORD}.")
    sizes = (experiment.min_n, experiment.max_n)
    parts = [part.decode("utf-8", "replace") for part in compute_ngrams_bytes(word, *sizes)]
    buckets = ft_ngram_hashes(word, *sizes, experiment.buckets)
    return [(part, ngrams[bucket]) for part, bucket in zip(parts, buckets, strict=True)]


def compose(trained: Trained, word: str) -> np.ndarray:
    """The vector of any word, (d,) float32, as gensim and Facebook's program compose it.

    A word of the vocabulary is the mean of its own vector and those of its letter groups; any other the mean of its letter
    groups alone, zero when it has none. Raises as `ngram_parts`.
    """
    parts = [vector for _, vector in ngram_parts(trained, word)]
    if trained.whole is not None and word in trained.whole:
        parts = [trained.whole[word], *parts]
    if not parts:
        return np.zeros(trained.vectors.dimensions, dtype=np.float32)
    total = np.zeros_like(parts[0])
    for vector in parts:
        total += vector
    return total / np.float32(len(parts))


@lru_cache(maxsize=2)
def _composition(text: Cleaned, min_n: int, max_n: int, buckets: int) -> Composition:
    return Composition(tuple(text.counts), min_n, max_n, buckets)


@lru_cache(maxsize=3)
def _untrained(
    text: Cleaned, dimensions: int, window: int, negatives: int, subsample: float, seed: int, *ngrams: int
) -> ChunkedFastText:
    min_n, max_n, buckets = ngrams
    model = ChunkedFastText(
        sg=1, vector_size=dimensions, window=window, negative=negatives, sample=subsample, seed=seed, workers=1,
        min_count=1, sorted_vocab=0, min_n=min_n, max_n=max_n, bucket=buckets,
    )  # fmt: skip
    model.wv = _composed_vectors(model.wv, _composition(text, min_n, max_n, buckets))
    know_words(model, text)
    return model


def _composed_vectors(plain: FastTextKeyedVectors, composition: Composition) -> ComposedVectors:
    """Empty vectors like those of a new model, all their settings included, that compose in one go."""
    vectors = ComposedVectors(plain.vector_size, plain.min_n, plain.max_n, plain.bucket)
    vectors.__dict__.update(plain.__dict__)
    vectors.composition = composition
    return vectors


def _settings(experiment: EmbeddingExperiment) -> tuple:
    return (
        experiment.dimensions, experiment.window, experiment.negatives, experiment.subsample, experiment.seed,
        experiment.min_n, experiment.max_n, experiment.buckets,
    )  # fmt: skip
