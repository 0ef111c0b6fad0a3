"""Errors sent back through time, along a linearised recurrence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from explorer.sequence.laboratory.names import NormName
from explorer.sequence.laboratory.reading import step_cost
from explorer.sequence.laboratory.tangent import Tangent
from explorer.sequence.pace import Pace, Slices, run_through
from explorer.sequence.recurrence import Array


@dataclass(frozen=True, slots=True, eq=False)
class Gradients:
    """The total dL/dh_t and, for an LSTM, dL/dc_t, each (T, n, units)."""

    hidden: Array
    cell: Array | None = None


def send_back(tangent: Tangent, arriving: Array, cuts: Collection[int] = ()) -> Gradients:
    """The gradient at every step.

    Parameters
    ----------
    tangent : Tangent
    arriving : Array
        What the loss says to each state directly, (T, n, units); most steps may be 0.
    cuts : collection of int
        Steps t at which the way back ends: h_{t-1} gets nothing from h_t.
    """
    return run_through(send_back_slices(tangent, arriving, Pace(), cuts))


def send_back_slices(tangent: Tangent, arriving: Array, pace: Pace, cuts: Collection[int] = ()) -> Slices[Gradients]:
    """`send_back`, yielding None after every ~15 ms of work."""
    lstm, cuts = tangent.cell is not None, frozenset(cuts)
    hidden = np.empty_like(tangent.hidden)
    cell = np.empty_like(tangent.hidden) if lstm else None
    h = np.zeros_like(hidden[0])
    c = np.zeros_like(h) if lstm else None
    cost = step_cost(*tangent.recurrent.shape, tangent.samples)
    for t in range(tangent.length - 1, -1, -1):
        if pace.due(cost):
            yield None
        h = hidden[t] = arriving[t] + h
        if tangent.present is not None:
            h, c = h * tangent.present[t], None if c is None else c * tangent.present[t]
            hidden[t] = h
        total, h, c = tangent.back(t, h, c)
        if cell is not None:
            cell[t] = total
        if t in cuts:
            h, c = np.zeros_like(h), None if c is None else np.zeros_like(c)
    return Gradients(hidden, cell)


def norms(gradient: Array, norm: NormName = "per sample") -> Array:
    """Sizes (...,) of gradients (..., n, units): the mean of the samples' sizes, or the size of their mean.

    The second is the smaller, the more the samples' errors point different ways: it says how they cancel, not how far any
    of them reaches.
    """
    return _sizes(gradient, norm).mean(axis=-1)


def state_norms(gradients: Gradients, norm: NormName = "per sample") -> Slices[tuple[Array, Array | None, Array]]:
    """Sizes (T,) of dL/dh_t, of dL/dc_t (None without a cell state) and of the two as one vector; see `norms`."""
    hidden = both = _sizes(gradients.hidden, norm)
    cell = None
    if gradients.cell is not None:
        yield None
        cell = _sizes(gradients.cell, norm)
        both = np.hypot(hidden, cell)
    return hidden.mean(axis=-1), None if cell is None else cell.mean(axis=-1), both.mean(axis=-1)


def _sizes(gradient: Array, norm: NormName) -> Array:
    """(..., n), or (..., 1) of the samples' mean."""
    if norm == "of the mean":
        gradient = gradient.mean(axis=-2, keepdims=True)
    # Squares of what is below 1e-162 would be 0: each vector is measured in units of its largest number.
    largest = np.maximum(gradient.max(axis=-1), -gradient.min(axis=-1))
    scaled = gradient / np.where(largest > 0.0, largest, 1.0)[..., None]
    return largest * np.sqrt(np.einsum("...u,...u->...", scaled, scaled))
