"""The adding problem of Hochreiter and Schmidhuber (1997): two numbers to add, far apart in noise."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import torch

from explorer.sequence.tasks.regression import Regression
from explorer.sequence.tasks.task import HELD_OUT, Baseline, Batch

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment

HELD_OUT_SEED = 1997
WATCHED_SEED = 8
WATCHED = 8
MARK = " ●"


class Adding(Regression):
    """Each step shows a number from 0 to 1 and whether it is marked; at the end say the sum of the two marked.

    Our variant: numbers uniform on [0, 1), exactly T steps, the first mark anywhere in the first half and the second
    anywhere in the second half (for odd T the second half is the longer one), the target not scaled. The original
    has numbers on [-1, 1], the first mark among the first ten steps, the second in the rest of the first half,
    lengths from T to 1.1 T, and scales the sum to 0..1.

    References
    ----------
    Hochreiter and Schmidhuber 1997, Long short-term memory, section 5.4.
    """

    fields: ClassVar[tuple[str, ...]] = ("length",)
    name = "adding"
    title = "Adding problem"
    topology = "many-to-one"
    inputs = 2
    metric = "mean squared error"
    answer_sentence = "the loss of the answer after the last step"

    def __init__(self, experiment: SequenceExperiment) -> None:
        self.length = experiment.length
        self.story = (
            f"The network reads {self.length} numbers; two of them are marked, one in each half. After the last number it "
            "has to say the sum of the two, so it must carry the first marked number, undisturbed, to the end."
        )
        # The sum of two independent uniform numbers has mean 1 and variance 2/12.
        error = 1 / 6
        self.baseline = Baseline(
            error, error, "always answering 1", f"Always answering 1 gives a mean squared error of {error:.3f}."
        )
        self._held_out = self.sample(HELD_OUT, torch.Generator().manual_seed(HELD_OUT_SEED))

    def sample(self, n: int, generator: torch.Generator) -> Batch:
        """`n` new sequences: inputs (n, T, 2) with number and mark, targets (n,)."""
        half = self.length // 2
        numbers = torch.rand(n, self.length, generator=generator)
        first = torch.randint(half, (n,), generator=generator)
        second = torch.randint(half, self.length, (n,), generator=generator)
        marks = torch.zeros(n, self.length)
        rows = torch.arange(n)
        marks[rows, first] = 1
        marks[rows, second] = 1
        targets = numbers[rows, first] + numbers[rows, second]
        return Batch(torch.stack([numbers, marks], dim=-1), targets, torch.full((n,), self.length))

    def held_out(self) -> Batch:
        """Sequences from a seed of their own."""
        return self._held_out

    def watched(self) -> Batch:
        """Eight sequences of equal length."""
        return self.sample(WATCHED, torch.Generator().manual_seed(WATCHED_SEED))

    def steps(self, batch: Batch, i: int = 0) -> list[str]:
        """The numbers; a dot behind the marked ones."""
        pairs = batch.inputs[i, : int(batch.lengths[i])].tolist()
        return [f"{number:.2f}{MARK if mark else ''}" for number, mark in pairs]
