"""Names of people, made up letter by letter: from the kind of name, or from its first letters."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar
from zlib import crc32

import torch
from torch import Tensor

from explorer.sequence.encoder_decoder.tasks.letters import Alphabet, LettersTask, letters_batch
from explorer.sequence.encoder_decoder.tasks.task import HELD_OUT, WATCHED, Batch, unanswered
from explorer.sequence.encoder_decoder.tasks.typed import check_typed, listed
from explorer.text.name_lists import census

if TYPE_CHECKING:
    from explorer.sequence.encoder_decoder.experiment import EncoderDecoderExperiment

KINDS = ("female", "male", "surname")
MOST_OF_A_KIND = 4000
"""The most frequent names of each kind; there are 88,799 surnames and only 1,219 male first names."""
HELD_OUT_EVERY = 10
MOST_LETTERS = 3
"""Letters with which a name may begin in training."""
PLENTY = 12
"""Longest name that is trained on."""


class Names(LettersTask):
    """Real names of the census of 1990; a tenth of them is never trained on."""

    fields: ClassVar[tuple[str, ...]] = ("condition",)
    name = "names"
    title = "Invent a name"
    determined = False

    def __init__(self, experiment: EncoderDecoderExperiment) -> None:
        self.by_kind = experiment.condition == "category"
        kept = [[name for name, _ in census(kind) if len(name) <= PLENTY][:MOST_OF_A_KIND] for kind in KINDS]
        training = [[name for name in names if not _is_held_out(name)] for names in kept]
        held_out = [(kind, name) for kind, names in enumerate(kept) for name in names if _is_held_out(name)]
        letters = {letter for names in kept for name in names for letter in name}
        super().__init__(Alphabet(letters), Alphabet(letters, first=1))
        self.longest, self.source_longest = 2 * PLENTY, MOST_LETTERS
        if self.by_kind:
            self.source_kind, self.source_symbols, self.source_longest = "class", KINDS, 1
            self.example_hint = "female"
            self.story = (
                "The network is told a kind of name and spells one, letter by letter: each letter is drawn by the "
                "probability it gives it, and then read like any other."
            )
        else:
            self.example_hint = "Mar"
            self.story = (
                "The network reads the first letters of a name, and then spells a whole one that begins with them."
            )
        self.known = frozenset(name for names in training for name in names)
        self._training = [[self._writes.tokens(name) for name in names] for names in training]
        self._prefixes = [[self._reads.tokens(name[:MOST_LETTERS]) for name in names] for names in training]
        self._unseen = [(kind, name) for kind, name in held_out if name not in self.known]

    @cached_property
    def real(self) -> frozenset[str]:
        """Every name of the census, frequent or not."""
        return frozenset(name for kind in KINDS for name, _ in census(kind))

    def sample(self, n: int, generator: torch.Generator) -> Batch:
        """Kinds evenly, then names of that kind evenly."""
        kinds = torch.randint(0, len(KINDS), (n,), generator=generator)
        places = torch.rand(n, generator=generator, dtype=torch.float64)
        begin = torch.randint(1, MOST_LETTERS + 1, (n,), generator=generator).tolist()
        rows = [
            (kind, int(place * len(self._training[kind])))
            for kind, place in zip(kinds.tolist(), places.tolist(), strict=True)
        ]
        targets = [self._training[kind][row] for kind, row in rows]
        prefixes = [self._prefixes[kind][row][:length] for (kind, row), length in zip(rows, begin, strict=True)]
        return self._batch(kinds, prefixes, targets)

    def held_out(self) -> Batch:
        """Real names that were never trained on, evenly spread over all that are held out."""
        return self._held_out

    @cached_property
    def _held_out(self) -> Batch:
        every = max(1, len(self._unseen) // HELD_OUT)
        chosen = self._unseen[::every][:HELD_OUT]
        kinds = torch.tensor([kind for kind, _ in chosen])
        prefixes = [self._reads.tokens(name[: 1 + k % MOST_LETTERS]) for k, (_, name) in enumerate(chosen)]
        return self._batch(kinds, prefixes, [self._writes.tokens(name) for _, name in chosen])

    def watched(self) -> Batch:
        """Names of one kind (or beginnings of one length), eight of them."""
        held_out = self._held_out
        same = (held_out.sources == 0) if self.by_kind else (held_out.source_lengths == MOST_LETTERS)
        return held_out.pick(same.nonzero().flatten()[:WATCHED])

    def encode(self, text: str) -> Batch:
        """A kind of name, or first letters."""
        if not self.by_kind:
            return super().encode(text)
        kind = check_typed(text, "female").strip().casefold()
        if kind not in KINDS:
            raise ValueError(f"“{text.strip()[:40]}” is no kind of name here; type one of {', '.join(KINDS)}.")
        return unanswered(torch.tensor([KINDS.index(kind)]))

    def tidied(self, text: str) -> str:
        """One word that begins with a capital, not longer than a name."""
        text = text.strip()
        if len(text) > PLENTY:
            raise ValueError(f"A name begins with a few letters; this is {len(text)}. Type at most {PLENTY}.")
        if unknown := sorted({letter for letter in text if not (letter.isascii() and letter.isalpha())}):
            raise ValueError(f"{listed(unknown)} is in no name of the census. Type letters from A to Z, like “Mar”.")
        return text.capitalize()

    def source_steps(self, batch: Batch, i: int = 0) -> list[str]:
        """The kind, or the letters."""
        return [KINDS[int(batch.sources[i])]] if self.by_kind else super().source_steps(batch, i)

    def judged(self, names: list[str]) -> tuple[float, float]:
        """Shares of some names that are real, and that are real although they were never trained on."""
        real = [name for name in names if name in self.real]
        return len(real) / len(names), sum(name not in self.known for name in real) / len(names)

    def _batch(self, kinds: Tensor, prefixes: list[list[int]], targets: list[list[int]]) -> Batch:
        pairs = letters_batch(prefixes, targets)
        if not self.by_kind:
            return pairs
        return Batch(kinds, torch.ones_like(kinds), pairs.targets, pairs.target_lengths)


def _is_held_out(name: str) -> bool:
    return crc32(name.encode()) % HELD_OUT_EVERY == 0
