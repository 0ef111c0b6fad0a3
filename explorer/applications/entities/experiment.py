"""`EntityExperiment`: a tagger that finds names, as one value. Knows no torch: pages read it before anything heavy is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted

LEARNING_RATES = (1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 3e-3, 5e-3, 0.01, 0.02, 0.03, 0.05, 0.1)
FILE_LIMIT = 5_000_000
"""Longest own file, in characters."""


class EntityExperiment(Experiment):
    """One training of one tagger. Equal experiments give equal frames to the bit.

    Raises ``pydantic.ValidationError`` for values out of bounds.
    """

    leading: ClassVar[str] = "data"
    suggested: ClassVar = {"own": {"steps": 1500, "hidden": 128}}

    data: Literal["patterns", "own"] = setting(
        "patterns", "Learn from", "Simple patterns with real names, or your own file.", "task",
        labels={"patterns": "Patterns", "own": "My file"},
    )  # fmt: skip
    own_train: str = setting(
        "", "Your sentences", "A CoNLL file to learn from. It stays in memory and is never part of a link.", "task",
        max_length=FILE_LIMIT, private=True,
    )  # fmt: skip
    own_test: str = setting(
        "", "Your held-out sentences", "A second CoNLL file, to be judged on. Without it every fifth sentence is held out.", "task",
        max_length=FILE_LIMIT, private=True,
    )  # fmt: skip

    bidirectional: bool = setting(
        True, "Read both ways", "Half of the units read from the end, so that each word is seen with what follows it.", "network"
    )
    letters: bool = setting(
        True, "Letters of each word", "A small convolution reads each word letter by letter: capitals, endings, digits.", "network"
    )
    vectors: bool = setting(
        True, "GloVe vectors", "Each word also comes with its vector from six billion words of text, which is not trained further.", "network"
    )
    chain: bool = setting(
        False, "Tags fit together",
        "A conditional random field: the best row of tags is chosen as a whole, not each tag alone (Lafferty et al. 2001).", "network",
    )  # fmt: skip
    cell: Literal["rnn", "lstm", "gru"] = setting(
        "lstm", "Cell", "The recurrent unit.", "network", labels={"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}, folded=True
    )
    hidden: int = setting(64, "Hidden units", "Numbers in the state, of both directions together.", "network", ge=4, le=200, folded=True)
    embedding: int = setting(24, "Learned vectors", "Numbers that are learned for each known word.", "network", ge=4, le=64, folded=True)

    learning_rate: float = setting(
        0.005, "Learning rate", "How far one step goes.", "training", ge=1e-5, le=10.0, live=True, options=LEARNING_RATES
    )
    clip: float = setting(
        5.0, "Clip gradients at", "Longer gradients are shortened to this norm; 0 turns clipping off.", "training",
        ge=0.0, le=100.0, live=True, folded=True, options=(0.0, 0.5, 1.0, 2.0, 5.0, 10.0, 100.0),
    )  # fmt: skip
    hiding: float = setting(
        0.3, "Hide words", "Share of the known words that are shown as unknown while it trains: names it knows by heart are not found by their context.",
        "training", ge=0.0, le=0.9, folded=True,
    )  # fmt: skip
    dropout: float = setting(
        0.2, "Dropout", "Share of the inputs and states that are set to zero while it trains.", "training", ge=0.0, le=0.8, folded=True
    )
    optimizer: Literal["sgd", "rmsprop", "adam"] = setting(
        "adam", "Optimizer", "The rule that turns gradients into steps.", "training",
        labels={"sgd": "SGD", "rmsprop": "RMSprop", "adam": "Adam"}, folded=True,
    )  # fmt: skip
    weight_decay: float = setting(
        0.0, "Weight decay", "Pulls all weights towards zero a little at every step.", "training",
        ge=0.0, le=0.1, folded=True, options=(0.0, 1e-5, 1e-4, 1e-3, 1e-2, 0.1),
    )  # fmt: skip
    batch: int = setting(16, "Batch", "Sentences looked at before each step.", "training", ge=1, le=64, folded=True)
    steps: int = setting(600, "Steps", "Updates after which the training ends.", "training", ge=1, le=20_000, folded=True)
    seed: int = setting(
        0, "Seed", "Picks the initial weights and the order of the data; same seed, same run.", "training", ge=0, le=2**31 - 1, folded=True
    )

    @model_validator(mode="after")
    def _keep_only_what_is_read(self) -> Self:
        """What visitors bring stays only where it is learned from: not in files of other runs, nor between equal ones."""
        if self.data != "own":
            object.__setattr__(self, "own_train", "")
            object.__setattr__(self, "own_test", "")
        return self

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.bidirectional and self.hidden % 2:
            raise ValueError(
                f"hidden: {self.hidden} units cannot be shared between two directions; take {self.hidden + 1 if self.hidden < 200 else 200}."
            )
        return self

    def uses(self, field: str) -> bool:
        """Whether a field means anything beside the values of the others."""
        return self.data == "own" or field not in ("own_train", "own_test")

    def other_way(self) -> Self:
        """The same tagger reading the other number of ways: the twin that it is measured against."""
        return self.replace(bidirectional=not self.bidirectional, hidden=self.hidden + self.hidden % 2)

    def prepare(self) -> None:
        """Load sentences, vectors and torch (seconds, the first time), so that `frames` starts at once."""
        from explorer.applications.entities import training  # noqa: F401  heavy: better now than in the first step
        from explorer.applications.entities.reading import reader_of

        reader_of(self).material.prepare()

    def frames(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame]:
        """The training, one update at a time; see `explorer.applications.entities.training.train`."""
        return (frame for frame in self.slices(changes, wanted) if frame is not None)

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """The same training in pieces of at most about 50 ms: None where a frame is not complete yet."""
        from explorer.applications.entities.training import train

        return train(self, changes, wanted)
