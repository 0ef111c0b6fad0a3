"""The T x T matrix of a layer below the top: each step's error goes back through all layers above as well."""

from __future__ import annotations

import numpy as np

from explorer.sequence.laboratory.sending import norms
from explorer.sequence.pace import Pace, Slices
from explorer.sequence.recurrence import Array
from explorer.sequence.tracing import Trace
from explorer.sequence.unrolling import Unrolled


def lower_matrix_slices(seen: Trace, layer: int, pace: Pace) -> Slices[Array]:
    """Sizes of dL_s/dh_t of one layer, (T, T); one whole backward pass for each step that has an error.

    Rows may reach to the right of the diagonal when the network is bidirectional: then a layer below also learns of errors
    through the direction that reads from the right.
    """
    arriving = seen.naive_grad_hidden
    found = np.zeros((arriving.shape[1],) * 2)
    for s in range(arriving.shape[1]):
        if arriving[:, s].any():
            error = np.zeros_like(arriving)
            error[:, s] = arriving[:, s]
            found[s] = norms((yield from _down_to(seen.unrolled, layer, error, pace)))
    return found


def _down_to(layers: tuple[tuple[Unrolled, ...], ...], layer: int, arriving: Array, pace: Pace) -> Slices[Array]:
    """The total gradient (T, n, units) of one layer's states, of what arrives at the top ones (directions, T, n, units)."""
    for depth in range(len(layers) - 1, layer - 1, -1):
        parts = [_again(one) for one in layers[depth]]
        for one, part in zip(parts, arriving, strict=True):
            yield from one.backward(part, pace)
        if depth > layer:
            below = sum(one.stacked_gradient("x") for one in parts)
            arriving = np.stack(np.split(below, len(parts), axis=-1))
    return parts[0].stacked_gradient("h")


def _again(one: Unrolled) -> Unrolled:
    """The same steps with a way back of their own: those of a trace are not to be written to."""
    present = (
        np.ones((len(one.steps), one.steps[0].h.shape[0]), dtype=bool)
        if one.present is None
        else one.present[:, :, 0] > 0
    )
    fresh = Unrolled(one.cell, one.reverse, present)
    fresh.steps = one.steps
    return fresh
