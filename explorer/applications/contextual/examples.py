"""Sentences written for this project, in which one word means different things."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parents[3] / "assets" / "senses.csv"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, the word in it that is looked at, and what it means there."""

    word: str
    sense: str
    sentence: str


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    """All of them, by word and sense."""
    with FILE.open(encoding="utf-8", newline="") as stream:
        return tuple(Example(**row) for row in csv.DictReader(stream))


def examples_of(word: str) -> tuple[Example, ...]:
    """Those of one word; none for a word without examples."""
    return tuple(one for one in examples() if one.word == word)


def words() -> tuple[str, ...]:
    """The words that have examples."""
    return tuple(dict.fromkeys(one.word for one in examples()))
