"""Which of two marked letters came first? Made so that a reader blind to order can do no better than toss a coin."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

import torch

from explorer.sequence.tasks.task import HELD_OUT, Baseline, Batch, Task

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment

LETTERS = tuple("abcdefgh")
MARKED = tuple(letter.upper() for letter in LETTERS)
HELD_OUT_SEED = 1991
WATCHED_SEED = 8
WATCHED = 8
MOST_STEPS = 60
FEW = 8
"""Shorter sequences are so few that training would meet those held out: of six letters 1 % within a thousand updates."""


class Order(Task):
    """Small letters at random, among them two different capitals at any two places; the answer is the first of the two.

    Every arrangement is as likely as the one with the two capitals exchanged, so that the letters as a heap, without
    their order, leave exactly two answers open, equally likely. That is all that a network knows which adds or averages its
    embeddings.
    """

    fields: ClassVar[tuple[str, ...]] = ("length",)
    name = "order"
    title = "Which came first?"
    topology = "many-to-one"
    vocabulary = (*LETTERS, *MARKED)
    labels = MARKED
    inputs = len(vocabulary)
    outputs = len(labels)
    answer_sentence = "the loss of the answer after the last letter"
    accepts_text = True
    example_hint = "abCdefGh"
    joiner = ""

    def __init__(self, experiment: SequenceExperiment) -> None:
        self.length = experiment.length
        self.story = (
            f"The network reads {self.length} letters; two of them are capitals. After the last letter it has to say which "
            "capital came first. What it has read is not enough, it must remember in which order: the first capital has to "
            "survive the second."
        )
        self.no_held_out = too_few(self.length, FEW)
        self.baselines = (order_blind(), guessing())
        self.baseline = self.baselines[0]
        self._held_out = with_twins(self.sample(HELD_OUT // 2, torch.Generator().manual_seed(HELD_OUT_SEED)))

    def sample(self, n: int, generator: torch.Generator) -> Batch:
        """`n` new sequences of T letters: inputs (n, T), targets (n,)."""
        inputs = torch.randint(len(LETTERS), (n, self.length), generator=generator)
        places = _two_different(self.length, n, generator).sort(dim=1).values
        capitals = _two_different(len(LETTERS), n, generator)
        inputs.scatter_(1, places, capitals + len(LETTERS))
        return Batch(inputs, capitals[:, 0].contiguous(), torch.full((n,), self.length))

    def held_out(self) -> Batch | None:
        """Sequences from a seed of their own, each also with its capitals exchanged; None where there are too few to keep apart."""
        return None if self.no_held_out else self._held_out

    def scored(self) -> Batch:
        """The same at every length: here the limit holds to the digit."""
        return self._held_out

    def watched(self) -> Batch:
        """Eight sequences of equal length."""
        return self.sample(WATCHED, torch.Generator().manual_seed(WATCHED_SEED))

    def encode(self, text: str) -> Batch:
        """Letters from a to h, two different ones of them as capitals.

        Raises
        ------
        ValueError
            For other signs, more or fewer capitals, or more than 60 letters.
        """
        letters = "".join(text.split())
        refuse_strange_letters(letters, self.vocabulary, MOST_STEPS, self.example_hint)
        capitals = [letter for letter in letters if letter in MARKED]
        if len(capitals) != 2 or len(set(capitals)) != 2:
            raise ValueError(f"Type exactly two different capitals among the small letters: “{self.example_hint}”.")
        inputs = torch.tensor([[self.vocabulary.index(letter) for letter in letters]])
        return Batch(inputs, torch.tensor([self.labels.index(capitals[0])]), torch.tensor([len(letters)]))

    def steps(self, batch: Batch, i: int = 0) -> list[str]:
        """The letters read."""
        return [self.vocabulary[number] for number in batch.inputs[i, : int(batch.lengths[i])].tolist()]


def with_twins(batch: Batch) -> Batch:
    """The sequences, and after them the same with the two capitals exchanged, so that the other one is right."""
    capital = batch.inputs >= len(LETTERS)
    # Each row has two capitals: what was the first of the pair becomes the second.
    exchanged = batch.inputs[capital].reshape(-1, 2).flip(1)
    inputs = batch.inputs.masked_scatter(capital, exchanged)
    twins = Batch(inputs, exchanged[:, 0] - len(LETTERS), batch.lengths)
    return Batch(
        *(torch.cat([getattr(one, name) for one in (batch, twins)]) for name in ("inputs", "targets", "lengths"))
    )


def order_blind() -> Baseline:
    """What any reader reaches, at best, that knows which letters there are but not in which order: one of two."""
    share, loss = 1 / 2, math.log(2)
    return Baseline(
        loss, share, "blind to order",
        f"A reader blind to order knows the two capitals, but not which came first: it gets {share:.0%} right at best "
        f"(loss ln 2 = {loss:.2f}), however large it is.",
    )  # fmt: skip


def guessing() -> Baseline:
    """Naming any of the capitals."""
    share, loss = 1 / len(MARKED), math.log(len(MARKED))
    return Baseline(loss, share, "guessing", f"Guessing gets {share:.1%} right (loss {loss:.2f}).")


def too_few(length: int, enough: int) -> str | None:
    """What to say where sequences are too short to hold any out."""
    if length >= enough:
        return None
    return (
        f"There are so few different sequences of {length} letters that training soon meets them all: nothing is held out, and the "
        f"score is that of a fixed set. From {enough} letters on, some are kept from the training."
    )


def refuse_strange_letters(letters: str, known: Sequence[str], most: int, hint: str) -> None:
    """Raise a ValueError, with a remedy, for a text that is empty, too long, or holds other letters than those known."""
    if not letters:
        raise ValueError(f"Type some letters, for example “{hint}”.")
    if len(letters) > most:
        raise ValueError(f"That is {len(letters):,} letters; at most {most} fit. Type a shorter text.")
    strange = next((letter for letter in letters if letter not in known), None)
    if strange is not None:
        raise ValueError(f"The network has never read “{strange}”; it knows the letters {' '.join(known)}.")


def _two_different(choices: int, n: int, generator: torch.Generator) -> torch.Tensor:
    """int64 (n, 2): two different numbers below `choices` in each row, all pairs equally likely."""
    first = torch.randint(choices, (n,), generator=generator)
    second = torch.randint(choices - 1, (n,), generator=generator)
    return torch.stack([first, second + (second >= first)], dim=1)
