"""Two readers of the small world: a GRU that reads word after word, and attention that looks at whole sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor, nn

from explorer.applications.answering.world import LONGEST, World

if TYPE_CHECKING:
    from explorer.applications.answering.world_experiment import WorldExperiment

MOST_FACTS = 30
"""Sentences that a story may have."""
SPREAD = 0.1
"""Standard deviation of the first weights."""


class Said(NamedTuple):
    """What a reader answers.

    Attributes
    ----------
    scores : Tensor
        (N, places): logits.
    attention : Tensor or None
        (N, looks, T): how much of each look goes to each sentence.
    """

    scores: Tensor
    attention: Tensor | None


class GruReader(nn.Module):
    """Reads the story and then the question, word by word; the last state gives the answer."""

    def __init__(self, world: World, width: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(len(world.vocabulary), width, padding_idx=0)
        self.cell = nn.GRU(width, width, batch_first=True)
        self.readout = nn.Linear(width, len(world.places))

    def forward(self, facts: Tensor, question: Tensor, embedded: Tensor | None = None) -> Said:
        """Answer N stories: facts (N, T, W), question (N, W), both numbers of words.

        `embedded` (N, T, W, d) takes the place of the facts' embeddings, so that their gradient can be asked for.
        """
        own = self.embedding(facts) if embedded is None else embedded
        words = torch.cat([own.flatten(1, 2), self.embedding(question)], dim=1)
        is_word = torch.cat([facts.flatten(1), question], dim=1) > 0
        # Words first, in order, padding behind: the state after the last word answers.
        order = torch.argsort(~is_word, dim=1, stable=True)
        states, _ = self.cell(words.gather(1, order[:, :, None].expand_as(words)))
        last = is_word.sum(dim=1) - 1
        return Said(self.readout(states[torch.arange(len(last)), last]), None)

    def embed(self, facts: Tensor) -> Tensor:
        """Embeddings of the words of the facts, (N, T, W, d)."""
        return self.embedding(facts)


class AttentionReader(nn.Module):
    """A memory network: each look compares what is sought with every sentence, and adds what it finds there.

    A sentence is the sum of its words' vectors, each weighted by its place (``l_kj`` of Sukhbaatar et al. 2015, section 4.1),
    and of a vector for how long ago it was. Each look has vectors of its own.
    """

    def __init__(self, world: World, width: int, looks: int) -> None:
        super().__init__()
        words = len(world.vocabulary)
        self.question = nn.Embedding(words, width, padding_idx=0)
        self.keys = nn.ModuleList(nn.Embedding(words, width, padding_idx=0) for _ in range(looks))
        self.contents = nn.ModuleList(nn.Embedding(words, width, padding_idx=0) for _ in range(looks))
        self.key_ages = nn.ParameterList(torch.empty(MOST_FACTS, width) for _ in range(looks))
        self.content_ages = nn.ParameterList(torch.empty(MOST_FACTS, width) for _ in range(looks))
        self.turns = nn.ModuleList(nn.Linear(2 * width, width) for _ in range(looks))
        self.readout = nn.Linear(width, len(world.places))
        place = (torch.arange(LONGEST) + 1.0)[:, None] / LONGEST
        part = (torch.arange(width) + 1.0)[None, :] / width
        self.register_buffer("order", (1 - place) - part * (1 - 2 * place), persistent=False)

    def forward(self, facts: Tensor, question: Tensor, embedded: Tensor | None = None) -> Said:
        """Answer; parameters as in `GruReader.forward`. `embedded` takes the place of what the last look can find."""
        sought = (self.question(question) * self.order).sum(dim=1)
        ages = torch.arange(facts.shape[1] - 1, -1, -1)
        missing = (facts == 0).all(dim=2)
        looks = []
        for hop in range(len(self.keys)):
            own = self.contents[hop](facts) if embedded is None or hop < len(self.keys) - 1 else embedded
            keys = (self.keys[hop](facts) * self.order).sum(dim=2) + self.key_ages[hop][ages]
            contents = (own * self.order).sum(dim=2) + self.content_ages[hop][ages]
            fit = (keys @ sought[:, :, None]).squeeze(2)
            looks.append(fit.masked_fill(missing, -torch.inf).softmax(dim=1))
            found = (looks[-1][:, :, None] * contents).sum(dim=1)
            sought = torch.tanh(self.turns[hop](torch.cat([sought, found], dim=1))) + found
        return Said(self.readout(sought), torch.stack(looks, dim=1))

    def embed(self, facts: Tensor) -> Tensor:
        """Embeddings of the words of the facts as the last look finds them, (N, T, W, d)."""
        return self.contents[-1](facts)


Reader = GruReader | AttentionReader


def build_reader(experiment: WorldExperiment) -> Reader:
    """The untrained reader of an experiment; its weights come from a generator of its own."""
    world = world_of(experiment)
    with torch.random.fork_rng(devices=[]):  # building draws weights that are replaced below
        if experiment.reader == "gru":
            made: Reader = GruReader(world, experiment.width)
        else:
            made = AttentionReader(world, experiment.width, experiment.hops)
    generator = torch.Generator().manual_seed(experiment.seed)
    with torch.no_grad():
        for name, weight in made.named_parameters():
            if name.endswith("bias"):
                weight.zero_()
            elif weight.dim() == 2 and ("weight_" in name or "turns" in name or "readout" in name):
                bound = weight.shape[1] ** -0.5
                weight.uniform_(-bound, bound, generator=generator)
            else:
                weight.normal_(0.0, 1.0 if experiment.reader == "gru" else SPREAD * 3, generator=generator)
                if "keys" in name or "contents" in name or "question" in name or "embedding" in name:
                    weight[0].zero_()
    return made


def load_reader(experiment: WorldExperiment, weights: bytes) -> Reader:
    """The reader of a moment of its training; raises ValueError for weights of another."""
    from explorer.sequence.weights import fill

    made = build_reader(experiment)
    fill(made, weights)
    return made


def world_of(experiment: WorldExperiment) -> World:
    """The world of an experiment."""
    return World(experiment.people, experiment.places, experiment.things)
