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
    from explorer.applications.entities.reading import Batch

AT_ONCE = 2000
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
    """How much each word speaks for the tag that is said at one place: gradient times input (Simonyan et al. 2013).

    The gradient of that tag's log-odds by everything that stands for a word, times what stands for it, added up: by how many
    nats for each unit the log-odds would change if that word were turned up. (Not of the log-probability: where a tagger is
    sure, that no longer changes.)

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
    with torch.enable_grad():
        inputs.requires_grad_()
        gradient = torch.autograd.grad(log_odds(tagger, inputs, batch, place, tag), inputs)[0]
    return (gradient * inputs.detach())[0].sum(-1).numpy()


def log_odds(tagger: Tagger, inputs: Tensor, batch: Batch, place: int, tag: int) -> Tensor:
    """log(p / (1 - p)) of one tag at one word of the first sentence, whatever the tags of the others."""
    scores = tagger.scores(inputs, batch.lengths)
    others = torch.arange(scores.shape[2]) != tag
    if tagger.transitions is None:
        return scores[0, place, tag] - scores[0, place, others].logsumexp(-1)
    with_it, without = (scores + _barred(scores, place, mask) for mask in (others, ~others))
    rows = (chain.log_partition(one, tagger.transitions, batch.lengths)[0] for one in (with_it, without))
    return next(rows) - next(rows)


def _barred(scores: Tensor, place: int, mask: Tensor) -> Tensor:
    barred = torch.zeros_like(scores)
    barred[:, place] = torch.where(mask, NEVER, 0.0)
    return barred
