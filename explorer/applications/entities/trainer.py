"""One update in pieces: the gradient of a batch is gathered from a few sentences of similar length at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from explorer.applications.entities.model import Tagger
from explorer.sequence import trainer
from explorer.sequence.pace import Slices
from explorer.sequence.settings import Settings
from explorer.sequence.streams import DATA, stream

if TYPE_CHECKING:
    from explorer.applications.entities.experiment import EntityExperiment

WORDS_AT_ONCE = {"rnn": 480, "lstm": 480, "gru": 150}
"""Padded words that go through the network in one piece: a third of it forward, then a pause, then the rest backward."""

SMALL = 100
"""Padded words of a piece that is not worth a pause."""


class Trainer(trainer.Trainer):
    """A tagger and its optimizer; see `explorer.sequence.trainer.Trainer` for what it keeps."""

    experiment: EntityExperiment
    model: Tagger

    def measure_untrained_slices(self, settings: Settings) -> Slices[dict[str, float]]:
        """The metrics of step 0: those of the batch that the first update will use, without noise."""
        self.model.eval()
        loss, norm = yield from self._gradient_slices(stream(self.experiment.seed, DATA))
        self._forget_gradient()
        self._usual_loss = max(loss, float(np.log(len(self.model.reader.material.tags))))
        return trainer._metrics(loss, norm, settings)

    def update_slices(self, settings: Settings) -> Slices[dict[str, float]]:
        """Make one update, unless it diverged; its metrics."""
        self.model.train()
        loss, norm = yield from self._gradient_slices(self._data)
        yield None
        return self._finish(loss, norm, settings)

    def _gradient_slices(self, data: torch.Generator) -> Slices[tuple[float, float]]:
        """Loss for each word and gradient norm of a new batch; the gradient stays on the weights."""
        reader = self.model.reader
        chosen = torch.randint(len(reader.training_lengths), (self.experiment.batch,), generator=data).numpy()
        words, loss = int(reader.training_lengths[chosen].sum()), 0.0
        for i, part in enumerate(parts(chosen, reader.training_lengths[chosen], WORDS_AT_ONCE[self.experiment.cell])):
            if i:
                yield None
            batch = reader.training_batch(part)
            with torch.enable_grad():
                piece = self.model.loss(self.model(batch), batch) / words
            if batch.index.numel() > SMALL:
                yield None
            with torch.enable_grad():
                piece.backward()
            loss += piece.item()
        norm = torch.nn.utils.get_total_norm([weight.grad for weight in self.weights if weight.grad is not None])
        return loss, norm.item()


def parts(numbers: np.ndarray, lengths: np.ndarray, most: int) -> list[np.ndarray]:
    """Sentences put together so that no part has more than so many words, padding included; a single long one may.

    Parameters
    ----------
    numbers, lengths : (n,) arrays
        Of sentences, in any order; the parts hold them from short to long.
    """
    order = np.argsort(lengths, kind="stable")
    found: list[list[int]] = [[]]
    for i in order:
        if found[-1] and (len(found[-1]) + 1) * lengths[i] > most:
            found.append([])
        found[-1].append(i)
    return [numbers[part] for part in found]
