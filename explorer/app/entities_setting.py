"""What the page "Named entities" is set to, as one value: a training, what learns beside it, and what is looked at."""

from __future__ import annotations

from typing import Literal

from explorer.applications.entities import EntityExperiment
from explorer.experiment import setting

PAGE = "entities"
BESIDE = {"one way": "The other way of reading", "parts": "Without its parts", "nothing": "Nothing"}
BOTH_WAYS, ONE_WAY = "both ways", "one way"
PARTS = ("words", "letters", "GloVe")
"""What a tagger may know of a word, in the order in which it is said."""


class EntityView(EntityExperiment):
    """One view of the page: everything that its address says. Sentences and words are counted from 1."""

    beside: Literal["one way", "parts", "nothing"] = setting(
        "one way", "Beside it",
        "What learns the same beside it: a twin that reads one way only (or both), or the same tagger without letters, without "
        "GloVe vectors, and without either.", "network", labels=BESIDE,
    )  # fmt: skip
    sentence: int = setting(0, "Sentence", "A held-out sentence by number; 0 leaves the choice to the page.", "view", ge=0, le=20_000)
    word: int = setting(0, "Word", "Whose tag is explained; 0 means the first name.", "view", ge=0, le=150)

    def training(self) -> EntityExperiment:
        """The training alone."""
        return EntityExperiment(**{name: getattr(self, name) for name in EntityExperiment.model_fields})

    def members(self) -> dict[str, EntityExperiment]:
        """The tagger and those beside it, by what tells them apart."""
        first = self.training()
        if self.beside == "nothing":
            return {name_of(first): first}
        if self.beside == "one way":
            return {way_of(one): one for one in (first, first.other_way())}
        known = [(self.letters, self.vectors), (True, True), (False, True), (True, False), (False, False)]
        return {name_of(one): one for one in (first.replace(letters=a, vectors=b) for a, b in known)}


def way_of(experiment: EntityExperiment) -> str:
    """How a tagger reads."""
    return BOTH_WAYS if experiment.bidirectional else ONE_WAY


def name_of(experiment: EntityExperiment) -> str:
    """What a tagger knows of a word."""
    known = (True, experiment.letters, experiment.vectors)
    return " + ".join(part for part, has in zip(PARTS, known, strict=True) if has)
