"""`LaboratoryExperiment`: everything that is measured of one cell's gradient, as one value.

Knows no torch: pages read it before anything heavy is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, Self

from pydantic import ConfigDict, field_validator, model_validator

from explorer.experiment import Experiment, setting
from explorer.frame import Changes, Frame, Wanted
from explorer.sequence.experiment import TEXT_LIMIT, SequenceExperiment
from explorer.sequence.laboratory.given import Trained
from explorer.sequence.laboratory.names import CellName
from explorer.sequence.laboratory.probe import Probe

LARGEST_STATE = 256
"""Numbers of state whose Jacobians are decomposed; one decomposition of more would hold everybody up."""
PROFILE, SPECTRUM, MATRIX = range(3)
"""Steps at which each part is complete."""


class LaboratoryExperiment(Experiment):
    """Profile, spectrum and T x T matrix of a probed cell or of a trained network, one after another.

    Equal experiments give equal frames to the bit.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    given: Probe | Trained = setting(
        ..., "Network", "What is measured: an untrained cell, or a network of one moment of its training.", "laboratory",
        private=True,
    )  # fmt: skip
    cell: CellName = setting(
        "lstm", "Cell", "The recurrent unit that is measured.", "laboratory",
        labels={"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"},
    )  # fmt: skip
    sample: int = setting(
        0, "Sample", "Whose Jacobians are decomposed; gradients are means over all samples.", "laboratory",
        ge=0, le=255, folded=True,
    )  # fmt: skip
    layer: int = setting(
        -1, "Layer", "Of a trained network; -1 is the top one, which the loss reaches first.", "laboratory",
        ge=-3, le=2, folded=True,
    )  # fmt: skip
    loss: Literal["answer", "every"] = setting(
        "answer", "Loss", "Of a trained network: the loss of the answer alone, or the mean of all steps that are scored.",
        "laboratory", labels={"answer": "Of the answer", "every": "Of every step"},
    )  # fmt: skip
    text: str = setting(
        "", "Your example", "What a trained network reads in place of its own example. It is never part of a link.",
        "laboratory", max_length=TEXT_LIMIT, private=True,
    )  # fmt: skip

    @field_validator("given", mode="before")
    @classmethod
    def _pair(cls, given: Any) -> Any:
        """(SequenceExperiment, weights) will do for a trained network."""
        if isinstance(given, tuple) and len(given) == 2 and isinstance(given[0], SequenceExperiment):
            return Trained(*given)
        return given

    @model_validator(mode="after")
    def _is_the_networks_cell(self) -> Self:
        """A trained network has the cell it has; equal measurements shall be equal values."""
        if isinstance(self.given, Trained):
            object.__setattr__(self, "cell", self.given.experiment.cell)
        else:
            for name in ("layer", "loss", "text"):
                object.__setattr__(self, name, type(self).model_fields[name].default)
        return self

    @property
    def hidden(self) -> int:
        """Units of one layer."""
        return self.given.experiment.hidden if isinstance(self.given, Trained) else self.given.hidden

    @property
    def state(self) -> int:
        """Numbers that the cell hands from step to step: an LSTM has two for each unit."""
        return self.hidden * (2 if self.cell == "lstm" else 1)

    @property
    def decomposes(self) -> bool:
        """Whether the state is small enough for the spectrum; otherwise the frames come without it."""
        return self.state <= LARGEST_STATE

    @property
    def steps(self) -> int:
        """The last step: profile (0), spectrum (1), matrix (2)."""
        return MATRIX

    def prepare(self) -> None:
        """Load torch and what the task reads, so that `frames` starts at once."""
        import explorer.sequence.laboratory.measuring  # noqa: F401

        if isinstance(self.given, Trained):
            self.given.experiment.prepare()

    def frames(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame]:
        """Three frames, each with what is known by then; see `explorer.sequence.laboratory.measuring.measure`."""
        return (frame for frame in self.slices(changes, wanted) if frame is not None)

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """The same in pieces of at most about 50 ms: None where a frame is not complete yet."""
        from explorer.sequence.laboratory.measuring import measure

        return measure(self, wanted)
