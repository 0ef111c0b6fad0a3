"""What it takes to spell a word that a vocabulary lacks: a small model of letters, so that no vocabulary gets anything free."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping

ANY = 1_114_112
"""Code points that a letter may have."""
END = ""
"""Comes after the last letter."""


class Spelling:
    """Each letter from the two before it, backed off to one, to none, and to any code point (Witten and Bell 1991).

    Parameters
    ----------
    words : Mapping[str, int]
        How often each word was met; single letters are words, too. Nothing may be known.
    """

    def __init__(self, words: Mapping[str, int]) -> None:
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        for word in sorted(words):
            for before, letter in _steps(word):
                for length in range(len(before) + 1):
                    self._counts[before[len(before) - length :]][letter] += words[word]
        self._totals = {before: counts.total() for before, counts in self._counts.items()}

    def nats(self, word: str) -> float:
        """Negative log probability of a word, its end included."""
        return -sum(math.log(self._chance(before, letter)) for before, letter in _steps(word))

    def _chance(self, before: str, letter: str) -> float:
        """(n(before, letter) + kinds * shorter) / (n(before) + kinds), where kinds counts the letters seen there."""
        shorter = self._chance(before[1:], letter) if before else 1.0 / (ANY + 1)
        counts = self._counts.get(before)
        if counts is None:
            return shorter
        return (counts[letter] + len(counts) * shorter) / (self._totals[before] + len(counts))


def _steps(word: str) -> list[tuple[str, str]]:
    """The two symbols before each letter, and the letter; a mark stands before the first."""
    symbols = ["\x02", *word]
    return [("".join(symbols[max(0, i - 2) : i]), letter) for i, letter in enumerate([*symbols[1:], END], start=1)]
