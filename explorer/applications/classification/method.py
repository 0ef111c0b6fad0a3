"""What every way of reading has in common, whatever it is made of."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import ClassVar, Protocol, TypeVar

import numpy as np

from explorer.applications.classification.texts import Text

T = TypeVar("T")
Learning = Generator[float, None, T]
"""Work in pieces of at most about 50 ms: the share that is done after each, and the result at the end."""
Weights = Mapping[str, np.ndarray]


class Classifier(Protocol):
    """One that has learned.

    Attributes
    ----------
    how : str
        How `contributions` come about, in a few words.
    exact : bool
        Whether they add up to the score, but for a part that is the same for all texts.
    """

    how: ClassVar[str]
    exact: ClassVar[bool]

    def scores(self, texts: Sequence[Text]) -> Learning[np.ndarray]:
        """Logits, float64 (n, classes)."""
        ...

    def contributions(self, text: Text, number: int) -> np.ndarray:
        """What each word adds to the score of a class above the mean of all others, float64 (words,)."""
        ...

    def weights(self) -> Weights:
        """What was learned, by name; see `learning.restore`."""
        ...


def run_through(work: Learning[T]) -> T:
    """The result of work in pieces, without a pause."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value
