"""Handwritten digits, 8 x 8 pixels, read from top to bottom: scikit-learn's part of the UCI collection."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
import torch

from explorer.sequence.tasks.recognition import Recognition
from explorer.sequence.tasks.task import Batch
from explorer.text.shipped import shipped

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment

SIDE = 8
BRIGHTEST = 16
HELD_OUT_PART = 4
"""The last quarter is held out, as one piece: pictures that follow each other are often by the same hand."""
STORY = {
    "rows": "The network reads a handwritten digit row by row, from the top, and names it after the last row. "
    "It must remember the strokes above while it reads those below.",
    "pixels": "The network reads a handwritten digit pixel by pixel and names it after the 64th. "
    "The same picture as in eight rows, but eight times as far to remember.",
}


Examples = list[tuple[torch.Tensor, int]]


def read_digits(shape: tuple[int, int]) -> tuple[Examples, Examples]:
    """All pictures with their digits: those to learn from, and the last quarter, which is held out.

    Parameters
    ----------
    shape : (int, int)
        Time steps, and pixels (brightness from 0 to 1) at each; together 64.
    """
    table = np.loadtxt(shipped("sklearn", "datasets", "data", "digits.csv.gz"), delimiter=",", dtype=np.float32)
    pictures, numbers = table[:, :-1], table[:, -1].astype(int)
    examples = list(zip(torch.from_numpy(pictures / BRIGHTEST).reshape(-1, *shape), numbers.tolist(), strict=True))
    cut = len(examples) - len(examples) // HELD_OUT_PART
    return examples[:cut], examples[cut:]


class Digits(Recognition):
    """8 steps of 8 pixels, or 64 steps of one; brightness from 0 to 1."""

    fields: ClassVar[tuple[str, ...]] = ("reading",)
    name = "digits"
    title = "Handwritten digits"
    labels = tuple("0123456789")

    def __init__(self, experiment: SequenceExperiment) -> None:
        self.reading = experiment.reading
        self.story = STORY[self.reading]
        shape = (SIDE, SIDE) if self.reading == "rows" else (SIDE * SIDE, 1)
        self._read(*read_digits(shape), noun="the digit ")

    def steps(self, batch: Batch, i: int = 0) -> list[str]:
        """Row or pixel, counted from 1."""
        if self.reading == "rows":
            return [f"row {row + 1}" for row in range(SIDE)]
        return [f"{row + 1}/{column + 1}" for row in range(SIDE) for column in range(SIDE)]
