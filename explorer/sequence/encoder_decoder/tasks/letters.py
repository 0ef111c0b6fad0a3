"""Tasks whose questions and answers are text, letter by letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import torch
from torch import Tensor

from explorer.sequence.encoder_decoder.tasks.task import END, END_SYMBOL, Batch, Task, unanswered
from explorer.sequence.encoder_decoder.tasks.typed import check_typed, listed
from explorer.sequence.tasks.task import IGNORED, Baseline

Tokens = Sequence[int]


class Alphabet:
    """Letters and their numbers.

    Parameters
    ----------
    letters : iterable of str
        Numbered in order of their code points, from `first` on.
    first : int
        Number of the first letter: 1 where `END` takes 0.
    """

    def __init__(self, letters: Iterable[str], first: int = 0) -> None:
        self.letters = tuple(sorted(set(letters)))
        self.number = {letter: first + k for k, letter in enumerate(self.letters)}

    def tokens(self, text: str) -> list[int]:
        """The numbers of the letters, all of which must be known."""
        return [self.number[letter] for letter in text]


class LettersTask(Task):
    """What is read, and answered, is text."""

    _reads: Alphabet
    _writes: Alphabet

    def __init__(self, reads: Alphabet, writes: Alphabet) -> None:
        self._reads, self._writes = reads, writes
        self.source_symbols = reads.letters
        self.target_symbols = (END_SYMBOL, *writes.letters)

    @cached_property
    def baseline(self) -> Baseline:
        """Guessing every letter of the held-out answers by how frequent it is."""
        return letter_frequencies(self.held_out(), self.target_symbols)

    def encode(self, text: str) -> Batch:
        """The text as letters, after `tidied`."""
        cleaned = self.tidied(check_typed(text, self.example_hint))
        unknown = sorted({letter for letter in cleaned if letter not in self._reads.number})
        if unknown:
            raise ValueError(
                f"This network has never read {listed(unknown)}; it was trained on texts like “{self.example_hint}”. "
                "Leave such signs out."
            )
        return unanswered(torch.tensor([self._reads.tokens(cleaned)]))

    def tidied(self, text: str) -> str:
        """What a visitor typed as the training data would write it."""
        return " ".join(text.split())

    def source_steps(self, batch: Batch, i: int = 0) -> list[str]:
        """The letters."""
        return [self.source_symbols[token] for token in batch.sources[i, : int(batch.source_lengths[i])].tolist()]


def letters_batch(sources: Sequence[Tokens], targets: Sequence[Tokens]) -> Batch:
    """Pairs of letters, padded; targets come without `END`."""
    read, read_lengths = _padded(sources, 0)
    answers, lengths = _padded([[*target, END] for target in targets], IGNORED)
    return Batch(read, read_lengths, answers, lengths)


def _padded(rows: Sequence[Tokens], padding: int) -> tuple[Tensor, Tensor]:
    # One list of all numbers: `pad_sequence` would make a tensor of every row first, which takes ten times as long.
    longest = max(map(len, rows))
    filled = torch.tensor([[*row, *[padding] * (longest - len(row))] for row in rows])
    return filled, torch.tensor([len(row) for row in rows])


def letter_frequencies(batch: Batch, symbols: Sequence[str]) -> Baseline:
    """What comes out when every letter is guessed by its frequency in these answers, without reading anything."""
    counts = torch.bincount(batch.targets[batch.targets != IGNORED], minlength=len(symbols)).double()
    shares = counts / counts.sum()
    loss = float(-(shares[shares > 0] * shares[shares > 0].log()).sum())
    best = int(shares.argmax())
    share = shares[best].item()
    letter = symbols[best] if symbols[best].strip() else "a space"
    sentence = f"Always guessing {letter}, the most frequent, gets {share:.0%} of the letters right (loss {loss:.2f})."
    return Baseline(loss, share, "guessing by frequency", sentence)
