"""Dates as they are written around the world, into the one way of ISO 8601."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

import torch

from explorer.sequence.encoder_decoder.tasks.date_ways import FORMATS, Way, ways_to_write
from explorer.sequence.encoder_decoder.tasks.letters import Alphabet, LettersTask, letters_batch
from explorer.sequence.encoder_decoder.tasks.task import HELD_OUT, WATCHED, Batch

if TYPE_CHECKING:
    from explorer.sequence.encoder_decoder.experiment import EncoderDecoderExperiment

FIRST, LAST = date(1950, 1, 1).toordinal(), date(2049, 12, 31).toordinal()
"""A hundred years, so that two digits say which year is meant."""
ISO_LENGTH = 10
KNUTH = 2_654_435_761
HELD_OUT_SHARE = 0.1


class Dates(LettersTask):
    """Random days in a random format of a random locale; a tenth of all days is never trained on."""

    fields: ClassVar[tuple[str, ...]] = ("locales",)
    name = "dates"
    title = "Dates of the world"

    def __init__(self, experiment: EncoderDecoderExperiment) -> None:
        self.ways = ways_to_write(experiment.locales)
        letters = set().union(*(way.letters for way in self.ways))
        super().__init__(Alphabet(letters), Alphabet("0123456789-", first=1))
        self.longest = ISO_LENGTH + 5
        languages = sorted({way.language for way in self.ways})
        self.story = (
            f"The network reads a day as people write it in {len(self.ways)} ways of {len(languages)} "
            "languages, and writes it as year, month and day. It has to find out what is a month, in every language."
        )
        generator = torch.Generator().manual_seed(0)
        self._asked = self._draw(HELD_OUT, generator, held_out=True)
        self._held_out = self._pairs(self._asked)
        self.source_longest = int(self._held_out.source_lengths.max())
        self.example_hint = self.ways[0].write(date(2021, 7, 4), "long")

    def sample(self, n: int, generator: torch.Generator) -> Batch:
        """Days that are not held out."""
        return self._pairs(self._draw(n, generator, held_out=False))

    def held_out(self) -> Batch:
        """512 days that are never trained on."""
        return self._held_out

    def watched(self) -> Batch:
        """Days written out in full, eight of them."""
        full = [k for k, (_, _, form) in enumerate(self._asked) if form == "full"]
        return self._held_out.pick(torch.tensor(full[:WATCHED]))

    @cached_property
    def ceiling(self) -> float:
        """Of the held-out texts, the share that the best reader answers exactly: 3/4/21 is in March or in April.

        The best reader knows every way of writing and answers the day that most of them (formats of locales, as often
        as they are drawn) mean by this text.
        """
        return sum(self.best_chance(*asked) for asked in self._asked) / len(self._asked)

    def best_chance(self, day: date, way: Way, form: str) -> float:
        """Chance that the likeliest meaning of a text is the right one.

        Each format of each way is drawn equally often, and so is each day: a meaning is as likely as there are
        formats that write it so. The expected share of right answers to this text is that of its likeliest meaning.
        """
        text = way.write(day, form)
        counts = [
            sum(one.write(other, name) == text for one in self.ways for name in FORMATS)
            for other in (readings(day) if not any(letter.isalpha() for letter in text) else {day})
        ]
        return max(counts) / sum(counts)

    def _draw(self, n: int, generator: torch.Generator, held_out: bool) -> list[tuple[date, Way, str]]:
        days = torch.randint(FIRST, LAST + 1, (n,), generator=generator)
        while bool((again := is_held_out(days) != held_out).any()):
            days = torch.where(again, torch.randint(FIRST, LAST + 1, (n,), generator=generator), days)
        ways = torch.randint(0, len(self.ways), (n,), generator=generator).tolist()
        forms = torch.randint(0, len(FORMATS), (n,), generator=generator).tolist()
        return [
            (date.fromordinal(day), self.ways[way], FORMATS[form])
            for day, way, form in zip(days.tolist(), ways, forms, strict=True)
        ]

    def _pairs(self, asked: list[tuple[date, Way, str]]) -> Batch:
        sources = [self._reads.tokens(way.write(day, form)) for day, way, form in asked]
        return letters_batch(sources, [self._writes.tokens(day.isoformat()) for day, _, _ in asked])


def readings(day: date) -> set[date]:
    """Every day that the same three numbers could mean: day, month and two-digit year in any order."""
    numbers = (day.day, day.month, day.year % 100)
    found = {day}
    for d, m, y in {
        (a, b, c) for a in numbers for b in numbers for c in numbers if sorted((a, b, c)) == sorted(numbers)
    }:
        try:
            found.add(date(2000 + y if y < 50 else 1900 + y, m, d))
        except ValueError:
            continue
    return found


def is_held_out(days: torch.Tensor) -> torch.Tensor:
    """bool, like `days` (ordinals): about one in ten, always the same."""
    return (days * KNUTH) % 2**32 < int(HELD_OUT_SHARE * 2**32)
