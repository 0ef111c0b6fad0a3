"""Text cut into characters or words, and the numbers these get."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

UNKNOWN_CHARACTER = "\N{REPLACEMENT CHARACTER}"
UNKNOWN_WORD = "<unknown>"
PIECE = 100_000
_WORD = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]")


@dataclass(frozen=True)
class Vocabulary:
    """The tokens that are known; number 0 stands for all others.

    Attributes
    ----------
    tokens : tuple of str
        By number; ``tokens[0]`` is how an unknown token is shown.
    """

    tokens: tuple[str, ...]

    @classmethod
    def most_frequent(cls, tokens: Sequence[str], size: int, unknown: str) -> Vocabulary:
        """The `size` most frequent tokens, in that order; equally frequent ones alphabetically."""
        counts: Counter[str] = Counter()
        # In pieces: one count of a whole corpus would hold up every other thread for a tenth of a second.
        for start in range(0, len(tokens), PIECE):
            counts.update(tokens[start : start + PIECE])
        counts.pop(unknown, None)
        ranked = sorted(counts, key=lambda token: (-counts[token], token))
        return cls((unknown, *ranked[:size]))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Number of each token."""
        return {token: number for number, token in enumerate(self.tokens)}

    def encode(self, tokens: Sequence[str]) -> np.ndarray:
        """Numbers of tokens, in the smallest integer type that holds them (a corpus stays in memory)."""
        kind = np.uint8 if len(self.tokens) <= 256 else np.int16
        return np.fromiter((self.numbers.get(token, 0) for token in tokens), dtype=kind, count=len(tokens))

    def __len__(self) -> int:
        return len(self.tokens)


def split_words(text: str) -> list[str]:
    """Lower-case words and single punctuation marks: ``"It's red."`` gives ``it's``, ``red``, ``.``"""
    # One by one, not findall, so that other threads get their turn while a corpus is cut.
    return [match.group() for match in _WORD.finditer(text.lower())]
