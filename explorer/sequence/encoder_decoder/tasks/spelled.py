"""Name the digit in a picture, letter by letter: the whole picture at once, or row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

import torch
from torch import Tensor

from explorer.sequence.encoder_decoder.tasks.letters import Alphabet, LettersTask, letters_batch
from explorer.sequence.encoder_decoder.tasks.pictures import WORDS, digit_pictures, typed_digit
from explorer.sequence.encoder_decoder.tasks.task import HELD_OUT, WATCHED, Batch, unanswered
from explorer.sequence.tasks.digits import SIDE

if TYPE_CHECKING:
    from explorer.sequence.encoder_decoder.experiment import EncoderDecoderExperiment

STORIES = {
    "picture": "The network sees a whole handwritten digit at once, and then spells its name letter by letter.",
    "rows": "The network reads a handwritten digit row by row, and then spells its name letter by letter.",
}


class Spelled(LettersTask):
    """Scikit-learn's digits with their English names."""

    fields: ClassVar[tuple[str, ...]] = ("reading",)
    name = "spelled"
    title = "Spell a digit"
    example_hint = "7"

    def __init__(self, experiment: EncoderDecoderExperiment) -> None:
        super().__init__(Alphabet("0123456789"), Alphabet("".join(WORDS), first=1))
        self.source_kind, self.source_symbols = experiment.reading, ()
        self.source_longest = SIDE if self.source_kind == "rows" else 1
        self.story = STORIES[experiment.reading]
        self.longest = 10
        self._names = [self._writes.tokens(word) for word in WORDS]
        self._training, self._unseen = digit_pictures()
        self._held_out = self._batch(*(part[:HELD_OUT] for part in self._unseen))

    def sample(self, n: int, generator: torch.Generator) -> Batch:
        """Pictures of the training part, evenly."""
        rows = torch.randint(0, len(self._training.digits), (n,), generator=generator)
        return self._batch(self._training.pictures[rows], self._training.digits[rows])

    def held_out(self) -> Batch:
        """The last quarter of the pictures, as many as `HELD_OUT`."""
        return self._held_out

    def watched(self) -> Batch:
        """The first held-out picture, and others of the same digit."""
        same = self._unseen.digits[:HELD_OUT] == self._unseen.digits[0]
        return self._held_out.pick(same.nonzero().flatten()[:WATCHED])

    def encode(self, text: str) -> Batch:
        """The first held-out picture of the digit that was typed."""
        row = int((self._unseen.digits == typed_digit(text)).nonzero()[0])
        return replace(
            unanswered(self._unseen.pictures[row : row + 1]), source_lengths=torch.tensor([self.source_longest])
        )

    def source_steps(self, batch: Batch, i: int = 0) -> list[str]:
        """The picture, or its rows counted from 1."""
        return ["picture"] if self.source_kind == "picture" else [f"row {row + 1}" for row in range(SIDE)]

    def _batch(self, pictures: Tensor, digits: Tensor) -> Batch:
        answers = letters_batch(self._names[:1] * len(digits), [self._names[digit] for digit in digits.tolist()])
        lengths = torch.full((len(digits),), self.source_longest)
        return Batch(pictures, lengths, answers.targets, answers.target_lengths)
