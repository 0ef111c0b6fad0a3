"""What is drawn of a network to compare with: where the loss depends on what was read, and where the network looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from explorer.sequence.architectures.comparison import ComparisonModel
from explorer.sequence.architectures.picture_convolution import PictureConvolution
from explorer.sequence.architectures.sampling import ContextReader
from explorer.sequence.architectures.tracing import attention_maps, gradient_slices, traced_gradient
from explorer.sequence.architectures.transformer import Transformer
from explorer.sequence.cost import FORWARD_SHARE
from explorer.sequence.model import SequenceModel, is_recurrent
from explorer.sequence.pace import Pace, Slices
from explorer.sequence.picture import Arrays, Picture, expectations, trace_arrays
from explorer.sequence.tasks import Batch
from explorer.sequence.tracing import trace_slices

if TYPE_CHECKING:
    from explorer.sequence.architectures.experiment import ArchitectureExperiment


def picture_of(experiment: ArchitectureExperiment, model: SequenceModel | ComparisonModel) -> Picture:
    """What draws the frames of an experiment."""
    return (RecurrentPicture if is_recurrent(experiment) else ComparisonPicture)(experiment, model)


class RecurrentPicture(Picture):
    """What `Picture` draws of a recurrent network, and "grad_input", to compare it with the others."""

    def _look(self, pace: Pace) -> Slices[Arrays]:
        seen = yield from trace_slices(self.model, self.watched, self.model.task.answer_loss, pace)
        arrays = trace_arrays(seen, self.model, self.watched)
        return arrays | {"grad_input": traced_gradient(seen)}


class ComparisonPicture(Picture):
    """Arrays of a frame: "grad_input" (T,) float64, the norm of dL/dx_t as a mean over the watched samples, and of sample 0
    "attention" (layers, heads, T, T) of a Transformer, "filters" (hidden, k, k) and "filter_maps" (hidden, 8, 8) of a CNN's
    lowest layer, and what `expectations` adds.
    """

    def _look(self, pace: Pace) -> Slices[Arrays]:
        model, batch, loss = self.model, self.watched, self.model.task.answer_loss
        both_ways = self._cost / FORWARD_SHARE
        gradient = yield from gradient_slices(model, batch, loss, self._at_once, both_ways, pace)
        arrays: Arrays = {"grad_input": gradient}
        if pace.due(both_ways / self._at_once):
            yield None
        arrays |= inside(model, batch)
        if pace.due(both_ways / self._at_once):
            yield None
        return arrays | expectations(outputs_over_time(model, batch), model.task)

    def _reader(self) -> ContextReader:
        return ContextReader(self.model, self.experiment)


def inside(model: ComparisonModel, batch: Batch) -> Arrays:
    """What only this kind of network has, for sample 0 of a batch; see `ComparisonPicture`."""
    if isinstance(model, Transformer):
        return {"attention": attention_maps(model, batch)}
    if not isinstance(model, PictureConvolution):
        return {}
    with torch.no_grad():
        maps = model.maps(model.embed(batch.inputs[:1]))[0]
    return {"filters": model.layers[0].weight[:, 0].detach().numpy().copy(), "filter_maps": maps.numpy()}


def outputs_over_time(model: ComparisonModel, batch: Batch) -> np.ndarray:
    """Outputs (T, O) of sample 0: what the model says, or would say if the sequence stopped there.

    (1, O) for a model that looks ahead and answers once: what it makes of a step depends on the steps behind it.
    """
    inputs = batch.inputs[:1, : int(batch.lengths[0])]
    once = model.reads == "last" and not model.causal
    with torch.no_grad():
        return (model(inputs) if once else model.over_time(model.embed(inputs))[0]).double().numpy()
