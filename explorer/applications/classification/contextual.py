"""A text as one vector of MiniLM, which reads every word in its sentence."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from hashlib import sha256
from threading import Lock
from typing import ClassVar

import numpy as np

from explorer.applications.classification.method import Learning, Weights
from explorer.applications.classification.regression import Linear, fit
from explorer.applications.classification.texts import Text
from explorer.applications.contextual.installed import contextual_model

PENALTY = 5.0
KEPT = 12_000
"""Vectors that are kept for whoever reads the same text again: 18 MB."""


class Contextual:
    """A logistic regression on the model's sentence vectors; the model itself stays as it is."""

    how: ClassVar[str] = "gradient × input: how the score changes with the word's first vectors, times those vectors"
    exact: ClassVar[bool] = False

    def __init__(self, linear: Linear) -> None:
        self.linear = linear

    @classmethod
    def learn(cls, texts: Sequence[Text], classes: np.ndarray, count: int, freedom: float) -> Learning[Contextual]:
        """Learned from texts and the numbers of their classes."""
        features = yield from sentence_vectors(texts)
        return cls((yield from fit(features, classes, count, PENALTY * freedom)))

    def scores(self, texts: Sequence[Text]) -> Learning[np.ndarray]:
        """Logits, float64 (n, classes)."""
        return self.linear.scores((yield from sentence_vectors(texts)))

    def contributions(self, text: Text, number: int) -> np.ndarray:
        """Gradient × input, summed over a word's subwords (Denil, Demiraj and de Freitas 2014)."""
        import torch

        model, direction = contextual_model(), torch.from_numpy(self.linear.direction(number)).float()
        read = model.read(text.shown)
        found = model.gradient(text.shown, lambda states: _unit(states[-1].mean(1)[0]) @ direction)
        values = np.zeros(len(text.words))
        for (start, end), value in zip(read.spans, found, strict=True):
            for i, (first, last) in enumerate(text.spans):
                if first <= start < last and end > start:
                    values[i] += value
        return values

    def weights(self) -> Weights:
        """What was learned."""
        return self.linear.arrays()


def _unit(vector):  # a torch.Tensor
    return vector / vector.norm()


_vectors: OrderedDict[bytes, np.ndarray] = OrderedDict()
_changing = Lock()


def sentence_vectors(texts: Sequence[Text]) -> Learning[np.ndarray]:
    """float32 (n, 384), each of length 1, one text at a time: of several at once the last bits would depend on the company."""
    rows = np.zeros((len(texts), contextual_model().width), dtype=np.float32)
    for i, text in enumerate(texts):
        rows[i], new = _vector(text.shown)
        if new:
            yield (i + 1) / len(texts)
    return rows


def unread(texts: Sequence[Text]) -> int:
    """How many of them the model has not read yet."""
    return sum(_key(text.shown) not in _vectors for text in texts)


def _vector(shown: str) -> tuple[np.ndarray, bool]:
    key = _key(shown)
    with _changing:
        found = _vectors.get(key)
        if found is not None:
            _vectors.move_to_end(key)
            return found, False
    made = contextual_model().sentences([shown])[0]
    with _changing:
        _vectors[key] = made
        while len(_vectors) > KEPT:
            _vectors.popitem(last=False)
    return made, True


def _key(shown: str) -> bytes:
    """Stands for a text: what visitors wrote need not be kept."""
    return sha256(shown.encode(errors="replace")).digest()
