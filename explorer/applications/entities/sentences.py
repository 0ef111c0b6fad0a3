"""Sentences made from patterns and real names; held-out sentences have names that no training sentence has."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np

from explorer.applications.entities.patterns import KNOWN_PATTERNS, MADE_OF, NEW_PATTERNS, SLOTS, WORDS
from explorer.applications.entities.tags import Tagged
from explorer.applications.entities.words import split_name
from explorer.text.name_lists import census, cities, countries, languages

TRAINING_EACH, HELD_OUT_EACH, NEW_EACH = 60, 5, 10
"""Sentences of each pattern: to learn from, held out with other names, and of patterns that are never learned."""
HELD_OUT_PART = 5
"""One name of so many is held out."""
FREQUENT_FIRST, FREQUENT_LAST, LONGEST_NAME = 2000, 3000, 4
AMBIGUOUS_SHARE = 0.15
"""Of the slots that can be filled with a name of two kinds, such as Jordan, Paris or Madrid."""
SEED = 7
Names = dict[str, tuple[str, ...]]


@cache
def training_sentences() -> tuple[Tagged, ...]:
    """Sentences to learn from."""
    return _made(KNOWN_PATTERNS, TRAINING_EACH, _names()[0], SEED)


@cache
def held_out_sentences() -> tuple[Tagged, ...]:
    """Sentences of the same patterns with other names: none of these stands in a training sentence."""
    return _made(KNOWN_PATTERNS, HELD_OUT_EACH, _names()[1], SEED + 1)


@cache
def new_sentences() -> tuple[Tagged, ...]:
    """Sentences with other names, of patterns that no training sentence has."""
    return _made(NEW_PATTERNS, NEW_EACH, _names()[1], SEED + 2)


def is_held_out(name: str) -> bool:
    """Whether a name is in held-out sentences only. It hangs on the name alone: one that is a town and a surname stays on one side."""
    return zlib.crc32(name.lower().encode()) % HELD_OUT_PART == 0


def ambiguous_names() -> tuple[str, ...]:
    """Names of more than one kind, such as Jordan: a country, a first name and a surname."""
    lists = _lists()
    people, places = {*lists["FIRST"], *lists["LAST"]}, {*lists["CITY"], *lists["COUNTRY"]}
    return tuple(sorted(people & places))


@cache
def _lists() -> Names:
    both = (name for sex in ("female", "male") for name, _ in census(sex)[:FREQUENT_FIRST])
    found = {
        "FIRST": dict.fromkeys(both),
        "LAST": [name for name, _ in census("surname")[:FREQUENT_LAST]],
        "CITY": cities(),
        "COUNTRY": countries(),
        "LANGUAGE": languages(),
    }
    calendar = {*WORDS["MONTH"], *WORDS["WEEKDAY"]}
    return {slot: tuple(name for name in names if _fits(name) and name not in calendar) for slot, names in found.items()}


def _fits(name: str) -> bool:
    return len(split_name(name)) <= LONGEST_NAME and name[:1].isupper()


@cache
def _names() -> tuple[Names, Names]:
    """The names of each slot, to learn from and held out; those of two kinds also by themselves."""
    lists, twofold = _lists(), set(ambiguous_names())
    lists |= {f"{slot} of two kinds": tuple(name for name in names if name in twofold) for slot, names in lists.items()}
    return tuple({slot: tuple(n for n in names if is_held_out(n) is side) for slot, names in lists.items()} for side in (False, True))


def _made(patterns: Sequence[str], each: int, names: Names, seed: int) -> tuple[Tagged, ...]:
    generator = np.random.default_rng(seed)
    return tuple(_filled(pattern.split(), names, generator) for _ in range(each) for pattern in patterns)


def _filled(pattern: Sequence[str], names: Names, generator: np.random.Generator) -> Tagged:
    words: list[str] = []
    tags: list[str] = []
    for slot in pattern:
        found = _name(slot, names, generator)
        kind = SLOTS.get(slot)
        words += found
        tags += ["O"] * len(found) if kind is None else [f"B-{kind}", *[f"I-{kind}"] * (len(found) - 1)]
    return Tagged(tuple(words), tuple(tags))


def _name(slot: str, names: Names, generator: np.random.Generator) -> tuple[str, ...]:
    """The words that fill a slot; a word that is no slot stands for itself."""
    if slot in MADE_OF:
        return tuple(word for part in _one_of(MADE_OF[slot], generator).split() for word in _name(part, names, generator))
    if slot in WORDS:
        return (_one_of(WORDS[slot], generator),)
    if slot not in names:
        return (slot,)
    twofold = names[f"{slot} of two kinds"]
    if twofold and generator.random() < AMBIGUOUS_SHARE:
        return split_name(_one_of(twofold, generator))
    return split_name(_one_of(names[slot], generator))


def _one_of(choices: Sequence[str], generator: np.random.Generator) -> str:
    return choices[int(generator.integers(len(choices)))]


def names_in(sentences: Iterable[Tagged]) -> frozenset[str]:
    """All names in sentences, whatever their kind, each as its words joined by blanks."""
    from explorer.applications.entities.tags import entities

    return frozenset(" ".join(words[start:end]) for words, tags in sentences for _, start, end in entities(tags))
