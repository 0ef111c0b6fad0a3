"""A network of one moment of its training as something to measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from explorer.sequence.decay import decay_per_step
from explorer.sequence.laboratory.linearising import tangent_of
from explorer.sequence.laboratory.lower_layers import lower_matrix_slices
from explorer.sequence.laboratory.matrix import followed_samples, matrix_slices
from explorer.sequence.laboratory.profile import FLOOR, half_life
from explorer.sequence.laboratory.tangent import Tangent
from explorer.sequence.laboratory.theory import theory
from explorer.sequence.model import load_model
from explorer.sequence.pace import Pace, Slices
from explorer.sequence.tracing import Trace, trace_slices

if TYPE_CHECKING:
    from explorer.sequence.laboratory.experiment import LaboratoryExperiment


class Traced:
    """What a trained network does with its example; of a bidirectional one, the direction that reads from the left."""

    def __init__(self, experiment: LaboratoryExperiment) -> None:
        given = experiment.given
        self._experiment = experiment
        self._model = load_model(given.experiment, given.weights)
        self._batch = self._model.task.encode(experiment.text) if experiment.text else self._model.task.watched()
        self._layer = experiment.layer % given.experiment.layers
        self._trace: Trace | None = None

    def profile(self, pace: Pace) -> Slices[tuple[dict[str, np.ndarray], dict[str, float]]]:
        """Sizes of the gradient at every step, of the chosen layer."""
        loss = self._model.task.answer_loss if self._experiment.loss == "answer" else None
        seen = self._trace = yield from trace_slices(self._model, self._batch, loss, pace)
        hidden = seen.gradient_norms("hidden")[self._layer, 0]
        arrays = {"hidden": hidden, "naive": seen.gradient_norms("naive")[0, 0]}
        if seen.grad_cell is not None:
            arrays |= {name: seen.gradient_norms(name)[self._layer, 0] for name in ("cell", "both")}
        tangent = self.tangent()
        if not tangent.gated and self._layer == len(seen.unrolled) - 1:
            arrays["theory"] = theory(tangent, seen.naive_grad_hidden[0]).values
        factor = decay_per_step(hidden, FLOOR)
        return arrays, {"factor": factor, "half_life": half_life(factor), "loss": seen.loss}

    def tangent(self) -> Tangent:
        """The chosen layer's recurrence, linearised: with what it reads from below held still."""
        return tangent_of(self._trace.unrolled[self._layer][0])

    def matrix(self, pace: Pace) -> Slices[tuple[dict[str, np.ndarray], dict[str, float]]]:
        """Errors of all steps that the task scores, whichever loss the profile is of."""
        seen = self._trace
        if self._experiment.loss == "answer":
            seen = yield from trace_slices(self._model, self._batch, None, pace)
        if self._layer < len(seen.unrolled) - 1:
            found = yield from lower_matrix_slices(seen, self._layer, pace)
            return {"matrix": found}, {"followed": float(len(self._batch))}
        tangent = self.tangent()
        some = tangent.pick(followed_samples(tangent))
        arriving = seen.naive_grad_hidden[0][:, : some.samples]
        found = yield from matrix_slices(some, arriving, pace)
        return {"matrix": found}, {"followed": float(some.samples)}
