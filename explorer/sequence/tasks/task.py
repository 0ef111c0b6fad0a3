"""The interface of all tasks, and what most of them share: choosing one class out of several."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment

IGNORED = -100
"""Target of a step that is not scored."""
HELD_OUT = 128
"""Most sequences in the held-out batch."""


@dataclass(frozen=True, eq=False)
class Batch:
    """Sequences to read and what is right about them. Not to be written to: batches are shared.

    Attributes
    ----------
    inputs : Tensor
        int64 (n, T) of tokens or float32 (n, T, C) of numbers, padded with 0 on the right.
    targets : Tensor
        int64 (n, T), int64 (n,), float32 (n, T) or float32 (n,), by task; `IGNORED` where nothing is scored.
    lengths : Tensor
        int64 (n,), number of real steps of each sequence.
    """

    inputs: Tensor
    targets: Tensor
    lengths: Tensor

    def __len__(self) -> int:
        return len(self.lengths)

    def pick(self, rows: Tensor) -> Batch:
        """The sequences with these numbers, without the padding that none of them needs."""
        lengths = self.lengths[rows]
        longest = int(lengths.max())
        targets = self.targets[rows]
        return Batch(self.inputs[rows, :longest], targets[:, :longest] if targets.dim() > 1 else targets, lengths)


@dataclass(frozen=True)
class Baseline:
    """What comes out without memory.

    Attributes
    ----------
    loss, score : float
        In the units of the task's loss and of its score.
    name : str
        Which guess this is, in a few words: the label of a line, or within "...; <name> gives 1.2".
    sentence : str
        Which guess this is and what it gives, for the page.
    """

    loss: float
    score: float
    name: str
    sentence: str


class Task:
    """One thing to learn. Made by `make_task`; immutable, shared by everyone who trains on it.

    Attributes
    ----------
    topology : str
        ``"many-to-one"`` (outputs (n, O)) or ``"many-to-many"`` (outputs (n, T, O)).
    vocabulary : tuple of str or None
        Input tokens; None when the inputs are numbers.
    labels : tuple of str or None
        Output classes; None for regression.
    inputs, outputs : int
        Vocabulary size or number of channels; number of classes or of regressed numbers.
    """

    fields: ClassVar[tuple[str, ...]] = ()
    """Fields of the experiment that make a difference to the task."""
    name: str
    title: str
    story: str
    topology: Literal["many-to-one", "many-to-many"] = "many-to-many"
    vocabulary: tuple[str, ...] | None = None
    labels: tuple[str, ...] | None = None
    inputs: int
    outputs: int
    metric: str = "accuracy"
    better: Literal["higher", "lower"] = "higher"
    baseline: Baseline
    baselines: tuple[Baseline, ...] = ()
    """All guesses worth a line, where there are more than one; that of `baseline` is among them."""
    sampled: bool = False
    """Whether the score is a share of few independent answers, so that chance has a part in it worth telling."""
    answer_sentence: str = "the loss of the answer"
    no_held_out: str | None = None
    accepts_text: bool = False
    example_hint: str = ""
    samples_text: bool = False
    joiner: str = " "

    @classmethod
    def key(cls, experiment: SequenceExperiment) -> tuple[Hashable, ...]:
        """What two experiments must have in common to share a task."""
        return tuple(getattr(experiment, field) for field in cls.fields)

    @classmethod
    def weight(cls, experiment: SequenceExperiment) -> float:
        """Bytes that a kept task holds on to, as far as visitors decide how many."""
        return 0.0

    def sample(self, n: int, generator: torch.Generator) -> Batch:
        """`n` training sequences; uses the generator and nothing else at random."""
        raise NotImplementedError

    def held_out(self) -> Batch | None:
        """At most 128 sequences that training never sees, always the same; None when there are none."""
        return None

    def scored(self) -> Batch:
        """What the score is measured on: the held-out batch, or a fixed one where nothing is held out."""
        held_out = self.held_out()
        return held_out if held_out is not None else self.sample(HELD_OUT, torch.Generator().manual_seed(0))

    def watched(self) -> Batch:
        """What the page draws before the visitor types something; sample 0 is the one drawn."""
        raise NotImplementedError

    def encode(self, text: str) -> Batch:
        """The visitor's own example, as a batch of one.

        Raises
        ------
        ValueError
            When the task takes no text, or not this one; the text names the remedy.
        """
        raise ValueError(f"The task “{self.title}” takes no typed example; it draws one from its own data.")

    def steps(self, batch: Batch, i: int = 0) -> list[str]:
        """What is read at each time step of sample `i`, as its label."""
        raise NotImplementedError

    def loss(self, outputs: Tensor, batch: Batch) -> Tensor:
        """Mean loss over everything that is scored: cross-entropy in nats.

        Parameters
        ----------
        outputs : Tensor
            (n, T, O) or (n, O) by topology, any float type; logits.
        """
        return cross_entropy(outputs, batch.targets)

    def answer_loss(self, outputs: Tensor, batch: Batch) -> Tensor:
        """Mean loss of the one step for which memory is needed; see `answer_sentence`."""
        if self.topology == "many-to-one":
            return self.loss(outputs, batch)
        rows = torch.arange(len(batch))
        step = self.answer_step(batch)
        return cross_entropy(outputs[rows, step], batch.targets[rows, step])

    def answer_step(self, batch: Batch) -> Tensor:
        """int64 (n,): the last scored step of each sequence, or its last step when nothing is scored."""
        scored = batch.targets != IGNORED
        return last_true(scored, otherwise=batch.lengths - 1)

    def score(self, outputs: Tensor, batch: Batch) -> float:
        """The task's metric (`metric`, `better`): here the share of scored answers that are right."""
        scored = batch.targets != IGNORED
        right = outputs.argmax(-1) == batch.targets
        return right[scored].double().mean().item()

    def pooled_score(self, parts: Sequence[tuple[float, Batch]]) -> float:
        """The score of a whole batch, from the scores of its parts and the parts themselves."""
        weights = [self._answers(batch) for _, batch in parts]
        return sum(weight * score for weight, (score, _) in zip(weights, parts, strict=True)) / sum(weights)

    def _answers(self, batch: Batch) -> int:
        """How many answers the score of a batch is the mean of."""
        return int((batch.targets != IGNORED).sum())

    def in_units(self, values: np.ndarray) -> np.ndarray:
        """Predicted or read numbers as a person would write them; here they are so already."""
        return values

    def expected(self, batch: Batch, i: int = 0) -> list[str]:
        """What is right at each step of sample `i`; an empty string where nothing is scored."""
        length = int(batch.lengths[i])
        if self.topology == "many-to-one":
            return [""] * (length - 1) + [self._label(int(batch.targets[i]))]
        return [self._label(int(target)) for target in batch.targets[i, :length]]

    def _label(self, target: int) -> str:
        return "" if target == IGNORED or self.labels is None else self.labels[target]


def cross_entropy(outputs: Tensor, targets: Tensor) -> Tensor:
    """Mean cross-entropy over the scored targets, in nats; 0 (with a gradient of 0) when none is scored."""
    if not bool((targets != IGNORED).any()):
        return outputs.sum() * 0
    return functional.cross_entropy(outputs.flatten(0, -2), targets.flatten(), ignore_index=IGNORED)


def last_true(flags: Tensor, otherwise: Tensor) -> Tensor:
    """int64 (n,): index of the last true entry of each row of a (n, T) tensor."""
    positions = torch.arange(1, flags.shape[1] + 1)
    last = (flags * positions).amax(dim=1) - 1
    return torch.where(last < 0, otherwise, last)
