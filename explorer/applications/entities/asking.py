"""A tagger asked about a text of one's own: what it says of each word, how sure it is, and which words made it say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from explorer.applications.entities import chain
from explorer.applications.entities.tags import Entity, Tagged, entities
from explorer.applications.entities.trainer import parts
from explorer.applications.entities.words import sentences_of

if TYPE_CHECKING:
    from explorer.applications.entities.model import Tagger

AT_ONCE = 2000
POINTS = 48
"""On the way from nothing to the sentence, at which gradients are taken."""
NEVER = -1e4
"""A score that leaves a tag no chance, and the sums finite."""


@dataclass(frozen=True, eq=False)
class Answer:
    """What a tagger says of one sentence.

    Attributes
    ----------
    words, tags : tuple of str
    sure : numpy.ndarray, float32 (T,)
        Probability of each tag that is said.
    chances : numpy.ndarray, float32 (kinds + 1, T)
        Probability that a word belongs to a name of each kind, beginning or not; last, to none.
    """

    words: tuple[str, ...]
    tags: tuple[str, ...]
    sure: np.ndarray
    chances: np.ndarray

    @property
    def tagged(self) -> Tagged:
        """Words and tags alone."""
        return Tagged(self.words, self.tags)

    @property
    def entities(self) -> list[Entity]:
        """The names that are found."""
        return entities(self.tags)


def read_text(tagger: Tagger, text: str) -> list[Answer]:
    """The sentences of a text, tagged. At most 20,000 characters are read; an empty text has no sentences."""
    return answers(tagger, list(sentences_of(text)))


@torch.no_grad()
def answers(tagger: Tagger, sentences: list[tuple[str, ...]]) -> list[Answer]:
    """What a tagger says of sentences of words, in the same order; none may be empty."""
    found: dict[int, Answer] = {}
    lengths = np.array([len(words) for words in sentences], dtype=int)
    for part in parts(np.arange(len(sentences)), lengths, AT_ONCE) if sentences else []:
        batch = tagger.reader.batch([sentences[i] for i in part])
        scores = tagger(batch)
        said, chances = tagger.decide(scores, batch.lengths), tagger.probabilities(scores, batch.lengths)
        for row, i in enumerate(part):
            found[int(i)] = _answer(tagger, sentences[i], said[row], chances[row])
    return [found[i] for i in range(len(sentences))]


def _answer(tagger: Tagger, words: tuple[str, ...], said: Tensor, chances: Tensor) -> Answer:
    said, chances = said[: len(words)], chances[: len(words)]
    sure = chances.gather(1, said[:, None])[:, 0]
    kinds = torch.cat([chances[:, 1:].unflatten(1, (-1, 2)).sum(2), chances[:, :1]], dim=1)
    names = tagger.reader.material.tags
    return Answer(words, tuple(names[number] for number in said.tolist()), sure.numpy(), kinds.T.contiguous().numpy())


def influence(tagger: Tagger, words: tuple[str, ...], place: int) -> np.ndarray:
    """How much each word speaks for the tag that is said at one place: integrated gradients (Sundararajan, Taly and Yan 2017).

    What stands for the words is faded in, all together, from nothing; on the way, the gradient of that tag's log-odds says how
    much each word adds. So the parts add up to the log-odds at the end minus those at the beginning, in nats.

    Parameters
    ----------
    place : int
        Counted from 0.

    Returns
    -------
    numpy.ndarray
        float32 (T,), signed: above 0 the word speaks for the tag, below 0 against it.
    """
    batch = tagger.reader.batch([words])
    with torch.no_grad():
        inputs = tagger.inputs(batch)
        tag = int(tagger.decide(tagger.scores(inputs, batch.lengths), batch.lengths)[0, place])
    shares = (torch.arange(POINTS, dtype=torch.float32) + 0.5) / POINTS
    with torch.enable_grad():
        faded = (shares[:, None, None] * inputs).requires_grad_()
        gradient = torch.autograd.grad(log_odds(tagger, faded, place, tag).sum(), faded)[0]
    return (gradient.mean(0) * inputs[0]).sum(-1).numpy()


def log_odds(tagger: Tagger, inputs: Tensor, place: int, tag: int) -> Tensor:
    """log(p / (1 - p)) of one tag at one word, (n,), whatever the tags of the others, from what stands for the words (n, T, width).

    The probability itself would not do: where a tagger is sure, it no longer changes.
    """
    lengths = torch.full((len(inputs),), inputs.shape[1])
    scores = tagger.scores(inputs, lengths)
    others = torch.arange(scores.shape[2]) != tag
    if tagger.transitions is None:
        return scores[:, place, tag] - scores[:, place, others].logsumexp(-1)
    with_it, without = (chain.log_partition(scores + _barred(scores, place, mask), tagger.transitions, lengths) for mask in (others, ~others))
    return with_it - without


def _barred(scores: Tensor, place: int, mask: Tensor) -> Tensor:
    barred = torch.zeros_like(scores)
    barred[:, place] = torch.where(mask, NEVER, 0.0)
    return barred
