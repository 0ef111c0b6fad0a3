"""The five ways to begin, each with what it reads: pieces of the pre-training, or words with GloVe's vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from explorer.applications.transfer.network import Ids, Labeller, layered_averages
from explorer.applications.transfer.words import fitted, words_of
from explorer.sequence.pace import Slices
from explorer.sequence.pretraining import vocabulary
from explorer.sequence.pretraining.model import SPREAD, Transformer, build_slices, load_model
from explorer.sequence.streams import stream

if TYPE_CHECKING:
    from explorer.applications.transfer.experiment import TransferExperiment
    from explorer.applications.transfer.material import Material

HEAD = 31
"""Stream of random numbers for heads, apart from those of the pre-training."""


class Contenders:
    """Everything that the fittings of a measurement share.

    Attributes
    ----------
    labels : numpy.ndarray, (training,) int
    right : numpy.ndarray, (tested,) int
        The true labels.
    """

    def __init__(self, experiment: TransferExperiment, material: Material) -> None:
        self.experiment, self.base = experiment, experiment.base()
        self._kinds = len(material.labels)
        self.labels = np.array([label for _, label in material.training])
        self.right = np.array([label for _, label in material.tested])
        self._training = [text for text, _ in material.training]
        self._tested = [text for text, _ in material.tested]
        self._pieces, self._words = vocabulary(self.base), words_of(material)
        self._features: dict[int, np.ndarray] = {}
        self._tested_features: np.ndarray | None = None

    def texts(self, method: str, chosen: np.ndarray) -> tuple[Ids, Ids]:
        """The chosen training texts and all tested ones, as the method reads them."""
        encode = self._words.encode if method == "glove_started" else self._pieces.encode
        return [encode(self._training[i]) for i in chosen], [encode(text) for text in self._tested]

    def network(self, method: str, draw: int) -> Slices[Labeller]:
        """A labeller that begins as the method says."""
        seed = self.experiment.seed + draw
        body = yield from self._body(method, seed)
        return Labeller(body, self._kinds, stream(seed, HEAD))

    def frozen(self, chosen: np.ndarray) -> Slices[tuple[np.ndarray, np.ndarray]]:
        """Mean states of all layers of the pre-trained model, for the chosen and for the tested texts; computed once for each text."""
        missing = [int(i) for i in chosen if int(i) not in self._features]
        body = load_model(self.base, self.experiment.weights)
        yield None
        if self._tested_features is None:
            self._tested_features = yield from layered_averages(body, [self._pieces.encode(text) for text in self._tested])
        if missing:
            rows = yield from layered_averages(body, [self._pieces.encode(self._training[i]) for i in missing])
            self._features |= dict(zip(missing, rows, strict=True))
        return np.array([self._features[int(i)] for i in chosen]), self._tested_features

    def glove(self, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Averages of GloVe's vectors, for the chosen and for the tested texts."""
        average = self._words.average
        return np.array([average(self._training[i]) for i in chosen]), np.array([average(one) for one in self._tested])

    def _body(self, method: str, seed: int) -> Slices[Transformer]:
        if method == "tuned":
            return load_model(self.base, self.experiment.weights)
        fresh = self.base.replace(seed=seed)
        if method == "scratch":
            return (yield from build_slices(fresh, len(self._pieces)))
        body = yield from build_slices(fresh, len(self._words.vectors))
        vectors = fitted(self._words.vectors, self.base.width, SPREAD, np.random.default_rng([seed, HEAD]))
        with torch.no_grad():
            body.embedding.weight.copy_(torch.from_numpy(vectors))
        return body
