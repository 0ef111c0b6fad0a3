"""Sentences to tag: patterns filled with real names, some of which only the held-out sentences have."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from explorer.text.name_lists import census, cities_of_countries

Sentence = tuple[tuple[str, ...], tuple[int, ...]]
"""Words, and the tag of each: 0 other, 1 person, 2 city, 3 country."""
SLOTS = {"FIRST": 1, "LAST": 1, "CITY": 2, "COUNTRY": 3}
PATTERNS = (
    "FIRST LAST lives in the city of CITY .",
    "FIRST was born in CITY , a city in COUNTRY .",
    "FIRST was born in COUNTRY , a country that FIRST has never seen .",
    "FIRST LAST has never been to CITY , the city where FIRST lives .",
    "FIRST LAST has never been to COUNTRY , the country where FIRST lives .",
    "CITY is a city in COUNTRY .",
    "CITY is where FIRST lives .",
    "COUNTRY is a country with many cities , and CITY is one of them .",
    "COUNTRY is the country where FIRST lives .",
    "FIRST is a friend of FIRST LAST .",
    "in CITY , a city in COUNTRY , FIRST met FIRST .",
    "in COUNTRY , a country far away , FIRST met FIRST LAST .",
    "CITY , said FIRST , is a city in COUNTRY .",
    "COUNTRY , said FIRST LAST , is a country with many cities .",
    "FIRST , said FIRST , is from CITY , a city in COUNTRY .",
    "FIRST LAST , said FIRST , is from COUNTRY , a country far away .",
)
TEMPLATES: tuple[Sentence, ...] = tuple(
    (tuple(pattern.split()), tuple(SLOTS.get(word, 0) for word in pattern.split())) for pattern in PATTERNS
)
TRAINING_EACH, HELD_OUT_EACH = 256, 8
"""Sentences of each pattern."""
HELD_OUT_PART = 5
"""Every fifth name is held out; a city with its country."""
KNOWN_EACH = 40
"""Names of each kind that are known by their spelling; half of those in training sentences are of these."""
FREQUENT = 2000
SEED = 7
Names = dict[str, Sequence]


def is_name(word: str) -> bool:
    """Whether a word of a pattern stands for a name."""
    return word in SLOTS


def training_sentences() -> tuple[list[Sentence], tuple[str, ...]]:
    """Sentences to learn from, and the words known by their spelling: those of the patterns and the frequent names."""
    _, training = _names()
    known = {kind: names[:KNOWN_EACH] for kind, names in training.items()}
    generator = np.random.default_rng(SEED)
    sentences = [
        _filled(template, known if generator.random() < 0.5 else training, generator)
        for template in TEMPLATES
        for _ in range(TRAINING_EACH)
    ]
    words = {word for words, _ in TEMPLATES for word in words if not is_name(word)}
    words |= {*known["FIRST"], *known["LAST"], *(name for pair in known["CITY"] for name in pair)}
    return sentences, tuple(sorted(words))


def held_out_sentences() -> list[Sentence]:
    """Sentences with names that no training sentence has."""
    held_out, _ = _names()
    generator = np.random.default_rng(SEED + 1)
    return [_filled(template, held_out, generator) for _ in range(HELD_OUT_EACH) for template in TEMPLATES]


@cache
def _names() -> tuple[Names, Names]:
    """Names of each kind, held out and for training; cities with their countries."""
    pairs = [pair for pair in cities_of_countries() if pair[0] != pair[1] and " " not in "".join(pair)]
    lands = sorted({country for _, country in pairs})
    hidden = set(lands[::HELD_OUT_PART])
    # A name that is also a word of a pattern, like Said or Far, would not be unknown.
    taken = {name for pair in pairs for name in pair} | {word.capitalize() for words, _ in TEMPLATES for word in words}
    both = (name for sex in ("female", "male") for name, _ in census(sex)[:FREQUENT])
    first = [name for name in dict.fromkeys(both) if name not in taken]
    taken |= set(first)
    last = [name for name, _ in census("surname")[:FREQUENT] if name not in taken]
    kinds: dict[str, tuple[list, list]] = {"CITY": ([], [])}
    for pair in pairs:
        kinds["CITY"][pair[1] not in hidden].append(pair)
    for kind, names in (("FIRST", first), ("LAST", last)):
        kinds[kind] = (names[::HELD_OUT_PART], [name for i, name in enumerate(names) if i % HELD_OUT_PART])
    return tuple({kind: parts[part] for kind, parts in kinds.items()} for part in (0, 1))


def _filled(template: Sentence, names: Names, generator: np.random.Generator) -> Sentence:
    """A pattern with names put in: different people, a city with its own country."""
    people = {kind: iter(generator.permutation(len(names[kind]))[:3]) for kind in ("FIRST", "LAST")}
    city, country = names["CITY"][generator.integers(len(names["CITY"]))]
    words, tags = template
    place = {"CITY": city, "COUNTRY": country}
    filled = (place.get(word) or (names[word][next(people[word])] if is_name(word) else word) for word in words)
    return tuple(filled), tags
