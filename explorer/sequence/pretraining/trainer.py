"""One update in pieces: the gradient of a batch is gathered from a few windows at a time."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch._dynamo  # noqa: F401  the first optimizer loads it, for seconds: better now than in the middle of a run
from torch import Tensor
from torch.nn.utils import clip_grads_with_norm_, get_total_norm

from explorer.sequence.pace import Slices
from explorer.sequence.pretraining.cost import windows_at_once
from explorer.sequence.pretraining.masking import IGNORED, hide
from explorer.sequence.pretraining.optimizers import Optimizer
from explorer.sequence.settings import Settings
from explorer.sequence.streams import DATA, stream
from explorer.sequence.trainer import EXPLODED, LONGEST_MOVE, SOUND, is_clipped

if TYPE_CHECKING:
    from explorer.sequence.pretraining.experiment import PretrainingExperiment
    from explorer.sequence.pretraining.model import Transformer
    from explorer.sequence.pretraining.reading import Source


class Trainer:
    """A model and its optimizer.

    Attributes
    ----------
    diverged : bool
        Whether the last update was refused, because its loss or gradient is no finite number or far too large.
    sound : int
        The last update whose loss, measured before it, was not much above that of the untrained network.
    """

    def __init__(self, experiment: PretrainingExperiment, model: Transformer, source: Source) -> None:
        self.experiment, self.model, self.source = experiment, model, source
        self.weights = list(model.parameters())
        self.diverged, self.made, self.sound = False, 0, 1
        self._optimizer = Optimizer(experiment, model)
        self._data, self._usual_loss = stream(experiment.seed, DATA), math.inf
        self._at_once = windows_at_once(experiment)

    def measure_untrained(self, settings: Settings) -> Slices[dict[str, float]]:
        """The metrics of step 0: those of the batch that the first update will use."""
        loss, norm = yield from self._gradient(stream(self.experiment.seed, DATA))
        self._forget_gradient()
        self._usual_loss = max(loss, math.log(len(self.source.pieces)))
        return _metrics(loss, norm, settings)

    def update(self, settings: Settings) -> Slices[dict[str, float]]:
        """Make one update, unless it diverged; its metrics."""
        loss, norm = yield from self._gradient(self._data)
        yield None
        self.diverged = not (loss <= EXPLODED * self._usual_loss and _can_move(norm, settings))
        if not self.diverged:
            if is_clipped(norm, settings):
                clip_grads_with_norm_(self.weights, settings.clip, torch.tensor(norm))
            yield from self._optimizer.step(settings.learning_rate)
            self.made += 1
            self.sound = self.made if loss <= SOUND * self._usual_loss else self.sound
        self._forget_gradient()
        return _metrics(loss, norm, settings)

    def copy_weights(self) -> list[Tensor]:
        """The weights of this moment."""
        return [weight.detach().clone() for weight in self.weights]

    def update_ratio(self, before: list[Tensor]) -> float:
        """How far the weights moved, as a share of their length."""
        moved = [weight.detach() - old for weight, old in zip(self.weights, before, strict=True)]
        return (get_total_norm(moved) / get_total_norm(before)).item()

    def _gradient(self, data: torch.Generator) -> Slices[tuple[float, float]]:
        """Loss and gradient norm of a new batch; the gradient stays on the weights."""
        seen, asked = draw(self.experiment, self.source, data)
        count, loss = int((asked != IGNORED).sum()), 0.0
        for start in range(0, len(seen), self._at_once):
            yield None
            part = slice(start, start + self._at_once)
            with torch.enable_grad():
                piece = summed_loss(self.model, seen[part], asked[part]) / count
            loss += piece.item()
            yield None
            with torch.enable_grad():
                piece.backward()
        return loss, get_total_norm([weight.grad for weight in self.weights]).item()

    def _forget_gradient(self) -> None:
        for weight in self.weights:
            weight.grad = None


def draw(experiment: PretrainingExperiment, source: Source, data: torch.Generator) -> tuple[Tensor, Tensor]:
    """A batch: what is seen and what is asked, both int64 (batch, context), `IGNORED` where nothing is."""
    context, longest = experiment.context, len(source.training) - experiment.context
    starts = torch.randint(longest, (experiment.batch,), generator=data).numpy()
    windows = torch.from_numpy(source.training[starts[:, None] + np.arange(context + 1)].astype(np.int64))
    if experiment.objective == "gpt":
        return windows[:, :-1].contiguous(), windows[:, 1:].contiguous()
    return hide(windows[:, :-1], experiment.mask_share, source.pieces.mask, data)


def summed_loss(model: Transformer, seen: Tensor, asked: Tensor) -> Tensor:
    """Nats of all pieces that are asked about, together."""
    states = model.states(seen)
    if not model.causal:
        places = asked != IGNORED
        states, asked = states[places], asked[places]  # the others need no logits
    logits = model.read(states).flatten(0, -2)
    return torch.nn.functional.cross_entropy(logits, asked.flatten(), reduction="sum")


def scheduled(settings: Settings, experiment: PretrainingExperiment, step: int) -> Settings:
    """The settings with the learning rate as warm-up and schedule have it at this step (from 1)."""
    rising = min(1.0, max(step, 1) / experiment.warm_up) if experiment.warm_up else 1.0
    done = (max(step, 1) - 1) / experiment.steps
    factor = {"constant": 1.0, "linear": 1.0 - done, "cosine": 0.5 * (1.0 + math.cos(math.pi * done))}
    return replace(settings, learning_rate=settings.learning_rate * rising * factor[experiment.schedule])


def _can_move(norm: float, settings: Settings) -> bool:
    """Whether the weights stay finite: known before the update, so that it never ends in the middle of one."""
    shortened = settings.clip if is_clipped(norm, settings) else norm
    return math.isfinite(norm) and shortened * max(settings.learning_rate, 1.0) <= LONGEST_MOVE


def _metrics(loss: float, norm: float, settings: Settings) -> dict[str, float]:
    clipped = float(is_clipped(norm, settings))
    return {"loss": loss, "gradient_norm": norm, "clipped": clipped, "learning_rate": settings.learning_rate}
