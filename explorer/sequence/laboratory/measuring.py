"""Profile, spectrum and matrix of one cell, one after another: what `LaboratoryExperiment` yields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

import numpy as np

from explorer.frame import Frame, Wanted
from explorer.sequence.laboratory.experiment import MATRIX, PROFILE, SPECTRUM
from explorer.sequence.laboratory.given import Trained
from explorer.sequence.laboratory.jacobians import (
    lyapunov_slices,
    product_slices,
    singular_value_slices,
    step_jacobian_slices,
)
from explorer.sequence.laboratory.probed import Probed
from explorer.sequence.laboratory.tangent import Tangent
from explorer.sequence.laboratory.trained import Traced
from explorer.sequence.pace import Pace, Slices

if TYPE_CHECKING:
    from explorer.sequence.laboratory.experiment import LaboratoryExperiment

Arrays = dict[str, np.ndarray]
Metrics = dict[str, float]


class Subject(Protocol):
    """What is measured."""

    def profile(self, pace: Pace) -> Slices[tuple[Arrays, Metrics]]: ...

    def tangent(self) -> Tangent: ...

    def matrix(self, pace: Pace) -> Slices[tuple[Arrays, Metrics]]: ...


def measure(experiment: LaboratoryExperiment, wanted: Wanted | None = None) -> Iterator[Frame | None]:
    """Measure a cell, part by part.

    Parameters
    ----------
    experiment : LaboratoryExperiment
        Equal experiments give equal frames to the bit.
    wanted : callable, optional
        Asked once before each frame; all of them carry arrays whatever it says, since each is a result.

    Yields
    ------
    Frame or None
        Frame 0 has the profile: "hidden" and "naive" (T,), for an LSTM "cell" and "both" (T,), for a probed or trained RNN "theory"
        (T,); metrics "factor" and "half_life", for a probe "cut", for a trained network its "loss". Frame 1 adds the spectrum of one sample:
        "singular_values" and "product_singular" (T, S), log10 and largest first, "lyapunov" (S,) and "lyapunov_path" (T, S),
        natural logarithms per step; metrics "largest_exponent" and "sample". It adds nothing where
        ``experiment.decomposes`` is false. Frame 2 adds "matrix" (T, T) and the metric "followed", the samples in it. None
        where a frame is not complete yet.

    Raises
    ------
    ValueError
        When the weights belong to another network, or its task cannot read the given text.
    """
    pace, wanted = Pace(), wanted or (lambda step: True)
    subject: Subject = Traced(experiment) if isinstance(experiment.given, Trained) else Probed(experiment)
    yield None
    arrays, metrics = {}, {}
    for step, part in (
        (PROFILE, subject.profile),
        (SPECTRUM, _spectrum(experiment, subject)),
        (MATRIX, subject.matrix),
    ):
        wanted(step)
        more, numbers = yield from part(pace)
        arrays, metrics = arrays | more, metrics | numbers
        yield Frame(step, metrics, arrays)


def _spectrum(experiment: LaboratoryExperiment, subject: Subject):
    def slices(pace: Pace) -> Slices[tuple[Arrays, Metrics]]:
        if not experiment.decomposes:
            return {}, {}
        tangent = subject.tangent()
        sample = min(experiment.sample, tangent.samples - 1)
        jacobians = yield from step_jacobian_slices(tangent, sample, pace)
        values = yield from singular_value_slices(jacobians, pace)
        stretched = yield from product_slices(jacobians, pace)
        exponents = yield from lyapunov_slices(jacobians, pace)
        arrays = {
            "singular_values": values,
            "product_singular": stretched,
            "lyapunov": exponents[-1].copy(),
            "lyapunov_path": exponents,
        }
        return arrays, {"largest_exponent": float(exponents[-1, 0]), "sample": float(sample)}

    return slices
