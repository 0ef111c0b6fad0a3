"""Does a model tell the senses of a word apart? Cosines between its occurrences, layer by layer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class SenseGap:
    """What the layers 0..L say of n occurrences, each with the label of its sense.

    Attributes
    ----------
    same, other : numpy.ndarray
        (L + 1,): mean cosine of two different occurrences of the same sense, and of different senses.
    accuracy : numpy.ndarray
        (L + 1,): share of the occurrences whose nearest other occurrence has the same sense (leave one out).
    cosines : numpy.ndarray
        (L + 1, n, n).
    """

    same: np.ndarray
    other: np.ndarray
    accuracy: np.ndarray
    cosines: np.ndarray

    @property
    def gap(self) -> np.ndarray:
        """(L + 1,): same minus other; all contextual vectors are alike, so that only the difference says something."""
        return self.same - self.other

    @property
    def best(self) -> int:
        """The layer with the largest gap."""
        return int(np.nanargmax(self.gap))


def sense_gap(vectors: np.ndarray, labels: list[str] | np.ndarray, centre: np.ndarray | None = None) -> SenseGap:
    """Same-sense against other-sense similarity in each layer.

    Parameters
    ----------
    vectors : numpy.ndarray
        (L + 1, n, d): the occurrences in each layer.
    labels : sequence
        The sense of each.
    centre : numpy.ndarray, optional
        (L + 1, d): taken away from all vectors first, for instance the mean over many words: contextual vectors lie
        in a narrow cone (Ethayarajh 2019), and its direction is in all of them.

    Returns
    -------
    SenseGap
        NaN where there is no pair of that kind.

    Raises
    ------
    ValueError
        With fewer than two occurrences, or labels of another number.
    """
    labels = np.asarray(labels)
    if vectors.shape[1] < 2 or len(labels) != vectors.shape[1]:
        raise ValueError("Give at least two sentences with the word, and a sense for each.")
    cosines = cosines_of(vectors, centre)
    alone = np.eye(len(labels), dtype=bool)
    alike = labels[:, None] == labels[None, :]
    nearest = np.where(alone, -np.inf, cosines).argmax(axis=2)
    return SenseGap(
        same=_mean(cosines, alike & ~alone),
        other=_mean(cosines, ~alike),
        accuracy=(labels[nearest] == labels).mean(axis=1),
        cosines=cosines,
    )


def cosines_of(vectors: np.ndarray, centre: np.ndarray | None = None) -> np.ndarray:
    """(L + 1, n, n): cosines of all pairs of the occurrences (L + 1, n, d), after a centre (L + 1, d) was taken away."""
    vectors = np.asarray(vectors, dtype=float)
    if centre is not None:
        vectors = vectors - centre[:, None]
    units = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)
    return units @ units.swapaxes(1, 2)


def _mean(cosines: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    return cosines[:, pairs].mean(axis=1) if pairs.any() else np.full(len(cosines), np.nan)
