"""What a network looks at: the gradient of the loss at each input, and attention maps. Beside them the ways, from `paths`."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from explorer.sequence.architectures.comparison import ComparisonModel
from explorer.sequence.architectures.paths import ReceptiveField, path_length, receptive_field
from explorer.sequence.architectures.transformer import Transformer
from explorer.sequence.model import SequenceModel
from explorer.sequence.pace import Pace, Slices, run_through
from explorer.sequence.tasks import Batch
from explorer.sequence.tracing import Loss, Trace, trace

__all__ = ["ReceptiveField", "attention_maps", "input_gradient", "path_length", "receptive_field", "traced_gradient"]


def input_gradient(model: SequenceModel | ComparisonModel, batch: Batch, loss: Loss | None = None) -> np.ndarray:
    """How much the loss depends on each input: the norm of dL/dx_t, as a mean over the samples.

    x_t is what the network reads at step t: the numbers of the task, or the vector of a token. For a recurrent network
    this is not dL/dh_t: the weights of the input lie between, and scale it.

    Parameters
    ----------
    model : SequenceModel or ComparisonModel
        Any architecture; dropout is off whatever its mode. Neither the model nor its gradients are changed.
    batch : Batch
    loss : callable, optional
        ``loss(outputs, batch)``, a scalar; the task's own when left out.

    Returns
    -------
    numpy.ndarray
        float64 (T,); padded steps count as 0.
    """
    if isinstance(model, SequenceModel):
        return traced_gradient(trace(model, batch, loss))
    training = model.training
    model.eval()
    gradient = run_through(gradient_slices(model, batch, loss or model.loss, len(batch), 0.0, Pace()))
    model.train(training)
    return gradient


def traced_gradient(seen: Trace) -> np.ndarray:
    """`input_gradient` of a recurrent network that was traced anyway: both directions of the lowest layer add up."""
    gradient = sum(one.stacked_gradient("x") for one in seen.unrolled[0])  # (T, n, width)
    return np.linalg.norm(gradient, axis=-1).mean(axis=-1)


def gradient_slices(
    model: ComparisonModel, batch: Batch, loss: Loss, at_once: int, cost: float, pace: Pace
) -> Slices[np.ndarray]:
    """`input_gradient` of a network in evaluation mode, a few samples at a time.

    First all outputs, then the gradient of the loss at these, then from there back to the inputs: the loss is that of
    the whole batch, in however many pieces it comes.

    Parameters
    ----------
    at_once : int
        Samples in one piece.
    cost : float
        Microseconds of one piece, forward and backward.
    """
    pieces = [slice(start, start + at_once) for start in range(0, len(batch), at_once)]
    outputs = []
    for piece in pieces:
        if pace.due(cost):
            yield None
        with torch.no_grad():
            outputs.append(model(batch.inputs[piece], batch.lengths[piece]))
    arriving = _at_the_outputs(torch.cat(outputs), batch, loss)
    norms = []
    for piece in pieces:
        if pace.due(cost):
            yield None
        norms.append(_at_the_inputs(model, batch, piece, arriving[piece]))
    return np.concatenate(norms).mean(axis=0)


def _at_the_outputs(outputs: Tensor, batch: Batch, loss: Loss) -> Tensor:
    outputs.requires_grad_()
    with torch.enable_grad():
        value = loss(outputs, batch)
    return torch.autograd.grad(value, outputs)[0]


def _at_the_inputs(model: ComparisonModel, batch: Batch, piece: slice, arriving: Tensor) -> np.ndarray:
    """Norms of dL/dx_t, float64 (samples, T)."""
    embedded = model.embed(batch.inputs[piece]).detach().requires_grad_()
    with torch.enable_grad():
        outputs = model.from_embedded(embedded, batch.lengths[piece])
    (gradient,) = torch.autograd.grad(outputs, embedded, arriving)
    return gradient.double().norm(dim=-1).numpy()


def attention_maps(model: Transformer, batch: Batch) -> np.ndarray:
    """How much each step of sample 0 looks at each other.

    Returns
    -------
    numpy.ndarray
        float32 (layers, heads, T, T), T being the length of the sample: row t says where step t looks, and sums to 1.

    Raises
    ------
    ValueError
        For a network without attention.
    """
    if not isinstance(model, Transformer):
        raise ValueError("Only a Transformer has attention maps.")
    training = model.training
    model.eval()
    with torch.no_grad():
        maps = model.maps(model.embed(batch.inputs[:1, : int(batch.lengths[0])]))
    model.train(training)
    return maps[:, 0].numpy()
