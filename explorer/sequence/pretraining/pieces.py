"""What a text is cut into: letters, words or learned parts of words. Every cut is lossless: the pieces' letters are the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import ClassVar

import numpy as np

from explorer.sequence.pretraining.cost import KNOWN_CHARACTERS
from explorer.sequence.pretraining.spelling import Spelling
from explorer.text.tokens import UNKNOWN_CHARACTER, UNKNOWN_WORD, Vocabulary

MASK = "[MASK]"
"""How a hidden piece is written."""
UNKNOWN = 0
"""Number of the piece that stands for all that are not known."""
_CHUNK = re.compile(r" ?\w+| ?[^\w\s]|\s")


def chunks(text: str) -> list[str]:
    """Words, numbers, marks and line ends, each with the blank before it: ``"A rose."`` gives ``A``, `` rose``, ``.``"""
    # One by one, not findall, so that other threads get their turn while a corpus is cut.
    return [match.group() for match in _CHUNK.finditer(text)]


class Pieces:
    """A vocabulary, and how text becomes numbers and comes back.

    Attributes
    ----------
    unit : str
        ``"characters"``, ``"words"`` or ``"subwords"``.
    pieces : tuple of str
        By number, as they are written (a word carries the blank before it); number 0 stands for all others.
    mask : int or None
        Number of ``[MASK]``; only a network that guesses hidden pieces has it.
    start : int
        What a text begins after: the end of a line.
    spelling : Spelling
        What it takes to say which unknown letters stand in a text.
    """

    unit: ClassVar[str]

    def __init__(self, pieces: Sequence[str], masked: bool, spelling: Spelling) -> None:
        self.pieces = (*pieces, MASK) if masked else tuple(pieces)
        self.mask = len(self.pieces) - 1 if masked else None
        self.spelling = spelling
        self.start = self.numbers.get("\n", UNKNOWN)

    def __len__(self) -> int:
        return len(self.pieces)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Number of each piece that text can be cut into."""
        written = self.pieces[: self.mask]
        return {piece: number for number, piece in enumerate(written) if number != UNKNOWN}

    def cut(self, text: str) -> list[str]:
        """The parts of a text that get a number each, as they are written; joined they are the text."""
        raise NotImplementedError

    def encode(self, text: str) -> np.ndarray:
        """Numbers of the pieces of a text, int64."""
        return self.number(self.cut(text))

    def number(self, parts: Sequence[str]) -> np.ndarray:
        """Numbers of parts as `cut` gives them."""
        known = self.numbers
        return np.fromiter((known.get(part, UNKNOWN) for part in parts), dtype=np.int64, count=len(parts))

    def decode(self, ids: Iterable[int]) -> str:
        """The text of pieces; unknown ones are shown as ``�`` or ``<unknown>``, hidden ones as ``[MASK]``."""
        return "".join(self.pieces[int(one)] for one in ids)

    def unsaid(self, parts: Sequence[str]) -> float:
        """Nats it takes to spell the parts whose number is that of the unknown piece.

        Added to the loss it makes that of all vocabularies comparable: each then says the same text to the letter.
        """
        return sum(self.spelling.nats(part) for part in parts if part not in self.numbers)


class Characters(Pieces):
    """Every letter by itself."""

    unit = "characters"

    @classmethod
    def learn(cls, text: str, masked: bool) -> Characters:
        """The most frequent characters of a text."""
        known = Vocabulary.most_frequent(text, KNOWN_CHARACTERS, UNKNOWN_CHARACTER).tokens
        counts = Counter(text)
        return cls(known, masked, Spelling({letter: counts[letter] for letter in counts.keys() - set(known)}))

    def cut(self, text: str) -> list[str]:
        return list(text)


class Words(Pieces):
    """Words, numbers and marks with the blank before them; rare ones are not known."""

    unit = "words"

    @classmethod
    def learn(cls, text: str, size: int, masked: bool) -> Words:
        """The most frequent words of a text."""
        counts = Counter(chunks(text))
        ranked = sorted(counts, key=lambda chunk: (-counts[chunk], chunk))
        rare = {chunk: counts[chunk] for chunk in ranked[size:]}
        return cls((UNKNOWN_WORD, *ranked[:size]), masked, Spelling(rare))

    def cut(self, text: str) -> list[str]:
        return chunks(text)
