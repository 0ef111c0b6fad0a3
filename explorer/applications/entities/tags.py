"""Entities and the tags that say where they are: B begins one, I goes on, O is none; E ends one, S stands alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

OUTSIDE = "O"
GOES_ON = frozenset({"I", "E"})
IS_OPEN = frozenset({"B", "I"})
Tags = tuple[str, ...]
Scheme = Literal["bio", "bioes"]


class Entity(NamedTuple):
    """A name in a sentence: its kind, its first word, and the word after its last, counted from 0."""

    kind: str
    start: int
    end: int


class Tagged(NamedTuple):
    """A sentence: its words, and a tag for each."""

    words: tuple[str, ...]
    tags: Tags


def entities(tags: Sequence[str]) -> list[Entity]:
    """The entities that tags of any scheme (IOB1, BIO, BIOES) say, from left to right.

    As the program of the CoNLL-2003 task reads them (Tjong Kim Sang and De Meulder 2003), and seqeval after it: an entity
    goes on only from B or I to I or E of the same kind; every other tag but O begins one, so that a stray I counts, too.
    """
    found: list[Entity] = []
    before, kind_before = OUTSIDE, ""
    for i, tag in enumerate(tags):
        place, _, kind = tag.partition("-")
        goes_on = before in IS_OPEN and place in GOES_ON and kind == kind_before
        if goes_on:
            found[-1] = found[-1]._replace(end=i + 1)
        elif place != OUTSIDE:
            found.append(Entity(kind, i, i + 1))
        before, kind_before = place, kind
    return found


def tags_of(found: Iterable[Entity], length: int, scheme: Scheme = "bio") -> Tags:
    """The tags of a sentence of so many words; the entities must not overlap."""
    tags, place = [OUTSIDE] * length, _PLACES[scheme]
    for kind, start, end in found:
        for i in range(start, end):
            tags[i] = f"{place(i - start, end - start)}-{kind}"
    return tuple(tags)


def kinds_of(sentences: Iterable[Tagged]) -> tuple[str, ...]:
    """The kinds of entities that occur, in alphabetical order."""
    return tuple(sorted({tag[2:] for _, tags in sentences for tag in tags if tag != OUTSIDE}))


def tag_names(kinds: Sequence[str]) -> Tags:
    """All tags of the BIO scheme: O, then B and I of each kind."""
    return (OUTSIDE, *(f"{place}-{kind}" for kind in kinds for place in "BI"))


def _bio(at: int, length: int) -> str:
    return "I" if at else "B"


def _bioes(at: int, length: int) -> str:
    if length == 1:
        return "S"
    return "E" if at == length - 1 else _bio(at, length)


_PLACES: dict[str, Callable[[int, int], str]] = {"bio": _bio, "bioes": _bioes}
