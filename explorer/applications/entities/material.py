"""What a tagger learns from and what it is judged on: the shipped sentences, or a visitor's files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from explorer.applications.entities import sentences as shipped
from explorer.applications.entities.scoring import draws
from explorer.applications.entities.tags import Entity, Tagged, entities, kinds_of, tag_names
from explorer.sequence.tasks.making import Once

if TYPE_CHECKING:
    from explorer.applications.entities.experiment import EntityExperiment

HELD_OUT_PART = 5
"""Of a single file, every fifth sentence is held out."""
MOST_JUDGED = 12_000
"""Words that are judged at each look; of more held-out sentences, some are taken evenly."""
NEW_NAMES, NEW_PATTERNS, REAL, OWN = "new names", "new patterns", "Wikipedia", "held out"
REAL_SENTENCES = Path(__file__).parents[3] / "assets" / "entities.conll"
"""Sentences of Wikipedia articles, tagged by hand."""
MOST_KEPT, HEAVIEST = 64, 20e6
"""Own files that are kept when nobody uses them, and the characters of all; those in use are never read twice."""
_own = Once(MOST_KEPT, HEAVIEST)


@dataclass(frozen=True, eq=False)
class Material:
    """Sentences with their tags.

    Attributes
    ----------
    training : tuple of Tagged
    parts : dict of str to tuple of Tagged
        What is held out, by what is new in it; the first part is what F1 means unless another is named.
    left_out : int
        Held-out sentences that are not judged, for there are so many.
    """

    training: tuple[Tagged, ...]
    parts: dict[str, tuple[Tagged, ...]]
    left_out: int = 0

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of names in all sentences, in alphabetical order."""
        return kinds_of((*self.training, *self.held_out))

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """All tags, O first."""
        return tag_names(self.kinds)

    @cached_property
    def held_out(self) -> tuple[Tagged, ...]:
        """All held-out sentences, part after part."""
        return tuple(one for part in self.parts.values() for one in part)

    @cached_property
    def true(self) -> tuple[list[Entity], ...]:
        """The entities of each held-out sentence."""
        return tuple(entities(one.tags) for one in self.held_out)

    @cached_property
    def known_names(self) -> frozenset[str]:
        """All names in training sentences, in small letters."""
        return frozenset(name.lower() for name in shipped.names_in(self.training))

    @cached_property
    def unseen(self) -> tuple[list[Entity], ...]:
        """Of each sentence of the first part, the entities whose names no training sentence has."""
        first = next(iter(self.parts.values()))
        return tuple(
            [entity for entity in found if not self.is_known(one, entity)]
            for one, found in zip(first, self.true[: len(first)], strict=True)
        )

    @cached_property
    def draws(self) -> dict[str, np.ndarray]:
        """For each part, how often each of its sentences is drawn for the interval of F1; see `scoring.draws`."""
        return {name: draws(len(inside)) for name, inside in self.parts.items()}

    def prepare(self) -> None:
        """Work out now what every measurement looks up."""
        _ = self.unseen, self.draws

    def part(self, name: str) -> slice:
        """Where a part stands among all held-out sentences."""
        start = 0
        for other, inside in self.parts.items():
            if other == name:
                return slice(start, start + len(inside))
            start += len(inside)
        raise KeyError(name)

    def is_known(self, sentence: Tagged, entity: Entity) -> bool:
        """Whether a training sentence has this name, whatever its kind."""
        return " ".join(sentence.words[entity.start : entity.end]).lower() in self.known_names


def material_of(experiment: EntityExperiment) -> Material:
    """The sentences of an experiment; read once.

    Raises
    ------
    ValueError
        When it asks for a visitor's file and there is none, or the two files have no kind in common.
    """
    if experiment.data == "own":
        train, test = experiment.own_train, experiment.own_test
        return _own.get((train, test), lambda: _read_own(train, test), len(train) + len(test))
    return _shipped()


@lru_cache(maxsize=1)
def _shipped() -> Material:
    from explorer.applications.entities.conll import read_conll

    real = read_conll(REAL_SENTENCES.read_bytes())
    parts = {NEW_NAMES: shipped.held_out_sentences(), NEW_PATTERNS: shipped.new_sentences(), REAL: real}
    return Material(shipped.training_sentences(), parts)


def _read_own(train: str, test: str) -> Material:
    from explorer.applications.entities.conll import read_conll

    if not train:
        raise ValueError("There is no file to learn from. Open a CoNLL file in the sidebar, or choose Patterns.")
    training = read_conll(train.encode())
    held_out = read_conll(test.encode()) if test else training[HELD_OUT_PART - 1 :: HELD_OUT_PART]
    if not test:
        training = tuple(one for i, one in enumerate(training, start=1) if i % HELD_OUT_PART)
    if not set(kinds_of(training)) & set(kinds_of(held_out)):
        raise ValueError(
            "No kind of name is both in the sentences to learn from and in those held out, so nothing could be found. "
            "Open files whose tags have the same kinds."
        )
    judged = _some(held_out)
    return Material(training, {OWN: judged}, len(held_out) - len(judged))


def _some(sentences: Sequence[Tagged]) -> tuple[Tagged, ...]:
    """Of sentences with too many words, every k-th."""
    words = sum(len(one.words) for one in sentences)
    return tuple(sentences[:: max(1, -(-words // MOST_JUDGED))])
