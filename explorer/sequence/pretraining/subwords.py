"""Parts of words by byte-pair encoding: the two neighbours that meet most often become one piece, again and again.

References
----------
Gage 1994; Sennrich, Haddow and Birch 2016, Neural machine translation of rare words with subword units.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from explorer.sequence.pretraining.cost import KNOWN_CHARACTERS
from explorer.sequence.pretraining.pieces import UNKNOWN, Pieces, chunks
from explorer.sequence.pretraining.spelling import Spelling
from explorer.text.tokens import UNKNOWN_CHARACTER

if TYPE_CHECKING:
    from tokenizers import Tokenizer

REMEMBERED = 200_000
"""Chunks whose parts are remembered."""


class Merge(NamedTuple):
    """Two neighbours that became one piece, and how often they met in the text that it was learned from."""

    left: str
    right: str
    count: int

    @property
    def joined(self) -> str:
        return self.left + self.right


class Subwords(Pieces):
    """Parts of words; they never reach over a blank, which belongs to the word after it.

    Attributes
    ----------
    merges : tuple of Merge
        In the order in which they were learned, and are made.
    """

    unit = "subwords"

    def __init__(self, tokenizer: Tokenizer, counts: Counter[str], masked: bool) -> None:
        numbers = tokenizer.get_vocab()
        pieces = sorted(numbers, key=numbers.__getitem__)
        known = set(pieces[1:])
        rare = Counter({letter: n for letter, n in _letters(counts).items() if letter not in known})
        super().__init__(pieces, masked, Spelling(rare))
        self._tokenizer, self._parts = tokenizer, {}
        self.merges = _counted(_pairs(tokenizer), counts)

    @classmethod
    def learn(cls, text: str, merges: int, masked: bool) -> Subwords:
        """The pieces of a text after so many merges, fewer where nothing is left to join."""
        cut = chunks(text)
        return cls(train(cut, merges), Counter(cut), masked)

    def cut(self, text: str) -> list[str]:
        return [part for chunk in chunks(text) for part in self._split(chunk)]

    @cached_property
    def _ranks(self) -> dict[tuple[str, str], int]:
        return {(merge.left, merge.right): rank for rank, merge in enumerate(self.merges)}

    def spell(self, word: str) -> list[list[str]]:
        """How a word, with the blank before it or without, is put together: its letters, then the parts after each merge."""
        parts, steps = list(word), [list(word)]
        while pairs := [pair for pair in zip(parts, parts[1:], strict=False) if pair in self._ranks]:
            best = min(pairs, key=self._ranks.__getitem__)
            parts = _joined(parts, best)
            steps.append(parts)
        return steps

    def _split(self, chunk: str) -> Sequence[str]:
        parts = self._parts.get(chunk)
        if parts is None:
            encoded = self._tokenizer.encode(chunk, add_special_tokens=False)
            parts = tuple(chunk[begin:end] for begin, end in encoded.offsets)
            if len(self._parts) < REMEMBERED:
                self._parts[chunk] = parts
        return parts


def train(cut: Sequence[str], merges: int) -> Tokenizer:
    """Learn merges from chunks of a text, with the library `tokenizers`."""
    from tokenizers import Tokenizer
    from tokenizers.models import BPE
    from tokenizers.trainers import BpeTrainer

    tokenizer = Tokenizer(BPE(unk_token=UNKNOWN_CHARACTER))
    alphabet = min(KNOWN_CHARACTERS, len(set("".join(set(cut)))))
    trainer = BpeTrainer(
        vocab_size=1 + alphabet + merges, special_tokens=[UNKNOWN_CHARACTER], limit_alphabet=KNOWN_CHARACTERS,
        show_progress=False,
    )  # fmt: skip
    tokenizer.train_from_iterator(cut, trainer)
    return tokenizer


def _pairs(tokenizer: Tokenizer) -> list[tuple[str, str]]:
    import json

    return [tuple(pair) for pair in json.loads(tokenizer.to_str())["model"]["merges"]]


def _letters(counts: Counter[str]) -> Counter[str]:
    letters: Counter[str] = Counter()
    for chunk, n in counts.items():
        for letter in chunk:
            letters[letter] += n
    return letters


def _joined(parts: Sequence[str], pair: tuple[str, str]) -> list[str]:
    """Parts with every occurrence of a pair made one, from the left."""
    made: list[str] = []
    i = 0
    while i < len(parts):
        both = i + 1 < len(parts) and (parts[i], parts[i + 1]) == pair
        made.append(parts[i] + parts[i + 1] if both else parts[i])
        i += 2 if both else 1
    return made


def _counted(pairs: Sequence[tuple[str, str]], counts: Counter[str]) -> tuple[Merge, ...]:
    """How often each pair met when its turn came: all merges made once more, over all chunks at once."""
    numbers: dict[str, int] = {}
    row, times = [], []
    for chunk, n in counts.items():
        for letter in chunk:
            row.append(numbers.setdefault(letter, len(numbers) + 1))
            times.append(n)
        row.append(UNKNOWN)  # a border that no pair crosses
        times.append(0)
    parts, weights, merges = np.array(row, np.int32), np.array(times, np.int64), []
    for left, right in pairs:
        one, other = numbers[left], numbers[right]
        meet = np.flatnonzero((parts[:-1] == one) & (parts[1:] == other))
        meet = _apart(meet) if one == other else meet
        merges.append(Merge(left, right, int(weights[meet].sum())))
        parts[meet] = numbers.setdefault(left + right, len(numbers) + 1)
        parts, weights = np.delete(parts, meet + 1), np.delete(weights, meet + 1)
    return tuple(merges)


def _apart(places: np.ndarray) -> np.ndarray:
    """Of a letter's pairs with itself only every other: ``aaa`` holds one that can be joined."""
    kept, last = [], -2
    for place in places.tolist():
        if place > last + 1:
            kept.append(place)
            last = place
    return np.array(kept, dtype=np.int64)
