"""`ArchitectureExperiment`: the same tasks and the same training for networks that are not recurrent. Knows no torch."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from explorer.experiment import setting
from explorer.sequence.experiment import READS_THE_ANSWER, SHAPES, SequenceExperiment

RECURRENT = ("rnn", "lstm", "gru")
COMPARISONS = ("window", "average", "tcn", "cnn", "transformer")
ARCHITECTURE_TITLES = {
    "rnn": "RNN",
    "lstm": "LSTM",
    "gru": "GRU",
    "window": "Window",
    "average": "Average",
    "tcn": "TCN",
    "cnn": "CNN",
    "transformer": "Transformer",
}
PICTURES = frozenset({"digits", "picture", "rows"})
"""Tasks whose input is a picture of 8 x 8 pixels."""
RECURRENT_FIELDS = frozenset({"bidirectional", "initialisation", "spectral_radius"})
"""Fields that mean something only for recurrent networks and do not say so themselves."""
WITHOUT_LAYERS = frozenset({"tcn"})


class ArchitectureExperiment(SequenceExperiment):
    """One training of one network, recurrent or not, on one task.

    With a recurrent cell it trains to the bit like the `SequenceExperiment` of the same settings.
    """

    suggested_by: ClassVar = {
        "cell": {
            "window": {"hidden": 32, "layers": 2, "learning_rate": 0.002},
            "average": {"hidden": 32, "layers": 2, "learning_rate": 0.002},
            "tcn": {"hidden": 20, "learning_rate": 0.002},
            "cnn": {"hidden": 16, "layers": 2, "learning_rate": 0.002},
            "transformer": {"hidden": 32, "layers": 1, "learning_rate": 0.003},
        }
    }

    cell: Literal["rnn", "lstm", "gru", "window", "average", "tcn", "cnn", "transformer"] = setting(
        "transformer",
        "Architecture",
        "How the network gets at what it read earlier: through a memory, a window, an average, convolutions or attention.",
        "architecture",
        labels=ARCHITECTURE_TITLES,
    )
    window: int = setting(
        8, "Window", "How many of the last steps the network sees at once; all before them it cannot know.",
        "architecture", ge=1, le=200, cells=("window",),
    )  # fmt: skip
    kernel: int = setting(
        3, "Kernel", "How many neighbouring steps (or pixels, each way) one convolution joins.", "architecture",
        ge=2, le=8, cells=("tcn", "cnn"),
    )  # fmt: skip
    levels: int = setting(
        0, "Levels", "Blocks of two convolutions; each looks twice as far apart as the one below. 0: as many as the sequence needs.",
        "architecture", ge=0, le=8, cells=("tcn",),
    )  # fmt: skip
    heads: int = setting(
        2, "Heads", "Attentions side by side in each layer; each may look for something else.", "architecture",
        ge=1, le=8, cells=("transformer",),
    )  # fmt: skip
    positions: Literal["sinusoidal", "learned", "none"] = setting(
        "sinusoidal",
        "Positions",
        "How the network is told where a step stands: by waves of many lengths, by learned vectors, or not at all.",
        "architecture",
        labels={"sinusoidal": "Waves", "learned": "Learned", "none": "None"},
        cells=("transformer",),
    )
    causal: bool = setting(
        True, "Only look back", "Each step sees itself and what came before it, as a network must that predicts what comes next.",
        "architecture", cells=("tcn", "average", "transformer"),
    )  # fmt: skip

    @model_validator(mode="after")
    def _forget_what_is_not_read(self) -> Self:
        """Beside what visitors bring: no reading from the right where it means nothing or would show the answer."""
        for field, plain in (("causal", True), ("bidirectional", False)):
            if not self.applies(field, self.task, self.cell):
                object.__setattr__(self, field, plain)
        return super()._forget_what_is_not_read()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.cell == "cnn" and self.task not in PICTURES:
            raise ValueError(
                f"cell: a CNN looks at pictures, and the task {self.task!r} has none; choose the task digits, picture or "
                "rows, or the TCN, whose convolutions run along time."
            )
        return super()._fits_together()

    @classmethod
    def applies(cls, field: str, task: str, cell: str) -> bool:
        """Whether a field means anything for this task and architecture."""
        if field in RECURRENT_FIELDS and cell not in RECURRENT:
            return False
        if field == "layers" and cell in WITHOUT_LAYERS:
            return False
        if field == "causal" and not _may_look_ahead(task, cell):
            return False
        return super().applies(field, task, cell)


def _may_look_ahead(task: str, cell: str) -> bool:
    """Where what comes later is no answer; what answers once, from its last step, has nothing ahead of that.

    Between its layers a Transformer has: its other steps may look ahead, and the last one looks at them.
    """
    return task not in READS_THE_ANSWER and (cell == "transformer" or SHAPES[task] == "in step")
