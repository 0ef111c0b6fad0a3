"""`Contestant`: one architecture in a race, trained from several seeds at once."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.experiment import bounds, setting
from explorer.frame import Changes, Frame, Wanted
from explorer.sequence.architectures.experiment import ArchitectureExperiment

MOST_SEEDS = 5


class Contestant(ArchitectureExperiment):
    """Several trainings that differ in nothing but their seed, made step by step together.

    Equal contestants give equal frames to the bit, and the training of each seed is that of the experiment with this seed alone.
    """

    seeds: int = setting(
        1, "Seeds", "Trainings of each architecture, with other initial weights and other sequences: a line becomes a band.",
        "training", ge=1, le=MOST_SEEDS,
    )  # fmt: skip

    def members(self) -> tuple[ArchitectureExperiment, ...]:
        """The trainings, one for each seed; the first has the contestant's own."""
        given = {name: getattr(self, name) for name in ArchitectureExperiment.model_fields}
        last = bounds(type(self), "seed")[1]
        return tuple(
            ArchitectureExperiment(**{**given, "seed": (self.seed + k) % (last + 1)}) for k in range(self.seeds)
        )

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """All seeds in pieces of at most about 50 ms; see `explorer.sequence.race.together.train_together`."""
        from explorer.sequence.race.together import train_together

        return train_together(self, changes, wanted)
