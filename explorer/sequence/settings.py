"""The settings that may change while a training goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from explorer.frame import Changes

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for one update; see the experiment's fields of the same names."""

    learning_rate: float
    clip: float
    temperature: float

    @classmethod
    def at(cls, step: int, experiment: SequenceExperiment, changes: Changes) -> Self:
        """The experiment's settings with all changes up to this step, the later in the list the stronger."""
        values = {name: getattr(experiment, name) for name in ("learning_rate", "clip", "temperature")}
        for change in changes:
            if change.step <= step and change.field in values:
                values[change.field] = float(change.value)
        return cls(**values)
