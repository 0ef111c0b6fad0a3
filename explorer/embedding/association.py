"""Association tests: are some words nearer to one idea than others are? (Caliskan, Bryson and Narayanan 2017)"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice
from math import comb

import numpy as np

from explorer.embedding.association_words import Group, Groups
from explorer.embedding.lookup import first_rows
from explorer.embedding.vectors import Vectors

EXACT = 100_000
"""Up to so many ways to divide the targets, all are tried; else so many at random."""
LEAST = 2
"""Words that a group must have."""
BATCH = 10_000
"""Divisions that are drawn at a time."""


@dataclass(frozen=True, eq=False)
class Association:
    """How two groups of targets lie between two groups of attributes.

    Attributes
    ----------
    groups : Groups
        With the words that were found.
    scores : tuple of two numpy.ndarray, float64
        For each target of the first and of the second group: its mean cosine with the one group of attributes less that
        with the other.
    effect : float
        The groups' means apart, in standard deviations (n - 1) of all targets: Cohen's d as the paper has it, between -2
        and 2. NaN where all targets score alike.
    p : float
        Share of the ways to divide all targets into groups of these sizes that are at least as far apart in this direction
        (one-sided, the way found included).
    divided : numpy.ndarray, (m,) float32
        Effect of each way that was tried.
    is_exact : bool
        Whether all ways were tried.
    missing : dict of str to tuple of str
        By name of the group, words without a vector.
    """

    groups: Groups
    scores: tuple[np.ndarray, np.ndarray]
    effect: float
    p: float
    divided: np.ndarray
    is_exact: bool
    missing: dict[str, tuple[str, ...]]


def associate(vectors: Vectors, groups: Groups, seed: int = 0) -> Association:
    """The word embedding association test (WEAT).

    Parameters
    ----------
    vectors : Vectors
    groups : Groups
        Words are found in any case.
    seed : int
        Of the random divisions, where there are too many to try all.

    Raises
    ------
    ValueError
        When a group has fewer than two words with vectors, or both groups of targets share a word.
    """
    found, rows, missing = _found(vectors, groups)
    one, other, towards, away = (_unit(vectors, rows, group.words) for group in found[1:])
    scores = tuple((part @ towards.T).mean(axis=1) - (part @ away.T).mean(axis=1) for part in (one, other))
    every = np.concatenate(scores)
    spread = every.std(ddof=1)
    if not spread > 1e-9:
        return Association(found, scores, float("nan"), float("nan"), np.zeros(0, np.float32), True, missing)
    effect = (scores[0].mean() - scores[1].mean()) / spread
    sums, is_exact = _divisions(every, len(scores[0]), seed)
    n, rest = len(scores[0]), len(scores[1])
    divided = (sums / n - (every.sum() - sums) / rest) / spread
    as_far = int((divided >= effect - 1e-9).sum())
    # Drawn at random, the way found counts as one more of them: no p is ever zero (Phipson and Smyth 2010).
    p = as_far / len(divided) if is_exact else (as_far + 1) / (len(divided) + 1)
    return Association(found, scores, float(effect), p, divided.astype(np.float32), is_exact, missing)


def ways(groups: Groups) -> int:
    """How many ways there are to divide the targets into groups of these sizes."""
    return comb(len(groups.one.words) + len(groups.other.words), len(groups.one.words))


def _found(vectors: Vectors, groups: Groups) -> tuple[Groups, dict[str, int], dict[str, tuple[str, ...]]]:
    """The groups without unknown words, the rows of the known, and what is missing."""
    asked = {word for group in groups[1:] for word in group.words}
    rows = first_rows(asked, vectors.words)
    kept = [Group(group.name, _once(group.words, rows)) for group in groups[1:]]
    for group, whole in zip(kept, groups[1:], strict=True):
        if len(group.words) < LEAST:
            lost = [word for word in whole.words if word not in rows]
            reason = f" {_listed(lost)} {'has' if len(lost) == 1 else 'have'} no vector." if lost else ""
            raise ValueError(f"The group “{group.name}” needs at least {LEAST} known words.{reason}")
    others = {rows[word] for word in kept[1].words}
    shared = [word for word in kept[0].words if rows[word] in others]
    if shared:
        raise ValueError(f"{_listed(shared)} cannot be in both groups that are compared.")
    missing = {group.name: tuple(word for word in group.words if word not in rows) for group in groups[1:]}
    return Groups(groups.title, *kept), rows, {name: words for name, words in missing.items() if words}


def _once(words: Sequence[str], rows: dict[str, int]) -> tuple[str, ...]:
    """The known words, each vector once: “Man” and “man” may be the same."""
    first: dict[int, str] = {}
    for word in words:
        if word in rows:
            first.setdefault(rows[word], word)
    return tuple(first.values())


def _listed(words: Collection[str], most: int = 8) -> str:
    shown = ", ".join(f"“{word}”" for word in islice(words, most))
    return f"{shown} and {len(words) - most} more" if len(words) > most else shown


def _unit(vectors: Vectors, rows: dict[str, int], words: tuple[str, ...]) -> np.ndarray:
    """Vectors of length 1, (n, d) float64."""
    found = vectors.matrix[[rows[word] for word in words]].astype(np.float64)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return found / np.where(lengths > 0, lengths, 1.0)


def _divisions(every: np.ndarray, n: int, seed: int) -> tuple[np.ndarray, bool]:
    """Sum of the first group for each way to divide all scores, and whether these are all ways."""
    number = comb(len(every), n)
    if number <= EXACT:
        flat = np.fromiter(chain.from_iterable(combinations(range(len(every)), n)), dtype=np.int16, count=number * n)
        return every[flat.reshape(-1, n)].sum(axis=1), True
    generator = np.random.default_rng(seed)
    drawn = [_drawn(every, n, BATCH, generator) for _ in range(EXACT // BATCH)]
    return np.concatenate(drawn), False


def _drawn(every: np.ndarray, n: int, number: int, generator: np.random.Generator) -> np.ndarray:
    """Sums of `number` random choices of n scores."""
    chosen = np.argpartition(generator.random((number, len(every))), n - 1, axis=1)[:, :n]
    return every[chosen].sum(axis=1)
