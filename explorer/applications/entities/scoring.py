"""How well entities are found: precision, recall and F1 of whole entities, with intervals, and what went wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import numpy as np

from explorer.applications.entities.tags import Entity

RESAMPLES, SEED = 400, 11
Fault = Literal["missed", "invented", "kind", "bounds", "both"]
FAULTS: dict[Fault, str] = {
    "missed": "not found", "invented": "no name", "kind": "wrong kind", "bounds": "wrong bounds", "both": "kind and bounds wrong",
}  # fmt: skip


class Counts(NamedTuple):
    """Entities that are found and right, all that were found, and all there are. An entity is right whole or not at all."""

    right: int
    found: int
    true: int

    @property
    def precision(self) -> float:
        """Of the entities found, the share that is right; 0 where none was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Of the entities there are, the share that was found; 0 where there are none."""
        return self.right / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.true) if self.found + self.true else 0.0


class Mistake(NamedTuple):
    """What went wrong at one place: what is there (None: nothing), what was said (None: nothing), and what kind of fault."""

    true: Entity | None
    said: Entity | None
    fault: Fault


def count(true: Iterable[Entity], said: Iterable[Entity]) -> Counts:
    """The counts of one sentence, or of one kind in it. Same kind, same first word, same last word: nothing less is right."""
    true, said = set(true), set(said)
    return Counts(len(true & said), len(said), len(true))


def total(counts: Iterable[Sequence[int]]) -> Counts:
    """All counts added up."""
    added = np.sum(np.array([*counts, (0, 0, 0)]), axis=0)
    return Counts(*(int(number) for number in added))


def by_kind(true: Sequence[Sequence[Entity]], said: Sequence[Sequence[Entity]], kinds: Sequence[str]) -> dict[str, Counts]:
    """The counts of each kind over all sentences."""
    return {
        kind: total(
            count([one for one in right if one.kind == kind], [one for one in given if one.kind == kind])
            for right, given in zip(true, said, strict=True)
        )
        for kind in kinds
    }


def f1_interval(counts: Sequence[Counts], drawn: np.ndarray | None = None) -> tuple[float, float]:
    """95 % interval of F1: whole sentences drawn again and again with replacement (percentile bootstrap, Efron 1979).

    F1 is no share of independent answers, so that Wilson's interval does not fit it.

    Parameters
    ----------
    counts : sequence of Counts
        One for each sentence; the resampling is always the same for so many sentences.
    drawn : numpy.ndarray, optional
        What `draws` gives for so many sentences, where it is known already.
    """
    if not len(counts):
        return 0.0, 1.0
    drawn = draws(len(counts)) if drawn is None else drawn
    # Whole numbers far below 2**24: float32 adds them exactly, in half the time.
    right, found, true = (drawn @ np.array(counts, dtype=np.float32)).T.astype(np.float64)
    values = np.divide(2 * right, found + true, out=np.zeros_like(right), where=found + true > 0)
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def draws(sentences: int) -> np.ndarray:
    """How often each sentence is drawn in each resample, float32 (400, sentences)."""
    generator = np.random.default_rng(SEED)
    drawn = (np.bincount(generator.integers(sentences, size=sentences), minlength=sentences) for _ in range(RESAMPLES))
    return np.array(list(drawn), dtype=np.float32)


def mistakes(true: Sequence[Entity], said: Sequence[Entity]) -> list[Mistake]:
    """What went wrong in a sentence, from left to right; each entity that is not right is in one mistake at least."""
    wrong = [one for one in said if one not in true]
    lacking = [one for one in true if one not in said]
    found = [_mistake(one, other) for one in lacking for other in wrong if _overlap(one, other)]
    met = {one for mistake in found for one in (mistake.true, mistake.said)}
    found += [Mistake(one, None, "missed") for one in lacking if one not in met]
    # What overlaps an entity that was also found rightly cannot happen: entities said do not overlap one another.
    found += [Mistake(None, one, "invented") for one in wrong if one not in met]
    return sorted(found, key=lambda mistake: (mistake.true or mistake.said)[1])


def fault_counts(all_mistakes: Iterable[Mistake]) -> dict[Fault, int]:
    """How often each kind of fault was made, in the order of `FAULTS`."""
    counts = Counter(mistake.fault for mistake in all_mistakes)
    return {fault: counts[fault] for fault in FAULTS}


def _mistake(true: Entity, said: Entity) -> Mistake:
    same_place, same_kind = true[1:] == said[1:], true.kind == said.kind
    return Mistake(true, said, "kind" if same_place else "bounds" if same_kind else "both")


def _overlap(one: Entity, other: Entity) -> bool:
    return one.start < other.end and other.start < one.end
