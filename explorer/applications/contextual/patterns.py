"""What heads look at, measured: how much of their attention goes to the word before, the word after, separators, the same word."""

from __future__ import annotations

import numpy as np

NAMES = {
    "previous": "the subword before",
    "next": "the subword after",
    "separator": "separators",
    "itself": "itself",
    "same": "the same subword elsewhere",
}
SHARE = 0.5
"""A head is called after a pattern that takes at least this share of its attention."""


def targets(ids: tuple[int, ...], separators: np.ndarray) -> dict[str, np.ndarray]:
    """For each pattern the places it names, bool (n, n): row looks at column.

    Parameters
    ----------
    ids : tuple of int
        The subwords.
    separators : numpy.ndarray
        bool (n,).
    """
    n, ids_ = len(ids), np.asarray(ids)
    same = (ids_[:, None] == ids_[None, :]) & ~np.eye(n, dtype=bool) & ~separators[None, :]
    return {
        "previous": np.eye(n, k=-1, dtype=bool) & ~separators[None, :],
        "next": np.eye(n, k=1, dtype=bool) & ~separators[None, :],
        "separator": np.broadcast_to(separators[None, :], (n, n)),
        "itself": np.eye(n, dtype=bool) & ~separators[None, :],
        "same": same,
    }


def pattern_shares(attention: np.ndarray, ids: tuple[int, ...], separators: np.ndarray) -> dict[str, np.ndarray]:
    """Mean share of the attention of real subwords that goes to each pattern, (L, A) by name.

    Only rows count that are no separators and for which the pattern names a place: the first word has none before it.
    NaN for a pattern that names no place in this text.

    Parameters
    ----------
    attention : numpy.ndarray
        (L, A, n, n), rows sum to 1.
    """
    shares = {}
    for name, places in targets(ids, separators).items():
        rows = ~separators & places.any(axis=1)
        caught = (attention * places).sum(axis=-1)
        shares[name] = caught[..., rows].mean(axis=-1) if rows.any() else np.full(attention.shape[:2], np.nan)
    return shares


def named_heads(shares: dict[str, np.ndarray]) -> dict[tuple[int, int], tuple[str, float]]:
    """The heads that follow a pattern: (layer, head), both from 0, to the strongest pattern and its share."""
    names = list(shares)
    table = np.nan_to_num(np.stack([shares[name] for name in names]), nan=-1.0)
    best, height = table.argmax(axis=0), table.max(axis=0)
    return {
        (int(layer), int(head)): (names[best[layer, head]], float(height[layer, head]))
        for layer, head in np.argwhere(height >= SHARE)
    }
