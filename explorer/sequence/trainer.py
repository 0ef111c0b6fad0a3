"""One update: draw a batch, measure the loss, send the gradient back, shorten it if asked, move the weights."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
import torch._dynamo  # noqa: F401  the first optimizer loads it, for seconds: better now than in the middle of a run
from torch import Tensor
from torch.nn.utils import clip_grads_with_norm_, get_total_norm

from explorer.sequence.model import SequenceModel
from explorer.sequence.settings import Settings
from explorer.sequence.streams import DATA, stream

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment

EXPLODED = 1e4
"""A loss so many times that of the untrained network, or of guessing, has left the range of learning."""


LONGEST_MOVE = 1e30
"""Gradient norm times learning rate; with longer moves float32 weights could become infinite."""
SOUND = 2.0
"""A loss up to so many times that is still sound."""


class Trainer:
    """A model and its optimizer.

    Attributes
    ----------
    diverged : bool
        Whether the last update was refused, because its loss or gradient is no finite number or far too large.
    sound : int
        The last update whose loss, measured before it, was not much above that of the untrained network.
    """

    def __init__(self, experiment: SequenceExperiment, model: SequenceModel) -> None:
        self.experiment = experiment
        self.model = model
        self.weights = list(model.parameters())
        self.diverged = False
        self.made, self.sound = 0, 1
        self._optimizer = make_optimizer(experiment, self.weights)
        self._data = stream(experiment.seed, DATA)
        self._usual_loss = math.inf

    def measure_untrained(self, settings: Settings) -> dict[str, float]:
        """The metrics of step 0: those of the batch that the first update will use, without dropout."""
        self.model.eval()
        loss, norm = self._gradient(stream(self.experiment.seed, DATA))
        self._forget_gradient()
        self._usual_loss = max(loss, self.model.task.baseline.loss)
        return _metrics(loss, norm, settings)

    def update(self, settings: Settings) -> dict[str, float]:
        """Make one update, unless it diverged; its metrics."""
        if not self.model.training:
            self.model.train()
        return self._finish(*self._gradient(self._data), settings)

    def copy_weights(self) -> list[Tensor]:
        """The weights of this moment."""
        return [weight.detach().clone() for weight in self.weights]

    def update_ratio(self, before: list[Tensor]) -> float:
        """How far the weights moved, as a share of their length."""
        moved = [weight.detach() - old for weight, old in zip(self.weights, before, strict=True)]
        return (get_total_norm(moved) / get_total_norm(before)).item()

    def _finish(self, loss: float, norm: float, settings: Settings) -> dict[str, float]:
        """Follow the gradient that was measured, unless it is not sound."""
        self.diverged = not (loss <= EXPLODED * self._usual_loss and _can_move(norm, settings))
        if not self.diverged:
            self._move(norm, settings)
            self.made += 1
            self.sound = self.made if loss <= SOUND * self._usual_loss else self.sound
        self._forget_gradient()
        return _metrics(loss, norm, settings)

    def _gradient(self, data: torch.Generator) -> tuple[float, float]:
        """Loss and gradient norm of a new batch; the gradient stays on the weights."""
        batch = self.model.task.sample(self.experiment.batch, data)
        with torch.enable_grad():
            loss = self.model.loss(self.model(batch.inputs, batch.lengths), batch)
            loss.backward()
        return loss.item(), get_total_norm([weight.grad for weight in self.weights]).item()

    def _forget_gradient(self) -> None:
        # What `zero_grad` does, without its bookkeeping: of a small model's update it would be a fiftieth.
        for weight in self.weights:
            weight.grad = None

    def _move(self, norm: float, settings: Settings) -> None:
        if is_clipped(norm, settings):
            clip_grads_with_norm_(self.weights, settings.clip, torch.tensor(norm))
        for group in self._optimizer.param_groups:
            group["lr"] = settings.learning_rate
        self._optimizer.step()


def make_optimizer(experiment: SequenceExperiment, weights: list[Tensor]) -> torch.optim.Optimizer:
    """PyTorch's optimizer of that name; the fused kernels are the fastest for few small weights."""
    common = {"lr": experiment.learning_rate, "weight_decay": experiment.weight_decay}
    if experiment.optimizer == "adam":
        return torch.optim.Adam(weights, **common, fused=True)
    if experiment.optimizer == "rmsprop":
        return torch.optim.RMSprop(weights, **common, foreach=False)
    return torch.optim.SGD(weights, **common, fused=True)


def is_clipped(norm: float, settings: Settings) -> bool:
    """Whether a gradient of this norm is shortened; a clip of 0 means never."""
    return 0.0 < settings.clip < norm


def _can_move(norm: float, settings: Settings) -> bool:
    """Whether the weights stay finite: known before the update, so that it never ends in the middle of one."""
    shortened = settings.clip if is_clipped(norm, settings) else norm
    return math.isfinite(norm) and shortened * max(settings.learning_rate, 1.0) <= LONGEST_MOVE


def _metrics(loss: float, norm: float, settings: Settings) -> dict[str, float]:
    return {
        "loss": loss,
        "gradient_norm": norm,
        "clipped": float(is_clipped(norm, settings)),
        "learning_rate": settings.learning_rate,
    }
