"""One update in pieces: the gradient of a batch is gathered from a few pairs at a time."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from explorer.sequence import trainer
from explorer.sequence.encoder_decoder.cost import pairs_at_once
from explorer.sequence.encoder_decoder.tasks import Batch
from explorer.sequence.pace import Slices
from explorer.sequence.settings import Settings
from explorer.sequence.streams import DATA, stream

if TYPE_CHECKING:
    from explorer.sequence.encoder_decoder.experiment import EncoderDecoderExperiment
    from explorer.sequence.encoder_decoder.model import EncoderDecoder

FORCING = 4
"""Stream of random numbers that decides where the decoder is fed what it said itself."""


class Trainer(trainer.Trainer):
    """A model and its optimizer; see `explorer.sequence.trainer.Trainer` for what it keeps."""

    experiment: EncoderDecoderExperiment
    model: EncoderDecoder

    def __init__(self, experiment: EncoderDecoderExperiment, model: EncoderDecoder) -> None:
        super().__init__(experiment, model)
        self._forcing = stream(experiment.seed, FORCING)
        self._at_once = pairs_at_once(experiment)

    def measure_untrained_slices(self, settings: Settings) -> Slices[dict[str, float]]:
        """The metrics of step 0: those of the batch that the first update will use."""
        seed = self.experiment.seed
        loss, norm = yield from self._gradient_slices(stream(seed, DATA), stream(seed, FORCING))
        self._forget_gradient()
        self._usual_loss = max(loss, self.model.task.baseline.loss)
        return trainer._metrics(loss, norm, settings)

    def update_slices(self, settings: Settings) -> Slices[dict[str, float]]:
        """Make one update, unless it diverged; its metrics."""
        loss, norm = yield from self._gradient_slices(self._data, self._forcing)
        yield None
        return self._finish(loss, norm, settings)

    def _gradient_slices(self, data: torch.Generator, forcing: torch.Generator) -> Slices[tuple[float, float]]:
        """Loss and gradient norm of a new batch; the gradient stays on the weights."""
        task = self.model.task
        batch = task.sample(self.experiment.batch, data)
        scored, loss = task.scored(batch), 0.0
        for start in range(0, len(batch), self._at_once):
            yield None
            part = batch.pick(slice(start, start + self._at_once))
            before = fed(self.model, part, self.experiment.teacher_forcing, forcing)
            with torch.enable_grad():
                piece = task.loss(self.model(part, before), part) / scored
            yield None
            with torch.enable_grad():
                piece.backward()
            loss += piece.item()
        return loss, torch.nn.utils.get_total_norm([weight.grad for weight in self.weights]).item()


def fed(model: EncoderDecoder, batch: Batch, share: float, generator: torch.Generator) -> Tensor:
    """What the decoder is fed at each step: the right symbol before, or what it says there itself.

    Scheduled sampling (Bengio et al. 2015) in two parallel passes (Duckworth et al. 2019): the first, on the right
    answer, says what the network would have said; the second is fed those symbols at some of the steps.

    Parameters
    ----------
    share : float
        Of the steps, how many are given the right symbol.
    generator : torch.Generator
        Decides which; not used where all are.
    """
    right = model.shifted(batch.targets)
    if share >= 1.0:
        return right
    with torch.no_grad():
        own = model.shifted(model.task.said(model(batch)))
    forced = torch.rand(right.shape[:2], generator=generator) < share
    return torch.where(forced if right.dim() == 2 else forced[:, :, None], right, own)


def scheduled(settings: Settings, experiment: EncoderDecoderExperiment, step: int) -> Settings:
    """The settings with the learning rate as the schedule has it at this step (from 1)."""
    done = (max(step, 1) - 1) / experiment.steps
    factor = {"constant": 1.0, "linear": 1.0 - done, "cosine": 0.5 * (1.0 + math.cos(math.pi * done))}
    return replace(settings, learning_rate=settings.learning_rate * factor[experiment.schedule])
