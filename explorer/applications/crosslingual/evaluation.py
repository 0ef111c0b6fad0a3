"""How often the translation of a pair that was left out is found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from explorer.applications.crosslingual.mapping import Mapping, Method
from explorer.embedding.analogy_report import wilson
from explorer.embedding.vectors import Vectors

FOLDS = 20
"""With more pairs than this they are left out in so many groups, not one by one."""


@dataclass(frozen=True)
class Guess:
    """What was found for a pair that the rotation did not know.

    Attributes
    ----------
    source, right : str
        The pair.
    found : dict of str to str
        The first word by "nearest" and by "csls".
    """

    source: str
    right: str
    found: dict[Method, str]


@dataclass(frozen=True)
class Precision:
    """Share of first guesses that are right, with a 95 % interval."""

    right: int
    asked: int

    @property
    def share(self) -> float:
        """NaN when nothing was asked."""
        return self.right / self.asked if self.asked else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's."""
        return wilson(self.right, self.asked)


def leave_out(source: Vectors, target: Vectors, pairs: Sequence[tuple[str, str]]) -> Iterator[list[Guess]]:
    """Guesses for all pairs, each from a rotation fitted to the others; one list for each pair or group left out.

    A source word with several translations is left out with all of them, or it would have been told.
    """
    words = list(dict.fromkeys(one for one, _ in pairs))
    groups = min(len(words), FOLDS)
    for group in range(groups):
        hidden = set(words[group::groups])
        known = [pair for pair in pairs if pair[0] not in hidden]
        asked = [pair for pair in pairs if pair[0] in hidden]
        if len(known) > 1:
            yield _guesses(Mapping.fit(source, target, known), asked)


def precision(guesses: Sequence[Guess], pairs: Sequence[tuple[str, str]], method: Method) -> Precision:
    """Precision at 1: a guess is right when it is any translation that the dictionary has for the word."""
    true = set(pairs)
    asked = {guess.source: guess.found[method] for guess in guesses}
    return Precision(sum((word, found) in true for word, found in asked.items()), len(asked))


def _guesses(mapping: Mapping, asked: Sequence[tuple[str, str]]) -> list[Guess]:
    rows = mapping.source.numbers([one for one, _ in asked])
    found = {method: mapping.scores(np.asarray(rows), method).argmax(axis=1) for method in ("nearest", "csls")}
    words = mapping.target.words
    return [
        Guess(one, other, {method: words[best[i]] for method, best in found.items()})
        for i, (one, other) in enumerate(asked)
    ]
