"""Two letters ahead: at every step say a letter that has not been read yet. Only a reader from the right can know."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import torch

from explorer.sequence.tasks.order import refuse_strange_letters, too_few
from explorer.sequence.tasks.task import HELD_OUT, IGNORED, Baseline, Batch, Task

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment

LETTERS = tuple("abcdefgh")
AHEAD = 2
ONWARD = 0.7
"""How often the next letter of the alphabet follows; else any letter does, that one included."""
HELD_OUT_SEED = 1997
WATCHED_SEED = 8
WATCHED = 8
MOST_STEPS = 60
FEW = 24
"""Shorter sequences repeat themselves: most letters go on in the alphabet."""


class Future(Task):
    """Letters that mostly go on in the alphabet (after h comes a); at each step say the letter two steps ahead.

    A Markov chain, so that for a reader from the left the letter just read says all there is to know about what lies ahead:
    its best possible score is computed exactly from the chain. The last two steps have nothing ahead and are not scored.

    References
    ----------
    Schuster and Paliwal 1997, Bidirectional recurrent neural networks: why one would read from both ends.
    """

    fields: ClassVar[tuple[str, ...]] = ("length",)
    name = "future"
    title = "Two letters ahead"
    vocabulary = labels = LETTERS
    inputs = outputs = len(LETTERS)
    answer_sentence = "the loss at the last step that has a letter two ahead"
    accepts_text = True
    example_hint = "abcdefab"
    joiner = ""

    def __init__(self, experiment: SequenceExperiment) -> None:
        self.length = max(experiment.length, AHEAD + 1)
        self.story = (
            f"The network reads letters, most of which go on in the alphabet, and says at each step which letter comes "
            f"{AHEAD} steps later. From left to right that can only be guessed; a second network that reads from the right "
            f"has just seen it, and must remember it for {AHEAD} steps."
        )
        self.no_held_out = too_few(self.length, FEW)
        self.baselines = (one_way(), guessing())
        self.baseline = self.baselines[0]
        self._held_out = self.sample(HELD_OUT, torch.Generator().manual_seed(HELD_OUT_SEED))

    def sample(self, n: int, generator: torch.Generator) -> Batch:
        """`n` new sequences of T letters: inputs and targets (n, T)."""
        # A uniform step away from any letter is a uniform letter, so that the chain is a sum of independent steps.
        steps = torch.randint(len(LETTERS), (n, self.length), generator=generator)
        onward = torch.rand(n, self.length, generator=generator) < ONWARD
        onward[:, 0] = False
        return _ahead(torch.where(onward, 1, steps).cumsum(dim=1) % len(LETTERS))

    def held_out(self) -> Batch | None:
        """Sequences from a seed of their own; None where there are too few to keep apart."""
        return None if self.no_held_out else self._held_out

    def scored(self) -> Batch:
        """The same at every length."""
        return self._held_out

    def watched(self) -> Batch:
        """Eight sequences of equal length."""
        return self.sample(WATCHED, torch.Generator().manual_seed(WATCHED_SEED))

    def encode(self, text: str) -> Batch:
        """Letters from a to h.

        Raises
        ------
        ValueError
            For other signs, no letters, or more than 60.
        """
        letters = "".join(text.lower().split())
        refuse_strange_letters(letters, LETTERS, MOST_STEPS, self.example_hint)
        return _ahead(torch.tensor([[LETTERS.index(letter) for letter in letters]]))

    def steps(self, batch: Batch, i: int = 0) -> list[str]:
        """The letters read."""
        return [LETTERS[number] for number in batch.inputs[i, : int(batch.lengths[i])].tolist()]


def transitions() -> np.ndarray:
    """Probability of the next letter (column) after each (row), float64 (8, 8)."""
    onward = np.roll(np.eye(len(LETTERS)), 1, axis=1)
    return ONWARD * onward + (1 - ONWARD) / len(LETTERS)


def one_way() -> Baseline:
    """The best that is possible from the left, from the chain itself: the likeliest letter, and the entropy, two steps on."""
    ahead = np.linalg.matrix_power(transitions(), AHEAD)[0]  # the same from every letter, but for where it begins
    share, loss = float(ahead.max()), float(-(ahead * np.log(ahead)).sum())
    return Baseline(
        loss, share, "reading one way",
        f"Reading from the left, {share:.1%} right is the most that is possible on average (loss {loss:.2f}), however much is "
        f"remembered; guessing gets {1 / len(LETTERS):.1%}.",
    )  # fmt: skip


def guessing() -> Baseline:
    """Naming any letter."""
    share, loss = 1 / len(LETTERS), math.log(len(LETTERS))
    return Baseline(loss, share, "guessing", f"Guessing gets {share:.1%} right (loss {loss:.2f}).")


def _ahead(letters: torch.Tensor) -> Batch:
    n, steps = letters.shape
    targets = torch.full_like(letters, IGNORED)
    targets[:, :-AHEAD] = letters[:, AHEAD:]
    return Batch(letters, targets, torch.full((n,), steps))
