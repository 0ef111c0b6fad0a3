"""A probed cell as something to measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from explorer.sequence.laboratory.draws import directions_of
from explorer.sequence.laboratory.matrix import followed_samples, matrix_slices
from explorer.sequence.laboratory.profile import Profile, profile_of_slices
from explorer.sequence.laboratory.reading import read_slices
from explorer.sequence.laboratory.tangent import Tangent
from explorer.sequence.pace import Pace, Slices

if TYPE_CHECKING:
    from explorer.sequence.laboratory.experiment import LaboratoryExperiment


class Probed:
    """What a cell does before training."""

    def __init__(self, experiment: LaboratoryExperiment) -> None:
        self._probe, self._cell = experiment.given, experiment.cell
        self._tangent: Tangent | None = None

    def profile(self, pace: Pace) -> Slices[tuple[dict[str, np.ndarray], dict[str, float]]]:
        """Sizes of the gradient at every step."""
        self._tangent = yield from read_slices(self._probe, self._cell, pace)
        found = yield from profile_of_slices(self._probe, self._tangent, pace)
        return profile_arrays(found), {"factor": found.factor, "half_life": found.half_life, "cut": float(found.cut)}

    def tangent(self) -> Tangent:
        """The recurrence, linearised."""
        return self._tangent

    def matrix(self, pace: Pace) -> Slices[tuple[dict[str, np.ndarray], dict[str, float]]]:
        """Errors of all steps, wherever the probe's own loss stands."""
        some = self._tangent.pick(followed_samples(self._tangent))
        errors = np.broadcast_to(directions_of(self._probe)[: some.samples], some.hidden.shape)
        found = yield from matrix_slices(some, errors, pace, self._probe.cuts, self._probe.norm)
        return {"matrix": found}, {"followed": float(some.samples)}


def profile_arrays(found: Profile) -> dict[str, np.ndarray]:
    """A profile as the arrays of a frame."""
    arrays = {"hidden": found.hidden, "naive": found.naive}
    if found.cell is not None:
        arrays |= {"cell": found.cell, "both": found.both}
    return arrays if found.theory.values is None else arrays | {"theory": found.theory.values}
