"""`WorldExperiment`: a small network learns to answer questions about who is where, as one value.

Knows no torch: pages read it before anything heavy is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted

RATES = (0.0003, 0.001, 0.002, 0.003, 0.005, 0.01, 0.02)
HELD_OUT, STORIES = 256, 6
"""Stories on which readers are measured, and how many of them can be looked at."""
READERS = {"gru": "GRU", "attention": "Attention"}


class WorldExperiment(Experiment):
    """One training of one reader on stories that are made up as it goes on.

    Equal experiments give equal frames to the bit.

    References
    ----------
    Weston et al. 2016, Towards AI-complete question answering (the stories are of the kind of its tasks 1 and 2); Sukhbaatar et
    al. 2015, End-to-end memory networks.
    """

    needs: Literal["one", "two"] = setting(
        "one", "Facts needed", "“Where is Mary?” needs one sentence; “Where is the ball?” two: who had it, and where that person was.", "world",
        labels={"one": "One", "two": "Two"},
    )  # fmt: skip
    length: int = setting(8, "Sentences", "In each story.", "world", ge=4, le=16)
    people: int = setting(4, "People", "In all stories.", "world", ge=2, le=8, folded=True)
    places: int = setting(6, "Places", "In all stories.", "world", ge=3, le=10, folded=True)
    things: int = setting(3, "Things", "That are taken and dropped.", "world", ge=1, le=6, folded=True)
    reader: Literal["gru", "attention"] = setting(
        "attention", "Reader", "A GRU reads all words one after the other; attention looks at whole sentences, several times.", "reader", labels=READERS
    )
    hops: int = setting(2, "Looks", "How often attention looks at the story before it answers.", "reader", ge=1, le=3)
    shown: bool = setting(False, "Shown what matters", "Attention is also told during training which sentences are needed.", "reader")
    width: int = setting(48, "Numbers per state", "Of the GRU's state, and of a sentence's vector.", "reader", ge=8, le=96, folded=True)
    learning_rate: float = setting(0.003, "Learning rate", "How far one update goes at most.", "training", ge=1e-4, le=0.1, live=True, options=RATES)
    batch: int = setting(32, "Batch", "Stories looked at before each update.", "training", ge=1, le=64, folded=True)
    steps: int = setting(3000, "Steps", "Updates after which the training ends.", "training", ge=1, le=50_000, folded=True)
    seed: int = setting(0, "Seed", "Picks the initial weights and the stories; same seed, same run.", "training", ge=0, le=2**31 - 1, folded=True)

    def uses(self, field: str) -> bool:
        """Whether a field means anything beside the values of the others."""
        return field not in ("hops", "shown") or self.reader == "attention"

    def prepare(self) -> None:
        """Load torch."""
        import explorer.applications.answering.world_training  # noqa: F401

    def frames(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame]:
        """The training, one update at a time."""
        return (frame for frame in self.slices(changes, wanted) if frame is not None)

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """The same in pieces of at most about 50 ms: None where a frame is not complete yet."""
        from explorer.applications.answering.world_training import train

        return train(self, changes, wanted)
