"""A handwritten digit at a glance: all 64 pixels in one step, so that there is nothing to remember."""

from __future__ import annotations

from explorer.sequence.tasks.digits import SIDE, read_digits
from explorer.sequence.tasks.recognition import Recognition
from explorer.sequence.tasks.task import Batch


class Picture(Recognition):
    """One step of 64 pixels, brightness from 0 to 1; the split of the task on digits."""

    name = "picture"
    title = "A digit at a glance"
    labels = tuple("0123456789")
    story = (
        "The network sees a whole handwritten digit in a single step and names it. One input, one output: there is no "
        "step before it, so the memory stays unused, and a recurrent network is a plain one with a hidden layer."
    )
    answer_sentence = "the loss of the answer"

    def __init__(self, experiment: object = None) -> None:
        self._read(*read_digits((1, SIDE * SIDE)), noun="the digit ")

    def steps(self, batch: Batch, i: int = 0) -> list[str]:
        """The one picture."""
        return ["picture"]
