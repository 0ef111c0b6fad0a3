"""Which class is this text? What names, articles and reviews share: tokens in, one label out."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from explorer.sequence.tasks.recognition import WATCHED, Recognition
from explorer.sequence.tasks.task import IGNORED, Batch
from explorer.text.tokens import Vocabulary

SHORT, LONG = 7, 16
"""Tokens of a text that is good to watch."""
Labelled = Sequence[tuple[Sequence[str], int]]
"""Tokens of each text, and the number of its class."""


class Texts(Recognition):
    """Recognition of sequences of tokens; a text that the visitor types has no right answer unless it is known."""

    known: Vocabulary
    unit: str
    """What one token is called, in the plural."""
    accepts_text = True
    sampled = True
    most_tokens = 60

    def _learn(self, known: Vocabulary, training: Labelled, held_out: Labelled, noun: str = "") -> None:
        """Take the examples over; number 0, which pads, stands for unknown tokens."""
        self.known, self.vocabulary = known, known.tokens
        numbered = [[(self._numbers(tokens), label) for tokens, label in part] for part in (training, held_out)]
        self._read(*numbered, noun=noun)
        self.inputs = len(known)

    def split(self, text: str) -> Sequence[str]:
        """The tokens of a text."""
        raise NotImplementedError

    def right(self, tokens: Sequence[str]) -> int:
        """The class of a typed text, or `IGNORED` where it is not known."""
        return IGNORED

    def encode(self, text: str) -> Batch:
        """Any text of at most `most_tokens` tokens.

        Raises
        ------
        ValueError
            For an empty or too long text.
        """
        tokens = self.split(text)
        if not len(tokens):
            raise ValueError(f"Type something, for example “{self.example_hint}”.")
        if len(tokens) > self.most_tokens:
            raise ValueError(
                f"That is {len(tokens):,} {self.unit}; at most {self.most_tokens} fit. Type a shorter text."
            )
        inputs = self._numbers(tokens)[None]
        return Batch(inputs, torch.tensor([self.right(tokens)]), torch.tensor([inputs.shape[1]]))

    def watched(self) -> Batch:
        """A short held-out text with few unknown tokens, and others of its length, up to eight."""
        return self._watched(self._unknown_share())

    def _watched(self, badness: Tensor) -> Batch:
        """The held-out text with the least of something, and others of its length."""
        lengths = self._held_out.lengths
        first = int(badness.argmin())
        others = [i for i in (lengths == lengths[first]).nonzero().flatten().tolist() if i != first]
        return self._held_out.pick(torch.tensor([first, *others][:WATCHED]))

    def _unknown_share(self) -> Tensor:
        """Share of unknown tokens of each held-out text; very short and long ones count as worse than all others."""
        lengths = self._held_out.lengths
        real = torch.arange(self._held_out.inputs.shape[1]) < lengths[:, None]
        share = ((self._held_out.inputs == 0) & real).sum(dim=1) / lengths
        return share + ((lengths < SHORT) | (lengths > LONG))

    def steps(self, batch: Batch, i: int = 0) -> list[str]:
        """The tokens read."""
        return [self.vocabulary[number] for number in batch.inputs[i, : int(batch.lengths[i])].tolist()]

    def answer_loss(self, outputs: Tensor, batch: Batch) -> Tensor:
        """The loss of the answer; where none is known to be right, that of the answer the network gives."""
        own = torch.where(batch.targets == IGNORED, outputs.detach().argmax(-1), batch.targets)
        return self.loss(outputs, Batch(batch.inputs, own, batch.lengths))

    def _numbers(self, tokens: Sequence[str]) -> Tensor:
        return torch.tensor([self.known.numbers.get(token, 0) for token in tokens])
