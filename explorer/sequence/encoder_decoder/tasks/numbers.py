"""Numbers in words from one language into another, letter by letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import torch
from torch import Tensor

from explorer.sequence.encoder_decoder.experiment import LANGUAGES
from explorer.sequence.encoder_decoder.tasks.letters import Alphabet, LettersTask, letters_batch
from explorer.sequence.encoder_decoder.tasks.number_words import number_words
from explorer.sequence.encoder_decoder.tasks.task import HELD_OUT, Batch

if TYPE_CHECKING:
    from explorer.sequence.encoder_decoder.experiment import EncoderDecoderExperiment

KNUTH = 2_654_435_761
"""Multiplicative hashing (Knuth 1973): spreads consecutive numbers over 32 bits."""
HELD_OUT_SHARE = 0.1
SHORT_SHARE = 0.25
"""Of training, numbers whose count of digits is drawn first: nine in ten numbers below a million have six."""


class Numbers(LettersTask):
    """Pairs of words for the same number; a tenth of all numbers is never trained on."""

    fields: ClassVar[tuple[str, ...]] = ("source", "target", "limit")
    name = "numbers"
    title = "Numbers in words"

    def __init__(self, experiment: EncoderDecoderExperiment) -> None:
        self.limit = experiment.limit
        self._from, self._into = (number_words(one, self.limit) for one in (experiment.source, experiment.target))
        super().__init__(Alphabet(sorted(self._from.letters)), Alphabet(sorted(self._into.letters), first=1))
        self.example_hint = self._from(self.limit * 3 // 7)
        self.story = (
            f"The network reads a number in {LANGUAGES[experiment.source]} letter by letter and writes it in "
            f"{LANGUAGES[experiment.target]}. Nobody tells it what a digit is: it sees pairs of words only."
        )
        self._held_out = self.pairs(self._held_out_numbers())
        self.longest = int(self._held_out.target_lengths.max()) + 10
        self.source_longest = int(self._held_out.source_lengths.max())

    def pairs(self, numbers: Tensor) -> Batch:
        """These numbers (n,) in both languages."""
        values = numbers.tolist()
        sources = [self._reads.tokens(self._from(value)) for value in values]
        return letters_batch(sources, [self._writes.tokens(self._into(value)) for value in values])

    def sample(self, n: int, generator: torch.Generator) -> Batch:
        """Numbers that are not held out: three quarters evenly from all, a quarter evenly by count of digits."""
        numbers = self._draw(n, generator)
        while bool((again := is_held_out(numbers)).any()):
            numbers = torch.where(again, self._draw(n, generator), numbers)
        return self.pairs(numbers)

    def held_out(self) -> Batch:
        """512 numbers (or all there are), evenly from all that are held out."""
        return self._held_out

    def tidied(self, text: str) -> str:
        """Small letters, single spaces; a number in digits is written out first."""
        text = " ".join(text.lower().split())
        digits = text.replace(",", "").replace(" ", "")
        if not (digits.isascii() and digits.isdigit()) or self._from.language == "digits":
            return text
        if int(digits) >= self.limit:
            raise ValueError(f"{text} is too large: this network has learned the numbers below {self.limit:,}.")
        return self._from(int(digits))

    def _draw(self, n: int, generator: torch.Generator) -> Tensor:
        evenly = torch.randint(0, self.limit, (n,), generator=generator)
        digits = torch.randint(1, len(str(self.limit - 1)) + 1, (n,), generator=generator)
        below = (10**digits).clamp(max=self.limit)
        by_digits = (torch.rand(n, generator=generator, dtype=torch.float64) * below).long()
        return torch.where(torch.rand(n, generator=generator) < SHORT_SHARE, by_digits, evenly)

    def _held_out_numbers(self) -> Tensor:
        every = torch.arange(self.limit)
        held_out = every[is_held_out(every)]
        order = torch.randperm(len(held_out), generator=torch.Generator().manual_seed(0))
        return held_out[order[:HELD_OUT]]


def is_held_out(numbers: Tensor) -> Tensor:
    """bool, like `numbers`: about one in ten, always the same."""
    return (numbers * KNUTH) % 2**32 < int(HELD_OUT_SHARE * 2**32)
