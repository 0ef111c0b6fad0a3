"""One step, layer, direction of reading and unit of what is looked at."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.app.looking import Look
from explorer.app.stepping import Stepping
from explorer.figures.palette import VISIBLE


@dataclass(frozen=True, slots=True)
class Spot:
    """One step, layer, direction of reading and unit of a look, all counted from 0."""

    seen: Look
    now: Stepping

    @property
    def t(self) -> int:
        """The step, counted from 0."""
        return self.now.step - 1

    @property
    def unit(self) -> int:
        """The unit, counted from 0."""
        return self.now.unit - 1

    @property
    def layer(self) -> int:
        """The layer, counted from 0."""
        return self.now.layer - 1

    @property
    def direction(self) -> int:
        """0 for the half that reads to the right, 1 for the other."""
        return 0 if self.now.reading == "right" else 1

    @property
    def word(self) -> str:
        """What is read at this step, a blank made visible."""
        word = self.seen.words[self.t]
        return VISIBLE.get(word, word)

    @property
    def source(self) -> str:
        """What this layer reads at this step, within a sentence; may hold a visitor's words."""
        if self.layer:
            return f"layer {self.layer} below"
        return f"the {_kind(self.seen)} “{self.word}”"

    @property
    def cell(self) -> str:
        """Kind of recurrent unit."""
        return self.seen.network.experiment.cell


def _kind(seen: Look) -> str:
    if seen.task.vocabulary is None:
        return "input"
    return "word" if seen.task.joiner == " " else "character"


def what_x_is(spot: Spot) -> str:
    """What this layer reads at each step, in words."""
    if spot.layer:
        return "the states of the layer below"
    return (
        "the numbers read"
        if spot.seen.task.vocabulary is None
        else f"the numbers that stand for the {_kind(spot.seen)} read"
    )
