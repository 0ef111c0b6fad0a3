"""Copy memory: read ten symbols, wait, and say them again in the same order."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar

import torch

from explorer.sequence.tasks.task import HELD_OUT, IGNORED, Baseline, Batch, Task

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment

LETTERS = tuple("ABCDEFGH")
BLANK, GO = "·", "?"
TO_RECALL = 10
HELD_OUT_SEED = 2016
WATCHED_SEED = 8
WATCHED = 8


class Recall(Task):
    """Ten letters out of eight, T - 1 blanks, a go signal, ten blanks during which the letters are to be said.

    T + 20 steps in all. Only the last ten are scored; in the literature the blanks in between are scored as well, so
    that the memoryless loss there is 10 ln 8 / (T + 20) instead of ln 8.

    References
    ----------
    Hochreiter and Schmidhuber 1997; in this form Arjovsky, Shah and Bengio 2016, section 4.1.
    """

    fields: ClassVar[tuple[str, ...]] = ("length",)
    name = "recall"
    title = "Copy memory"
    # The blank has number 0, which is also what pads.
    vocabulary = (BLANK, *LETTERS, GO)
    labels = LETTERS
    inputs = len(vocabulary)
    outputs = len(LETTERS)
    answer_sentence = "the loss at the last recalled letter"

    def __init__(self, experiment: SequenceExperiment) -> None:
        self.length = experiment.length
        self.story = (
            f"The network reads {TO_RECALL} letters, then nothing for {self.length - 1} steps, then “{GO}”: now it has to "
            f"say the {TO_RECALL} letters in order. Nothing it reads by then helps; only memory does."
        )
        self.baseline = self._baseline()
        self._held_out = self.sample(HELD_OUT, torch.Generator().manual_seed(HELD_OUT_SEED))

    def sample(self, n: int, generator: torch.Generator) -> Batch:
        """`n` new sequences of T + 20 steps."""
        letters = torch.randint(len(LETTERS), (n, TO_RECALL), generator=generator)
        steps = self.length + 2 * TO_RECALL
        inputs = torch.zeros(n, steps, dtype=torch.int64)
        inputs[:, :TO_RECALL] = letters + 1
        inputs[:, -TO_RECALL - 1] = self.vocabulary.index(GO)
        targets = torch.full((n, steps), IGNORED)
        targets[:, -TO_RECALL:] = letters
        return Batch(inputs, targets, torch.full((n,), steps))

    def held_out(self) -> Batch:
        """Sequences from a seed of their own."""
        return self._held_out

    def watched(self) -> Batch:
        """Eight sequences of equal length."""
        return self.sample(WATCHED, torch.Generator().manual_seed(WATCHED_SEED))

    def steps(self, batch: Batch, i: int = 0) -> list[str]:
        """Letters, blanks and the go signal."""
        return [self.vocabulary[number] for number in batch.inputs[i, : int(batch.lengths[i])].tolist()]

    def _baseline(self) -> Baseline:
        loss = math.log(len(LETTERS))
        everywhere = TO_RECALL * loss / (self.length + 2 * TO_RECALL)
        sentence = (
            f"Without memory every letter is a guess: {1 / len(LETTERS):.1%} right, loss ln {len(LETTERS)} = {loss:.2f} "
            f"(counted over all {self.length + 2 * TO_RECALL} steps, as in the literature: {everywhere:.3f})."
        )
        return Baseline(loss, 1 / len(LETTERS), "guessing", sentence)
