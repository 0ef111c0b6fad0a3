"""What a transfer measures, in which order: draw by draw, few examples first, so that every method has a point early."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from explorer.applications.transfer.experiment import METHODS, NETWORKS, PARTS, SIZES
from explorer.applications.transfer.material import material_of

if TYPE_CHECKING:
    from explorer.applications.transfer.experiment import TransferExperiment

AVAILABLE = {"topics": 900, "sentiment": 150}
"""Texts to learn from at least; a test counts them."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """One method on one draw of so many examples.

    Attributes
    ----------
    draw, size, method : int
        Indices of the draw, of the number of examples among `sizes`, and of the method among `METHODS`.
    examples : int
    parts : int
        How many steps it is shown in.
    """

    draw: int
    size: int
    method: int
    examples: int
    parts: int


def sizes(experiment: TransferExperiment) -> tuple[int, ...]:
    """Numbers of labelled examples, up to what is wanted and what there is; the last takes all there are if fewer."""
    most = min(experiment.most, _available(experiment))
    within = [size for size in SIZES if size <= most]
    return tuple(within if within and most < 2 * within[-1] else [*within, most])


def _available(experiment: TransferExperiment) -> int:
    if experiment.task in AVAILABLE:
        return AVAILABLE[experiment.task]
    try:
        return len(material_of(experiment).training)
    except ValueError:  # told when the measurement begins
        return SIZES[0]


def plan(experiment: TransferExperiment) -> list[Fitting]:
    """Every fitting of a measurement."""
    return list(_fittings(experiment))


def _fittings(experiment: TransferExperiment) -> Iterator[Fitting]:
    for draw in range(experiment.repeats):
        for size, examples in enumerate(sizes(experiment)):
            for method, name in enumerate(METHODS):
                yield Fitting(draw, size, method, examples, PARTS if name in NETWORKS else 1)
