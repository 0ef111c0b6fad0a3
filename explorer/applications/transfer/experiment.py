"""`TransferExperiment`: a pre-trained model put to use on a small labelled task, beside models that had no such start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal, Self

from pydantic import ConfigDict, model_validator

from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted
from explorer.sequence.experiment import MOST_REVIEWS, LongText, ShortText
from explorer.sequence.pretraining.experiment import SETTINGS_LIMIT, PretrainingExperiment

TASKS = {"topics": "Which article?", "sentiment": "Good or bad review?", "own": "My labelled texts"}
METHOD_TITLES = {
    "tuned": "Pre-trained, fine-tuned",
    "frozen": "Pre-trained, frozen",
    "scratch": "Same model from scratch",
    "glove_started": "Same size, words begin as GloVe",
    "glove_mean": "Average of GloVe, no network",
}
"""What is compared, in the order of the rows of every array."""
METHODS = tuple(METHOD_TITLES)
NETWORKS = ("tuned", "scratch", "glove_started")
"""Those that train a network; the others fit a linear readout on vectors that stay as they are."""
SIZES = (8, 32, 128, 512, 2048)
PARTS = 10
"""Steps of one fitting of a network; a linear readout is one step."""
WEIGHTS_LIMIT = 40_000_000


class TransferExperiment(Experiment):
    """Accuracy on a labelled task over the number of labelled examples, for five ways to begin.

    The same labelled examples, drawn anew `repeats` times, go to every way. The three networks have equally many layers,
    heads and width, and make equally many updates with the same optimizer.

    Raises ``pydantic.ValidationError`` when the settings of the pre-training are not admissible.
    """

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")
    leading: ClassVar[str] = "task"

    task: Literal["topics", "sentiment", "own"] = setting(
        "topics", "Labelled task",
        "Sentences of five Wikipedia articles that pre-training never read, 200 lines of film reviews, or your own texts.",
        "task", labels=TASKS,
    )  # fmt: skip
    reviews: tuple[tuple[LongText, ShortText], ...] = setting(
        (), "Your labelled texts",
        "Texts with a label each, from a file of your own. They stay in memory and are never part of a link.",
        "task", max_length=MOST_REVIEWS, private=True,
    )  # fmt: skip
    most: int = setting(
        128, "Labelled examples, at most", "The largest number of labelled examples that is tried; smaller ones come first.",
        "task", ge=8, le=2048, options=SIZES,
    )  # fmt: skip
    repeats: int = setting(
        2, "Draws", "How often the labelled examples are drawn anew; the accuracy is the mean.", "task", ge=1, le=10
    )
    updates: int = setting(
        120, "Updates", "How many updates each network makes on the labelled examples.", "training", ge=10, le=400, folded=True
    )
    learning_rate: float = setting(
        0.003, "Learning rate", "How far one update goes at most, for all three networks.", "training",
        ge=1e-5, le=0.1, folded=True, options=(1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 3e-3, 5e-3, 0.01, 0.02),
    )  # fmt: skip
    seed: int = setting(
        0, "Seed", "Picks the labelled examples, the order of updates and what begins at random.", "training",
        ge=0, le=2**31 - 1, folded=True,
    )  # fmt: skip
    pretrained: str = setting(
        "", "Pre-training", "The settings of the pre-training, as JSON.", "model", max_length=SETTINGS_LIMIT, private=True
    )
    weights: bytes = setting(
        b"", "Weights", "The pre-trained weights, in the safetensors format.", "model", max_length=WEIGHTS_LIMIT, private=True
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.pretrained:
            self.base()
        if self.task != "own":
            object.__setattr__(self, "reviews", ())
        return self

    def base(self) -> PretrainingExperiment:
        """The pre-training that the weights come from."""
        return PretrainingExperiment.model_validate_json(self.pretrained) if self.pretrained else PretrainingExperiment()

    @property
    def steps(self) -> int:
        """Pieces of work of a whole measurement, as far as the settings tell: see `explorer.applications.transfer.plan`."""
        from explorer.applications.transfer.plan import plan

        return sum(piece.parts for piece in plan(self))

    def prepare(self) -> None:
        """Read the texts and the vectors, and load scikit-learn (seconds, the first time)."""
        import numpy as np

        import explorer.applications.transfer.contenders  # noqa: F401  with it torch
        from explorer.applications.transfer.material import material_of
        from explorer.applications.transfer.readout import answers
        from explorer.applications.transfer.words import words_of
        from explorer.sequence.pretraining import vocabulary

        vocabulary(self.base())
        words_of(material_of(self))
        answers(np.eye(2), np.arange(2), np.eye(2))  # scikit-learn loads much of itself with the first fit

    def frames(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame]:
        """The measurement, a piece of work at a time; see `explorer.applications.transfer.measuring.measure`."""
        return (frame for frame in self.slices(changes, wanted) if frame is not None)

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """The same in pieces of at most about 50 ms: None where a frame is not complete yet."""
        from explorer.applications.transfer.measuring import measure

        return measure(self)
