"""What is inside a network while it reads and answers: every state, and the total gradient at every step of both halves.

As in `explorer.sequence.tracing`, each half is computed one time step at a time, so that dL/dh_t has what comes back
through the recurrence, what the attention asks of a state, and what passes over the bridge between the halves.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import torch
from torch import Tensor

from explorer.sequence.encoder_decoder.model import EncoderDecoder, Memory
from explorer.sequence.encoder_decoder.reading import final_state
from explorer.sequence.encoder_decoder.tasks import Batch
from explorer.sequence.pace import Pace, Slices, run_through
from explorer.sequence.recurrence import Array
from explorer.sequence.unrolling import MULTIPLICATIONS, Unrolled, cells_of, float64

Loss = Callable[[Tensor, Batch], Tensor]


@dataclass(frozen=True, eq=False)
class Trace:
    """States and gradients, all float64. Padded steps hold zeros.

    Attributes
    ----------
    encoder_hidden : Array
        (n, S, H), both directions side by side; S is 1 and the state that of the picture or class where no sequence
        is read.
    decoder_hidden : Array
        (n, U, H), given the right answers.
    attention : Array or None
        (n, U, S); rows sum to 1.
    grad_encoder, grad_decoder : Array
        The total dL/dh_t, like the states.
    outputs : Array
        (n, U, O), logits.
    loss : float
    directions : int
        Of the encoder; 0 where no sequence is read.
    """

    encoder_hidden: Array
    decoder_hidden: Array
    attention: Array | None
    grad_encoder: Array
    grad_decoder: Array
    outputs: Array
    loss: float
    directions: int

    def gradient_norms(self, of: Literal["encoder", "decoder"] = "encoder") -> Array:
        """Mean over samples of the norm of each sample's gradient, by step (not the norm of the mean: samples cancel)."""
        gradient = self.grad_encoder if of == "encoder" else self.grad_decoder
        return np.linalg.norm(gradient, axis=-1).mean(axis=0)

    def norms_by_direction(self) -> Array:
        """The encoder's `gradient_norms` for each of its directions, (directions, S)."""
        parts = np.split(self.grad_encoder, max(self.directions, 1), axis=-1)
        return np.stack([np.linalg.norm(part, axis=-1).mean(axis=0) for part in parts])


def trace(model: EncoderDecoder, batch: Batch, loss: Loss | None = None) -> Trace:
    """Run a batch through a model, given the right answers, and back, one time step at a time.

    Parameters
    ----------
    model : EncoderDecoder
        Is not changed, nor are its gradients.
    batch : Batch
        A few pairs suffice.
    loss : callable, optional
        ``loss(outputs, batch)``, a scalar; the mean over all steps, as in training, when left out. A sum over steps
        has a direct term at every step of the decoder; `loss_of_step` shows how far one of them reaches.
    """
    return run_through(trace_slices(model, batch, loss))


def trace_slices(
    model: EncoderDecoder, batch: Batch, loss: Loss | None = None, pace: Pace | None = None
) -> Slices[Trace]:
    """`trace`, yielding None after every ~15 ms of work."""
    forward = yield from walk_slices(model, batch, pace or Pace())
    return (yield from forward.backward_slices(loss))


def mean_loss(model: EncoderDecoder) -> Loss:
    """The loss of the training: the mean over all steps."""
    return lambda outputs, batch: model.task.loss(outputs, batch) / model.task.scored(batch)


def loss_of_step(model: EncoderDecoder, step: int | None = None) -> Loss:
    """The mean over pairs of the loss of one step of the answer, counted from 0; of each answer's last when left out."""

    def loss(outputs: Tensor, batch: Batch) -> Tensor:
        steps = batch.target_lengths - 1 if step is None else torch.full_like(batch.target_lengths, step)
        rows = torch.arange(len(batch))
        one = replace(batch, targets=batch.targets[rows, steps][:, None])
        return model.task.loss(outputs[rows, steps][:, None], one) / len(batch)

    return loss


@dataclass(eq=False)
class Walk:
    """A batch on its way through a model, step by step; backwards as often as there are losses to ask about."""

    model: EncoderDecoder
    batch: Batch
    pace: Pace
    encoder: list[Unrolled]
    decoder: Unrolled
    read: Tensor  # what the encoder's states, or the look, gave: (n, S, H), float64
    memory: Memory
    written: Tensor  # the decoder's states (n, U, H), float64
    seen: Tensor
    weights: Tensor | None
    outputs: Tensor

    def backward_slices(self, loss: Loss | None = None) -> Slices[Trace]:
        """Send the gradient of a loss back."""
        yield None
        with torch.enable_grad():
            value = (loss or mean_loss(self.model))(self.outputs, self.batch)
        arriving, direct = torch.autograd.grad(value, [self.written, self.read], retain_graph=True, allow_unused=True)
        yield from self.decoder.backward(_by_time(arriving), self.pace)
        grad_read = torch.zeros_like(self.read) if direct is None else direct
        grad_read = grad_read + self._over_the_bridge()
        for one, part in zip(self.encoder, np.split(_by_time(grad_read), max(len(self.encoder), 1), -1), strict=False):
            yield from one.backward(part, self.pace)
        encoder = _joined(self.encoder, lambda one: one.stacked_gradient("h")) if self.encoder else float64(grad_read)
        return Trace(
            encoder_hidden=float64(self.read),
            decoder_hidden=float64(self.written),
            attention=None if self.weights is None else float64(self.weights),
            grad_encoder=encoder,
            grad_decoder=_joined([self.decoder], lambda one: one.stacked_gradient("h")),
            outputs=float64(self.outputs),
            loss=value.item(),
            directions=len(self.encoder),
        )

    def _over_the_bridge(self) -> Tensor:
        """What the decoder's first state asks of the states that were read."""
        first = self.decoder.backward_steps[0]
        ends = [(self.memory.h, first.h_before), (self.memory.c, first.c_before)]
        outs, grads = zip(*[(out[0], torch.from_numpy(grad)) for out, grad in ends if out is not None], strict=True)
        return torch.autograd.grad(outs, self.read, grads, retain_graph=True)[0]


def walk_slices(model: EncoderDecoder, batch: Batch, pace: Pace) -> Slices[Walk]:
    """A batch forward through a model, given the right answers."""
    exact = _in_float64(model)
    encoder, read = yield from _read(model, exact, batch, pace)
    read.requires_grad_()
    with torch.enable_grad():
        last = read[:, 0] if model.look is not None else final_state(read, batch.source_lengths, len(encoder))
        memory = exact.bridged(None if model.look is not None else read, last, batch.source_lengths)
    decoder = yield from _write(model, batch, memory, pace)
    written = torch.from_numpy(_joined([decoder], lambda one: one.stacked("h"))).requires_grad_()
    if pace.due(written.shape[0] * written.shape[1] * sum(w.numel() for w in exact.parameters()) / MULTIPLICATIONS):
        yield None
    with torch.enable_grad():
        seen, weights = exact.attend(written, memory)
        outputs = exact.readout(seen)
    return Walk(model, batch, pace, encoder, decoder, read, memory, written, seen, weights, outputs)


def _read(
    model: EncoderDecoder, exact: EncoderDecoder, batch: Batch, pace: Pace
) -> Slices[tuple[list[Unrolled], Tensor]]:
    """The encoder's directions, and their states (n, S, H)."""
    with torch.no_grad():
        if model.look is not None:
            seen = batch.sources.double() if batch.sources.is_floating_point() else batch.sources
            return [], exact.look(seen)[:, None]
        inputs = float64(model.embed(batch.sources)).swapaxes(0, 1)
    present = _present(batch.source_lengths, len(inputs))
    directions = [Unrolled(cells_of(one)[0], bool(k), present) for k, one in enumerate(model.encoder)]
    for one in directions:
        yield from one.forward(inputs, pace)
    return directions, torch.from_numpy(_joined(directions, lambda one: one.stacked("h")))


def _write(model: EncoderDecoder, batch: Batch, memory: Memory, pace: Pace) -> Slices[Unrolled]:
    """The decoder, fed the right answers."""
    with torch.no_grad():
        inputs = float64(model.embed_before(model.shifted(batch.targets))).swapaxes(0, 1)
    decoder = Unrolled(cells_of(model.decoder)[0], False, _present(batch.target_lengths, len(inputs)))
    h, c = float64(memory.h[0]), None if memory.c is None else float64(memory.c[0])
    yield from decoder.forward(inputs, pace, h, c)
    return decoder


def _in_float64(model: EncoderDecoder) -> EncoderDecoder:
    """The same network for exact gradients, without what the written-out cells do."""
    light = deepcopy({name: getattr(model, name) for name in ("look", "bridge", "attention", "readout")})
    exact = EncoderDecoder.__new__(EncoderDecoder)
    torch.nn.Module.__init__(exact)
    for name, module in light.items():
        setattr(exact, name, None if module is None else module.double().requires_grad_(False))
    return exact


def _present(lengths: Tensor, steps: int) -> Array:
    return np.arange(steps)[:, None] < lengths.numpy()


def _by_time(values: Tensor) -> Array:
    """(n, T, H) as the written-out cells have it: (T, n, H)."""
    return np.ascontiguousarray(values.numpy().swapaxes(0, 1))


def _joined(directions: list[Unrolled], part: Callable[[Unrolled], Array]) -> Array:
    """A quantity (T, n, units) of all directions side by side, (n, T, units of all)."""
    return np.ascontiguousarray(np.concatenate([part(one) for one in directions], axis=-1).swapaxes(0, 1))
