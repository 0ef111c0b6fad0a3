"""The interface of all tasks that are answered with a sequence."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

import torch
from torch import Tensor
from torch.nn import functional

from explorer.sequence.tasks.task import IGNORED, Baseline

if TYPE_CHECKING:
    from explorer.sequence.encoder_decoder.experiment import EncoderDecoderExperiment

END = 0
"""Token after the last letter of every answer."""
END_SYMBOL = "<end>"
HELD_OUT = 512
"""Most pairs in the held-out batch."""
WATCHED = 8
"""Pairs whose gradients are averaged."""


@dataclass(frozen=True, eq=False)
class Batch:
    """Pairs of what is read and what is to be answered. Not to be written to: batches are shared.

    Attributes
    ----------
    sources : Tensor
        int64 (n, S) letters padded with 0, int64 (n,) classes, or float32 (n, 8, 8) pictures.
    source_lengths : Tensor
        int64 (n,), real steps of each source; 1 where it is no sequence.
    targets : Tensor
        int64 (n, U) letters, each answer closed by `END` and padded with `IGNORED`; or float32 (n, 8, 8) rows.
    target_lengths : Tensor
        int64 (n,), real steps of each answer, `END` included.
    """

    sources: Tensor
    source_lengths: Tensor
    targets: Tensor
    target_lengths: Tensor

    def __len__(self) -> int:
        return len(self.source_lengths)

    def pick(self, rows: Tensor | slice) -> Batch:
        """The pairs with these numbers, without the padding that none of them needs."""
        read, answered = self.source_lengths[rows], self.target_lengths[rows]
        sources = self.sources[rows]
        if sources.dim() == 2:
            sources = sources[:, : int(read.max())]
        return Batch(sources, read, self.targets[rows][:, : int(answered.max())], answered)


class Task:
    """One thing to answer. Made by `make_task`; immutable, shared by everyone who trains on it.

    Attributes
    ----------
    source_kind : str
        ``"letters"``, ``"class"``, ``"rows"`` or ``"picture"``.
    source_symbols : tuple of str
        Letters or classes that can be read; empty for pictures.
    target_symbols : tuple of str or None
        What can be answered at each step, `END` first; None where the answer is rows of pixels.
    longest : int
        Steps after which an answer is broken off.
    determined : bool
        Whether there is one right answer, so that exact matches can be counted.
    ceiling : float
        Largest share of held-out pairs that any reader can answer exactly.
    """

    fields: ClassVar[tuple[str, ...]] = ()
    """Fields of the experiment that make a difference to the task."""
    name: str
    title: str
    story: str
    source_kind: Literal["letters", "class", "rows", "picture"] = "letters"
    source_symbols: tuple[str, ...] = ()
    target_symbols: tuple[str, ...] | None = None
    longest: int
    determined: bool = True
    baseline: Baseline
    example_hint: str = ""
    source_longest: int = 1

    @classmethod
    def key(cls, experiment: EncoderDecoderExperiment) -> tuple[Hashable, ...]:
        """What two experiments must have in common to share a task."""
        return tuple(getattr(experiment, field) for field in cls.fields)

    @property
    def outputs(self) -> int:
        """Numbers that come out at each step."""
        return 8 if self.target_symbols is None else len(self.target_symbols)

    @property
    def ceiling(self) -> float:
        """Largest share of held-out pairs that any reader can answer exactly; 1 where nothing is ambiguous."""
        return 1.0

    def sample(self, n: int, generator: torch.Generator) -> Batch:
        """`n` training pairs; uses the generator and nothing else at random."""
        raise NotImplementedError

    def held_out(self) -> Batch:
        """At most 512 pairs that training never sees, always the same."""
        raise NotImplementedError

    def watched(self) -> Batch:
        """What the page draws before the visitor types something; pair 0 is the one drawn."""
        return self.held_out().pick(slice(0, WATCHED))

    def encode(self, text: str) -> Batch:
        """The visitor's own example, as a batch of one without an answer (targets (1, 0)).

        Raises
        ------
        ValueError
            When it cannot be read; the text names the remedy.
        """
        raise NotImplementedError

    def source_steps(self, batch: Batch, i: int = 0) -> list[str]:
        """What is read at each step of pair `i`, as its label."""
        raise NotImplementedError

    def target_steps(self, batch: Batch, i: int = 0) -> list[str]:
        """What is right at each step of the answer of pair `i`, as its label; the last is ``<end>`` for letters."""
        tokens = batch.targets[i, : int(batch.target_lengths[i])].tolist()
        return [self.target_symbols[token] for token in tokens]

    def write(self, tokens: Sequence[int]) -> str:
        """An answer as text: the letters before the first `END`."""
        letters = []
        for token in tokens:
            if token == END:
                break
            letters.append(self.target_symbols[int(token)])
        return "".join(letters)

    def loss(self, outputs: Tensor, batch: Batch) -> Tensor:
        """Sum (not mean) over all steps of the cross-entropy in nats; see `scored` for how many those are.

        Parameters
        ----------
        outputs : Tensor
            (n, U, O) logits, any float type.
        """
        return functional.cross_entropy(
            outputs.flatten(0, 1), batch.targets.flatten(), ignore_index=IGNORED, reduction="sum"
        )

    def scored(self, batch: Batch) -> int:
        """How many numbers the loss of a batch is the sum over."""
        return int(batch.target_lengths.sum())

    def said(self, outputs: Tensor) -> Tensor:
        """What the network answers at each step: the likeliest symbols (n, U), or the expected rows (n, U, 8)."""
        return outputs.argmax(-1)

    def right(self, outputs: Tensor, batch: Batch) -> int:
        """How many steps of the answers are right, each given the right ones before."""
        return int((outputs.argmax(-1) == batch.targets).sum())


def unanswered(sources: Tensor) -> Batch:
    """A batch without answers; `sources` as in `Batch`."""
    n, steps = len(sources), 1 if sources.dim() == 1 else sources.shape[1]
    nothing = torch.zeros(n, 0, dtype=torch.int64)
    return Batch(sources, torch.full((n,), steps), nothing, torch.zeros(n, dtype=torch.int64))
