"""How often a text says the same again, and how much of it was there before."""

from __future__ import annotations

from collections.abc import Collection, Sequence

N = 3
"""Words in a row that are compared."""


def grams(tokens: Sequence[str], n: int) -> list[tuple[str, ...]]:
    """All n tokens in a row."""
    return list(zip(*(tokens[i:] for i in range(n)), strict=False))


def distinct(tokens: Sequence[str], n: int = N) -> float:
    """Distinct-n: different n-grams as a share of all; NaN for a text too short to have one.

    References
    ----------
    Li et al. 2016, A diversity-promoting objective function for neural conversation models.
    """
    found = grams(tokens, n)
    return len(set(found)) / len(found) if found else float("nan")


def repeated(tokens: Sequence[str], n: int = N) -> float:
    """Share of n-grams that already occurred: 1 - distinct-n (seq-rep-n of Welleck et al. 2020)."""
    return 1.0 - distinct(tokens, n)


def occurring(tokens: Sequence[str], known: Collection[tuple[str, ...]], n: int = N) -> float:
    """Share of a text's n-grams that occur in another text; NaN for a text too short to have one.

    Parameters
    ----------
    known : set of tuples
        The n-grams of the other text, see `grams`.
    """
    found = grams(tokens, n)
    return sum(gram in known for gram in found) / len(found) if found else float("nan")
