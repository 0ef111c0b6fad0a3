"""A handwritten digit row by row, to be named after every row: how early can one tell?"""

from __future__ import annotations

from explorer.sequence.tasks.digits import SIDE, read_digits
from explorer.sequence.tasks.recognition import Recognition
from explorer.sequence.tasks.task import Batch


class Rows(Recognition):
    """Eight steps of eight pixels, and the digit at each: in step. The split of the task on digits."""

    name = "rows"
    title = "A digit, named after every row"
    topology = "many-to-many"
    labels = tuple("0123456789")
    story = (
        "The network reads a handwritten digit row by row, from the top, and has to name it after every row. After the first "
        "it can hardly know; with each row that it remembers, it can rule more digits out."
    )
    answer_sentence = "the loss of the answer after the last row"

    def __init__(self, experiment: object = None) -> None:
        self._read(*read_digits((SIDE, SIDE)), noun="the digit ")

    def _read(self, *parts: list, noun: str) -> None:
        super()._read(*parts, noun=noun)
        self.training, self._held_out = (at_every_step(batch) for batch in (self.training, self._held_out))

    def steps(self, batch: Batch, i: int = 0) -> list[str]:
        """Rows, counted from 1."""
        return [f"row {row + 1}" for row in range(SIDE)]


def at_every_step(batch: Batch) -> Batch:
    """Sequences of equal length with their one answer as the target of each step."""
    return Batch(batch.inputs, batch.targets[:, None].expand(batch.inputs.shape[:2]).contiguous(), batch.lengths)
