"""Which class is this sequence? What handwritten digits and speakers share: fixed examples, one label each."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from explorer.sequence.tasks.task import HELD_OUT, Baseline, Batch, Task

WATCHED = 8


class Recognition(Task):
    """Examples read from data: a training part to draw from and a held-out part that is never drawn.

    Parameters
    ----------
    training, held_out : list of (Tensor, int)
        Sequences, float32 (T, C), with the number of their class.
    noun : str
        Written before a class in the sentence on the baseline.
    """

    topology = "many-to-one"
    answer_sentence = "the loss of the answer after the last step"

    def _read(self, training: list[tuple[Tensor, int]], held_out: list[tuple[Tensor, int]], noun: str) -> None:
        self.training = collate(training)
        self.inputs = self.training.inputs.shape[-1]
        self.outputs = len(self.labels)
        self._held_out = collate(spread(held_out, HELD_OUT))
        self.baseline = self._baseline(noun)

    def sample(self, n: int, generator: torch.Generator) -> Batch:
        """`n` training examples, each equally likely."""
        drawn = torch.randint(len(self.training), (n,), generator=generator)
        return self.training.pick(drawn)

    def held_out(self) -> Batch:
        """Examples that training never draws, evenly spaced through the held-out part."""
        return self._held_out

    def watched(self) -> Batch:
        """The first held-out example, and others of the same length, up to eight."""
        same = self._held_out.lengths == self._held_out.lengths[0]
        return self._held_out.pick(same.nonzero().flatten()[:WATCHED])

    def _baseline(self, noun: str) -> Baseline:
        """Always the most frequent class of the held-out batch; the loss is the entropy of its frequencies."""
        counts = torch.bincount(self._held_out.targets, minlength=self.outputs)
        shares = (counts / counts.sum()).double()
        loss = -sum(share * math.log(share) for share in shares.tolist() if share)
        best = int(shares.argmax())
        share = shares[best].item()
        alone = int((counts == counts.max()).sum()) == 1
        guess = f"{noun}{self.labels[best]}, the most frequent," if alone else f"{noun}{self.labels[best]}, or any as frequent,"
        percent = f"{100 * share:.1f}".removesuffix(".0")
        sentence = f"Always guessing {guess} gets {percent}% right (loss {loss:.2f})."
        return Baseline(loss, share, "guessing by frequency", sentence)


def collate(examples: list[tuple[Tensor, int]]) -> Batch:
    """A batch of examples of different lengths, padded with 0 on the right."""
    sequences = [sequence for sequence, _ in examples]
    targets = torch.tensor([label for _, label in examples])
    return Batch(pad_sequence(sequences, batch_first=True), targets, torch.tensor([len(s) for s in sequences]))


def spread(examples: list, most: int) -> list:
    """At most `most` of the examples, evenly spaced."""
    count = min(most, len(examples))
    return [examples[i * len(examples) // count] for i in range(count)]
