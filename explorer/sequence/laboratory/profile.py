"""How much of an error arrives at each earlier step: the gradient's size against time, in float64."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from explorer.sequence.decay import decay_per_step
from explorer.sequence.laboratory.draws import directions_of
from explorer.sequence.laboratory.floors import FLOAT64, floor_sentence
from explorer.sequence.laboratory.names import CellName
from explorer.sequence.laboratory.probe import Probe
from explorer.sequence.laboratory.reading import read_slices
from explorer.sequence.laboratory.sending import norms, send_back_slices, state_norms
from explorer.sequence.laboratory.tangent import Tangent
from explorer.sequence.laboratory.theory import Theory, theory
from explorer.sequence.pace import Pace, Slices, run_through
from explorer.sequence.recurrence import Array

FLOOR = FLOAT64


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """Sizes of a gradient at every step, all (T,) float64.

    Attributes
    ----------
    hidden, cell, both : Array
        |dL/dh_t|, for an LSTM |dL/dc_t| (otherwise None), and of the two as one vector (the same as `hidden` without a cell
        state).
    naive : Array
        What ``retain_grad()`` on the output of a fused module would say: only what enters each state from above.
    cut : int
        The steps before this one are exactly 0 because the way back is cut, not because anything vanished.
    cuts : tuple of int
        All steps at which the way back ends.
    factor : float
        By which the gradient changes per step back, fitted away from the last steps and within the last window; NaN when
        there are too few steps.
    half_life : float
        Steps back after which half is left; infinite when it does not fall.
    theory : Theory
        What is known beforehand.
    """

    hidden: Array
    cell: Array | None
    both: Array
    naive: Array
    cut: int
    cuts: tuple[int, ...]
    factor: float
    half_life: float
    theory: Theory

    @property
    def floor_sentence(self) -> str:
        """What happens near the smallest numbers of a float, in words; empty when the gradient stays far above."""
        return floor_sentence(self.hidden, self.cut)


def profile(probe: Probe, cell: CellName) -> Profile:
    """The gradient's profile of one cell before training.

    Parameters
    ----------
    probe : Probe
    cell : str
        ``"rnn"``, ``"lstm"`` or ``"gru"``.
    """
    return run_through(profile_slices(probe, cell))


def profile_slices(probe: Probe, cell: CellName, pace: Pace | None = None) -> Slices[Profile]:
    """`profile`, yielding None after every ~15 ms of work."""
    pace = pace or Pace()
    tangent = yield from read_slices(probe, cell, pace)
    return (yield from profile_of_slices(probe, tangent, pace))


def profile_of_slices(probe: Probe, tangent: Tangent, pace: Pace) -> Slices[Profile]:
    """The profile of a probe that has been read already."""
    arriving = errors_of(probe)
    gradients = yield from send_back_slices(tangent, arriving, pace, probe.cuts)
    together = probe.norm == "of the mean"
    scale = float(np.linalg.norm(arriving[-1].mean(axis=0))) if together else 1.0
    yield None
    known = theory(tangent, arriving, probe.cuts, scale)
    sizes = yield from state_norms(gradients, probe.norm)
    return _described(probe, sizes, norms(arriving, probe.norm), known)


def errors_of(probe: Probe) -> Array:
    """What the loss says to each state directly, (T, n, H): each sample's direction at the last step, or at every one."""
    directions = directions_of(probe)
    errors = np.zeros((probe.length, *directions.shape))
    errors[-1 if probe.loss_at == "last" else slice(None)] = directions
    return errors


def _described(probe: Probe, sizes: tuple[Array, Array | None, Array], naive: Array, known: Theory) -> Profile:
    hidden, cell, both = sizes
    last_window = max(probe.cuts, default=0)
    cut = last_window if probe.loss_at == "last" else 0
    factor = decay_per_step(hidden[last_window:], FLOOR)
    return Profile(hidden, cell, both, naive, cut, probe.cuts, factor, half_life(factor), known)


def half_life(factor: float) -> float:
    """Steps back after which half of a gradient is left, given its factor per step; infinite when it does not fall."""
    return math.nan if math.isnan(factor) else math.log(0.5) / math.log(factor) if factor < 1.0 else math.inf
