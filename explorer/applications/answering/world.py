"""A small world: people go to places, take things and drop them; where is who, and where is what?

Which sentences an answer needs is known by construction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

PEOPLE = ("mary", "john", "sandra", "daniel", "julie", "bill", "emma", "fred")
PLACES = ("kitchen", "garden", "office", "bathroom", "hallway", "bedroom", "school", "park", "cinema", "cellar")
THINGS = ("ball", "apple", "milk", "book", "lamp", "key")
PADDING = "<nothing>"
GOES, TAKES, DROPS = "went", "took", "dropped"
MOVES = 0.5
"""Share of the sentences in which somebody goes somewhere, where things can be taken or dropped as well."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Somebody goes to a place, takes a thing or drops it."""

    who: str
    what: str
    where: str

    @property
    def words(self) -> tuple[str, ...]:
        """The sentence, word by word."""
        return (self.who, GOES, "to", "the", self.where) if self.what == GOES else (self.who, self.what, "the", self.where)


@dataclass(frozen=True, slots=True)
class Story:
    """What happened, what is asked, and the answer.

    Attributes
    ----------
    facts : tuple of Fact
    asked : str
        A person or a thing.
    answer : str
        A place.
    needed : tuple of int
        The facts that the answer needs, in the order in which one looks them up: for a thing first who took or dropped it.
    """

    facts: tuple[Fact, ...]
    asked: str
    answer: str
    needed: tuple[int, ...]

    @property
    def question(self) -> tuple[str, ...]:
        """The question, word by word."""
        return ("where", "is", self.asked) if self.asked in PEOPLE else ("where", "is", "the", self.asked)


class World:
    """People, places and things, and the stories about them.

    Parameters
    ----------
    people, places, things : int
        How many there are of each.
    """

    def __init__(self, people: int = 4, places: int = 6, things: int = 3) -> None:
        self.people, self.places, self.things = PEOPLE[:people], PLACES[:places], THINGS[:things]

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """All words; number 0 is padding."""
        return (PADDING, "where", "is", "to", "the", GOES, TAKES, DROPS, *self.people, *self.places, *self.things)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Number of each word."""
        return {word: i for i, word in enumerate(self.vocabulary)}

    def story(self, generator: np.random.Generator, length: int, two: bool) -> Story:
        """A story of so many sentences, with a question that it answers.

        Parameters
        ----------
        generator : numpy.random.Generator
        two : bool
            Whether a thing is asked for, so that two facts are needed.
        """
        while True:
            facts = self._facts(generator, length)
            askable = [asked for asked in (self.things if two else self.people) if look_up(facts, asked) is not None]
            if askable:
                asked = askable[int(generator.integers(len(askable)))]
                answer, needed = look_up(facts, asked)  # type: ignore[misc]
                return Story(facts, asked, answer, needed)

    def _facts(self, generator: np.random.Generator, length: int) -> tuple[Fact, ...]:
        draws = generator.random((length, 4)).tolist()
        where: dict[str, str] = {}
        holds: dict[str, str] = {}
        facts = []
        for first, second, third, fourth in draws:
            who = self.people[int(first * len(self.people))]
            own = [thing for thing, owner in holds.items() if owner == who]
            free = [thing for thing in self.things if thing not in holds]
            if who not in where or second < MOVES or not (own or free):
                others = [place for place in self.places if place != where.get(who)]
                where[who] = others[int(third * len(others))]
                facts.append(Fact(who, GOES, where[who]))
            elif own and (not free or fourth < 0.4):
                thing = own[int(third * len(own))]
                del holds[thing]
                facts.append(Fact(who, DROPS, thing))
            else:
                thing = free[int(third * len(free))]
                holds[thing] = who
                facts.append(Fact(who, TAKES, thing))
        return tuple(facts)


def look_up(facts: Iterable[Fact], asked: str) -> tuple[str, tuple[int, ...]] | None:
    """Where a person or a thing is after a story, and which facts say so; None where the story does not tell.

    A person is where the person went last. A thing is with whoever took it last, or where it was dropped: where that
    person was then.
    """
    facts = tuple(facts)
    if asked in PEOPLE:
        place = _last(facts, len(facts), asked, GOES)
        return None if place is None else (facts[place].where, (place,))
    touched = next((i for i in reversed(range(len(facts))) if facts[i].what != GOES and facts[i].where == asked), None)
    if touched is None:
        return None
    until = touched if facts[touched].what == DROPS else len(facts)
    place = _last(facts, until, facts[touched].who, GOES)
    return None if place is None else (facts[place].where, (touched, place))


def _last(facts: tuple[Fact, ...], until: int, who: str, what: str) -> int | None:
    return next((i for i in reversed(range(until)) if facts[i].who == who and facts[i].what == what), None)


def last_place(story: Story) -> str:
    """The place that is named last: a rule that needs no question, the baseline to beat."""
    return next((fact.where for fact in reversed(story.facts) if fact.what == GOES), "")


LONGEST = 5
"""Words of a sentence, at most."""


def encode(world: World, stories: list[Story]) -> dict[str, np.ndarray]:
    """Stories as numbers of words: N stories of T sentences (the longest; shorter ones are padded in front), W words each.

    Returns
    -------
    dict of str to numpy.ndarray
        "facts" int64 (N, T, W), "question" int64 (N, W), "answer" int64 (N,) place, "needed" bool (N, T, 2): the facts that
        are needed at the first and at the last look.
    """
    n, t = len(stories), max(len(story.facts) for story in stories)
    facts, question = np.zeros((n, t, LONGEST), dtype=np.int64), np.zeros((n, LONGEST), dtype=np.int64)
    needed = np.zeros((n, t, 2), dtype=bool)
    for i, story in enumerate(stories):
        shift = t - len(story.facts)
        for j, fact in enumerate(story.facts):
            words = [world.numbers[word] for word in fact.words]
            facts[i, shift + j, : len(words)] = words
        question[i, : len(story.question)] = [world.numbers[word] for word in story.question]
        needed[i, shift + story.needed[0], 0] = True
        needed[i, shift + story.needed[-1], 1] = True
    answer = np.array([world.places.index(story.answer) for story in stories])
    return {"facts": facts, "question": question, "answer": answer, "needed": needed}


def parse(world: World, text: str, asked: str) -> Story:
    """A visitor's story, a sentence in each line: ``Mary went to the kitchen``, ``Mary took the ball``, ``Mary dropped it``.

    Raises
    ------
    ValueError
        Names the first line that does not belong to this world, or says that the story does not tell the answer.
    """
    facts = tuple(_fact(world, line) for line in text.splitlines() if line.strip())
    if not 1 <= len(facts) <= 30:
        raise ValueError("Write one to thirty sentences, each in a line of its own.")
    found = look_up(facts, asked)
    if found is None:
        raise ValueError(f"This story does not tell where {asked} is. Let somebody go somewhere first.")
    return Story(facts, asked, *found)


def _fact(world: World, line: str) -> Fact:
    words = [word.strip(".,!").lower() for word in line.split()]
    words = [word for word in words if word not in ("to", "the", "a")]
    if len(words) == 3 and words[0] in world.people:
        who, what, where = words
        if (what == GOES and where in world.places) or (what in (TAKES, DROPS) and where in world.things):
            return Fact(who, what, where)
    raise ValueError(
        f"“{line.strip()[:60]}” is no sentence of this world. Write for instance “{world.people[0]} went to the {world.places[0]}” or "
        f"“{world.people[0]} took the {world.things[0]}”. There are: {', '.join((*world.people, *world.places, *world.things))}."
    )
