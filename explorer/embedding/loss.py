"""One definition of loss for all algorithms that learn by prediction, so that their curves can be laid over one another.

gensim's own loss is a running sum that loses its digits and does not exist for FastText; this one is measured from outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from explorer.embedding.reading import Numbered, numbered
from explorer.embedding.slicing import Slices
from explorer.text.cleaning import Cleaned

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

PLACES = 2000
STREAM = 353
"""Seeds the sample, whatever the seed of the training: trainings with different seeds are measured at the same places."""
NOISE_EXPONENT = 0.75
"""Noise words are drawn by their count to this power (Mikolov et al. 2013)."""
ROUNDS = 20
"""Times that noise words which hit the true one are drawn anew."""
MOST_AT_ONCE = 1_000_000
"""Numbers that are looked up in one piece."""


@dataclass(frozen=True, eq=False)
class LossSample:
    """Places in a text, and at each the question: which of these words stands here?

    For P places the true word and K noise words are scored by the context of the place,

        loss = mean over places of  -log s(score of the true word) - sum over noise words of log s(-score),

    with s the logistic function: the negative-sampling loss of Mikolov et al. (2013), in nats. A score is the dot product
    of an output vector with the input vector of the context: of one context word drawn by chance from the window for
    skip-gram and FastText, which predict from one word at a time, and of the mean of all of them for CBOW, which predicts
    from all at once. Places, windows, noise words and thinning of frequent words are those that the training itself
    uses, drawn once: different algorithms, seeds and moments answer the same questions. Untrained vectors score 0, so the
    loss starts at (K + 1) log 2. GloVe and the factorisations do not tell true words from noise and have no such loss.

    Attributes
    ----------
    true : numpy.ndarray, (P,) int32
        The word at each place.
    noise : numpy.ndarray, (P, K) int32
    one : numpy.ndarray, (P,) int32
        One word of each context.
    place, context : numpy.ndarray, (M,) int32
        All words of all contexts, and the places they belong to.
    words : int
        Size of the vocabulary.
    """

    true: np.ndarray
    noise: np.ndarray
    one: np.ndarray
    place: np.ndarray
    context: np.ndarray
    words: int

    @property
    def chance(self) -> float:
        """The loss of somebody who cannot tell at all."""
        return (self.noise.shape[1] + 1) * float(np.log(2))

    @cached_property
    def mean(self) -> csr_matrix:
        """(P, V), the matrix that takes the mean over each context."""
        from scipy.sparse import csr_matrix

        weight = (1 / np.bincount(self.place, minlength=len(self.true)))[self.place].astype(np.float32)
        return csr_matrix((weight, (self.place, self.context)), shape=(len(self.true), self.words))

    def measure(self, inputs: np.ndarray, outputs: np.ndarray, together: bool) -> Slices[float]:
        """The loss of vectors.

        Parameters
        ----------
        inputs, outputs : numpy.ndarray, (V, d) float32
        together : bool
            Whether the words of a context predict together (CBOW), by their mean, or one by one.
        """
        hidden = self.mean @ inputs if together else None
        candidates = np.column_stack([self.true, self.noise])
        sign = np.ones(candidates.shape[1])
        sign[0] = -1.0  # softplus(-score) for the true word, softplus(score) for noise
        block = max(1, MOST_AT_ONCE // (candidates.shape[1] * inputs.shape[1]))
        total = 0.0
        for at in range(0, len(self.true), block):
            if at:
                yield None
            some = slice(at, at + block)
            given = inputs[self.one[some]] if hidden is None else hidden[some]
            scores = np.einsum("pd,pkd->pk", given, outputs[candidates[some]]).astype(np.float64)
            total += float(np.logaddexp(0.0, sign * scores).sum())
        return total / len(self.true)


@lru_cache(maxsize=4)
def loss_sample(text: Cleaned, window: int, negatives: int, subsample: float) -> LossSample:
    """The sample for a text and the settings that decide what is predicted; the same for every algorithm and seed."""
    rng = np.random.default_rng(STREAM)
    thinned = _thinned(numbered(text), subsample, rng)
    return _drawn(thinned, window, negatives, rng)


def keep_probability(counts: np.ndarray, subsample: float) -> np.ndarray:
    """The probability that one occurrence of each word is read, (V,) float64, as in word2vec's program and gensim.

    Parameters
    ----------
    counts : numpy.ndarray, (V,)
    subsample : float
        Share of the text above which a word is thinned out; 0 for not at all.
    """
    if subsample == 0:
        return np.ones(len(counts))
    ratio = counts / (subsample * counts.sum())
    return np.minimum((np.sqrt(ratio) + 1) / ratio, 1.0)


def _thinned(text: Numbered, subsample: float, rng: np.random.Generator) -> Numbered:
    kept = rng.random(len(text.ids)) < keep_probability(text.counts, subsample)[text.ids]
    kept |= ~_has_neighbour(text.sentence[kept]).any()  # a text too short to be thinned is taken whole
    return Numbered(text.ids[kept], text.sentence[kept], text.counts)


def _drawn(text: Numbered, window: int, negatives: int, rng: np.random.Generator) -> LossSample:
    possible = np.flatnonzero(_has_neighbour(text.sentence))
    places = np.sort(rng.choice(possible, size=min(PLACES, len(possible)), replace=False))
    reach = rng.integers(1, window + 1, size=len(places))
    offsets = np.concatenate([np.arange(-window, 0), np.arange(1, window + 1)])
    around = places[:, None] + offsets
    inside = np.clip(around, 0, len(text.ids) - 1)
    valid = (around == inside) & (text.sentence[inside] == text.sentence[places][:, None])
    valid &= np.abs(offsets) <= reach[:, None]
    chosen = np.argmax(np.where(valid, rng.random(valid.shape), -1.0), axis=1)
    place, column = np.nonzero(valid)
    return LossSample(
        true=text.ids[places],
        noise=_noise(text.counts, text.ids[places], negatives, rng),
        one=text.ids[inside[np.arange(len(places)), chosen]],
        place=place.astype(np.int32),
        context=text.ids[inside[place, column]],
        words=len(text.counts),
    )


def _noise(counts: np.ndarray, true: np.ndarray, negatives: int, rng: np.random.Generator) -> np.ndarray:
    """Words drawn by chance, never the true one, (P, K) int32."""
    share = counts**NOISE_EXPONENT
    share /= share.sum()
    noise = rng.choice(len(share), size=(len(true), negatives), p=share)
    for _ in range(ROUNDS):
        hit = noise == true[:, None]
        if not hit.any():
            return noise.astype(np.int32)
        noise[hit] = rng.choice(len(share), size=hit.sum(), p=share)
    # A word that is nearly the whole text would be drawn again and again: the rest without it, to the same odds.
    hit = noise == true[:, None]
    for word in np.unique(true[hit.any(axis=1)]):
        rows, others = hit & (true == word)[:, None], share.copy()
        others[word] = 0
        noise[rows] = rng.choice(len(share), size=rows.sum(), p=others / others.sum())
    return noise.astype(np.int32)


def _has_neighbour(sentence: np.ndarray) -> np.ndarray:
    """Whether another word of the same sentence stands beside each, (N,) bool."""
    same = sentence[1:] == sentence[:-1]
    return np.append(same, False) | np.insert(same, 0, False)
