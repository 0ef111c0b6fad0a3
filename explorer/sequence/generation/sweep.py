"""`SweepExperiment`: the same models with one knob of the rule turned from end to end, and what that does to their texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from explorer.experiment import setting
from explorer.frame import Changes, Frame, Wanted
from explorer.sequence.generation.rule import Rule
from explorer.sequence.generation.writing import WritingExperiment

VALUES = {
    "temperature": (0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.5),
    "top_k": (1, 2, 5, 10, 20, 50, 200),
    "top_p": (0.1, 0.3, 0.5, 0.7, 0.85, 0.95, 1.0),
}
"""Settings of each knob that are tried."""
KNOBS = {"temperature": "Temperature", "top_k": "Top-k", "top_p": "Top-p"}


class SweepExperiment(WritingExperiment):
    """Texts at seven settings of one knob, `texts` of each, by every model; the other knobs stay as they are."""

    knob: Literal["temperature", "top_k", "top_p"] = setting(
        "temperature", "Turn", "Which part of the rule is turned; the others stay as they are.", "sweep", labels=KNOBS
    )
    texts: int = setting(3, "Texts", "How many texts are written at each setting; what is shown is their mean.", "sweep", ge=1, le=8)

    @property
    def rules(self) -> list[Rule]:
        """The rule at each setting of the knob."""
        now = {"temperature": self.temperature, "top_k": self.top_k, "top_p": self.top_p}
        return [Rule(**{**now, self.knob: value}) for value in VALUES[self.knob]]

    @property
    def steps(self) -> int:
        """A step is a piece of every text of one model; of single letters so many are needed, and one to measure."""
        return len(self.models) * (self.length + 1)

    def slices(self, changes: Changes = (), wanted: Wanted | None = None) -> Iterator[Frame | None]:
        """In pieces of at most about 50 ms: None where a frame is not complete yet; see `sweeping.sweep`."""
        from explorer.sequence.generation.sweeping import sweep

        return sweep(self)
