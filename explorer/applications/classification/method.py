"""What every way of reading has in common, whatever it is made of."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import ClassVar, Protocol, TypeVar

import numpy as np

from explorer.applications.classification.texts import Text

T = TypeVar("T")
Slices = Generator[None, None, T]
"""Work in pieces of at most about 50 ms, with its result at the end."""


class Classifier(Protocol):
    """One that has learned.

    Attributes
    ----------
    how : str
        How `contributions` come about, in words.
    exact : bool
        Whether they add up to the score, but for its constant part.
    """

    how: ClassVar[str]
    exact: ClassVar[bool]

    def scores(self, texts: Sequence[Text]) -> Slices[np.ndarray]:
        """Logits, float64 (n, classes); None now and then on the way."""
        ...

    def contributions(self, text: Text, number: int) -> np.ndarray:
        """What each word adds to a class above the mean of the others, float64 (words,)."""
        ...

    def weights(self) -> Mapping[str, np.ndarray]:
        """What was learned, by name."""
        ...


def run_through(slices: Slices[T]) -> T:
    """The result of work in pieces, without a pause."""
    while True:
        try:
            next(slices)
        except StopIteration as end:
            return end.value
