"""Words that are spelled nearly alike."""

from __future__ import annotations

from collections.abc import Sequence

FARTHEST = 2
"""Edits (insert, delete, replace, swap neighbours) at most between a word and what is offered instead."""


def nearest_spellings(word: str, words: Sequence[str], n: int = 3) -> list[str]:
    """The `n` words with the fewest edits from `word`; of equally near ones, the earlier (more frequent) first.

    Edits are those of Damerau and Levenshtein (optimal string alignment). The same word in other case is the nearest.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    allowed = min(FARTHEST, max(1, len(word) // 3))
    lower = word.lower()
    found = process.extract(lower, words, scorer=OSA.distance, score_cutoff=allowed, limit=200)
    ranked = sorted((distance, place, near) for near, distance, place in found if near != word)
    same = [near for _, _, near in ranked if near.lower() == lower]
    return list(dict.fromkeys([*same, *(near for _, _, near in ranked)]))[:n]
