"""How often the translation of a pair that was left out is found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from explorer.applications.crosslingual.mapping import Mapping, Method
from explorer.embedding.analogy_report import wilson
from explorer.embedding.slicing import Slices
from explorer.embedding.vectors import Vectors

FOLDS = 20
"""With more pairs than this they are left out in so many groups, not one by one."""
METHODS: tuple[Method, ...] = ("nearest", "csls")


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


@dataclass(frozen=True, eq=False)
class Part:
    """Pairs, and what a rotation says of them: a group that was left out, or all that it was fitted to.

    Attributes
    ----------
    mapping : Mapping
    asked : tuple of (str, str)
    best : dict of str to (n,) array
        Row of the best target word of each pair, by "nearest" and by "csls".
    scores : dict of str to (n, k) array
        Scores of the target words that were asked for.
    """

    mapping: Mapping
    asked: tuple[tuple[str, str], ...]
    best: dict[Method, np.ndarray]
    scores: dict[Method, np.ndarray]

    @property
    def guesses(self) -> list[Guess]:
        """The best word for each pair."""
        words = self.mapping.target.words
        return [
            Guess(one, other, {method: words[rows[i]] for method, rows in self.best.items()})
            for i, (one, other) in enumerate(self.asked)
        ]


def leave_out(source: Vectors, target: Vectors, pairs: Sequence[tuple[str, str]]) -> Iterator[list[Guess]]:
    """Guesses for all pairs, each from a rotation fitted to the others; one list for each pair or group left out."""
    return (part.guesses for part in leave_out_slices(source, target, pairs) if part is not None)


def groups_of(pairs: Sequence[tuple[str, str]]) -> int:
    """How many groups the pairs are left out in."""
    return min(len({one for one, _ in pairs}), FOLDS)


def leave_out_slices(
    source: Vectors, target: Vectors, pairs: Sequence[tuple[str, str]], columns: Sequence[int] = ()
) -> Iterator[Part | None]:
    """Every group of pairs left out once, in pieces of at most about 50 ms: None where a group is not done yet.

    A source word with several translations is left out with all of them, or it would have been told.

    Parameters
    ----------
    columns : sequence of int
        Rows of the target words whose scores are kept.
    """
    words = list(dict.fromkeys(one for one, _ in pairs))
    groups = groups_of(pairs)
    for group in range(groups):
        hidden = set(words[group::groups])
        known = [pair for pair in pairs if pair[0] not in hidden]
        if len(known) > 1:
            mapping = Mapping.fit(source, target, known)
            yield None
            yield (yield from tested_slices(mapping, [pair for pair in pairs if pair[0] in hidden], columns))


def tested_slices(mapping: Mapping, asked: Sequence[tuple[str, str]], columns: Sequence[int] = ()) -> Slices[Part]:
    """The best target word for each pair by a rotation, in pieces of at most about 50 ms."""
    yield from mapping.crowding_slices()
    rows, chosen = mapping.source.numbers([one for one, _ in asked]), np.asarray(columns, dtype=np.int64)
    best: dict[Method, list[np.ndarray]] = {"nearest": [], "csls": []}
    kept: dict[Method, list[np.ndarray]] = {"nearest": [], "csls": []}
    size = mapping.rows_at_once
    for start in range(0, len(rows), size):
        for method in METHODS:
            scores = mapping.scores(rows[start : start + size], method)
            best[method].append(scores.argmax(axis=1))
            kept[method].append(scores[:, chosen])
        yield None
    return Part(mapping, tuple(asked), _joined(best), _joined(kept))


def _joined(parts: dict[Method, list[np.ndarray]]) -> dict[Method, np.ndarray]:
    return {method: np.concatenate(arrays) for method, arrays in parts.items()}


def precision(guesses: Sequence[Guess], pairs: Sequence[tuple[str, str]], method: Method) -> Precision:
    """Precision at 1: a guess is right when it is any translation that the dictionary has for the word."""
    true = set(pairs)
    asked = {guess.source: guess.found[method] for guess in guesses}
    return Precision(sum((word, found) in true for word, found in asked.items()), len(asked))
