"""What kind of name is this? Read letter by letter: people, countries, cities and languages."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence

import torch
from torch import Tensor

from explorer.sequence.tasks.recognition import spread
from explorer.sequence.tasks.task import IGNORED, Baseline, Batch
from explorer.sequence.tasks.texts import Texts
from explorer.text.name_lists import census, cities, countries, languages, plain_letters
from explorer.text.tokens import UNKNOWN_CHARACTER, Vocabulary

LABELS = ("country", "city", "language", "man", "woman", "surname")
LETTERS = (UNKNOWN_CHARACTER, *"abcdefghijklmnopqrstuvwxyz", " ", "-", "'", ".")
LONGEST = 20
SURNAMES = 4000
HELD_OUT_PART, HELD_OUT_FROM = 5, 2
"""Every fifth name of a kind is held out, from the third on: the most common ones are to be learned from."""
HELD_OUT_EACH = 21
"""Held-out names of each kind that are judged: together at most 128."""
WATCHED_LETTERS = 9
_SPELLED = re.compile(r"[a-z '.-]+")


class Kinds(Texts):
    """Every kind is equally likely, and every name of a kind; a name counts for one kind only, see `kinds_of_names`."""

    name = "kinds"
    title = "What kind of name?"
    unit = "letters"
    labels = LABELS
    most_tokens = 40
    example_hint = "Zanzibar"
    joiner = ""
    answer_sentence = "the loss of the answer after the last letter"

    def __init__(self, experiment: object = None) -> None:
        self.kinds = kinds_of_names()
        lists = [[name for name, kind in self.kinds.items() if kind == k] for k in range(len(LABELS))]
        training, held_out = [], []
        for kind, names in enumerate(lists):
            held_out += [(name, kind) for name in spread(names[HELD_OUT_FROM::HELD_OUT_PART], HELD_OUT_EACH)]
            training += [(name, kind) for i, name in enumerate(names) if i % HELD_OUT_PART != HELD_OUT_FROM]
        self._learn(Vocabulary(LETTERS), training, held_out)
        counts = torch.bincount(self.training.targets)
        self._counts, self._starts = counts, counts.cumsum(0) - counts
        self.baseline = self._last_letter()
        self.story = (
            "The network reads a name letter by letter and says after the last whether it names a country, a city, a "
            f"language, a man, a woman (first names), or a family (surname). It learns from {len(self.training):,} real names and is asked about others. "
            "It must remember a few letters in their order, for it is endings like “-land” or “-ish” that tell."
        )

    def sample(self, n: int, generator: torch.Generator) -> Batch:
        """`n` training names, each kind equally likely."""
        kind = torch.randint(len(LABELS), (n,), generator=generator)
        within = (torch.rand(n, generator=generator, dtype=torch.float64) * self._counts[kind]).long()
        return self.training.pick(self._starts[kind] + within)

    def watched(self) -> Batch:
        """A held-out country of ten letters or so, and other held-out names of its length."""
        far = (self._held_out.lengths - WATCHED_LETTERS).abs()
        return self._watched(torch.where(self._held_out.targets == LABELS.index("country"), far, far + LONGEST))

    def split(self, text: str) -> Sequence[str]:
        """The letters, small and without accents.

        Raises
        ------
        ValueError
            For other signs than letters, blanks, hyphens, apostrophes and full stops.
        """
        spelled = " ".join(plain_letters(text).split())
        strange = next((letter for letter in spelled if letter not in LETTERS[1:]), None)
        if strange is not None:
            raise ValueError(f"The names are written with the letters a to z; “{strange}” is not among them.")
        return spelled

    def right(self, tokens: Sequence[str]) -> int:
        """The kind of a name that is on the lists."""
        return self.kinds.get("".join(tokens), IGNORED)

    def _last_letter(self) -> Baseline:
        """Judging by the last letter alone: how often training names of each kind end so (one added to each count)."""
        counts = torch.ones(len(LETTERS), len(LABELS), dtype=torch.float64)
        last = _last(self.training)
        counts.index_put_((last, self.training.targets), torch.tensor(1.0, dtype=torch.float64), accumulate=True)
        # Every kind is drawn equally often, however long its list is.
        shares = counts / counts.sum(dim=0)
        shares = shares / shares.sum(dim=1, keepdim=True)
        seen = shares[_last(self._held_out)]
        loss = -seen.gather(1, self._held_out.targets[:, None]).log().mean().item()
        right = (seen.argmax(1) == self._held_out.targets).double().mean().item()
        sentence = (
            f"Seeing the last letter only, the best guess gets {right:.0%} of the held-out names right (loss {loss:.2f}; "
            f"guessing: {1 / len(LABELS):.0%}, {math.log(len(LABELS)):.2f})."
        )
        return Baseline(loss, right, "seeing the last letter", sentence)


def kinds_of_names() -> dict[str, int]:
    """Names in plain letters, each with the number of its kind in `LABELS`.

    A name on several lists counts for the shortest of these, because there it is the most telling; a first name of
    both sexes for the one in which more people bear it. Surnames are the 4,000 most frequent of those left.
    """
    found: dict[str, int] = {}
    for kind, names in enumerate((countries(), cities(), languages())):
        for name in _spelled(names):
            found.setdefault(name, kind)
    shares = [dict(census("male")), dict(census("female"))]
    for sex, (own, other) in enumerate((shares, shares[::-1])):
        for name in _spelled(name for name, share in own.items() if share >= other.get(name, 0.0)):
            found.setdefault(name, 3 + sex)
    surnames = [name for name in _spelled(name for name, _ in census("surname")[: 3 * SURNAMES]) if name not in found]
    return found | dict.fromkeys(surnames[:SURNAMES], 5)


def _spelled(names: Iterable[str]) -> Iterator[str]:
    """Names in plain letters; those with other signs, and very long ones, are left out."""
    for name in map(plain_letters, names):
        if len(name) <= LONGEST and _SPELLED.fullmatch(name):
            yield name


def _last(batch: Batch) -> Tensor:
    """The last token of each sequence."""
    return batch.inputs[torch.arange(len(batch)), batch.lengths - 1]
