"""What GloVe gives: a vector for each word of the texts, and from these a vector for each text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from explorer.text.tokens import split_words

if TYPE_CHECKING:
    from explorer.applications.transfer.material import Material

UNKNOWN = 0
"""Number of all words that GloVe does not know."""


class Words:
    """The words of some texts that GloVe knows.

    Attributes
    ----------
    vectors : numpy.ndarray, (V, 50) float32
        Row 0 is zero, for all other words.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        from explorer.embedding import pretrained

        glove = pretrained()
        cut = [split_words(text) for text in texts]
        known = sorted({word for words in cut for word in words if word in glove.index})
        self._numbers = {word: number for number, word in enumerate(known, start=1)}
        rows = np.asarray(glove.matrix[[glove.index[word] for word in known]], dtype=np.float32)
        self.vectors = np.vstack([np.zeros((1, rows.shape[1]), np.float32), rows])

    def encode(self, text: str) -> np.ndarray:
        """Numbers of a text's words, int64."""
        return np.array([self._numbers.get(word, UNKNOWN) for word in split_words(text)] or [UNKNOWN], dtype=np.int64)

    def average(self, text: str) -> np.ndarray:
        """(50,): the mean of the vectors of the known words; zeros where there is none."""
        numbers = self.encode(text)
        return self.vectors[numbers[numbers != UNKNOWN]].sum(axis=0) / max(int((numbers != UNKNOWN).sum()), 1)


@lru_cache(maxsize=4)
def words_of(material: Material) -> Words:
    """The words of a task's texts; looked up once for the process."""
    return Words([text for text, _ in (*material.training, *material.tested)])


def fitted(vectors: np.ndarray, width: int, spread: float, generator: np.random.Generator) -> np.ndarray:
    """GloVe's vectors as the first vectors of a network of another width, all of a given standard deviation.

    Into a wider network they are turned by a random orthogonal map, which keeps every angle; for a narrower one their main
    directions are kept.

    Parameters
    ----------
    vectors : numpy.ndarray, (V, d)
    """
    d = vectors.shape[1]
    if width >= d:
        directions = np.linalg.qr(generator.standard_normal((width, d)))[0].T  # (d, width), orthonormal rows
    else:
        directions = np.linalg.svd(vectors - vectors.mean(axis=0), full_matrices=False)[2][:width].T
    turned = vectors @ directions
    return (turned * (spread / max(float(turned[1:].std()), 1e-9))).astype(np.float32)
