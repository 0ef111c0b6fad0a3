"""What every kind of training yields: a `Frame`; and what a visitor may do to it: a `Change`.

A frame is what the eye needs (numbers and arrays to draw); the weights inside some frames are what
the mind needs (a model that can be asked about a new sentence, long after training has moved on).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One moment of a training run. Immutable; arrays must not be written to.

    Attributes
    ----------
    step : int
        Number of updates made so far; 0 is the untrained model.
    metrics : Mapping[str, float]
        Numbers by name, e.g. ``{"loss": 1.2, "gradient_norm": 0.4}``.
    arrays : Mapping[str, numpy.ndarray]
        What is drawn; empty for a frame nobody asked to see.
    weights : bytes or None
        The model of this moment, in the safetensors format.
    """

    step: int
    metrics: Mapping[str, float]
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict)
    weights: bytes | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A setting that a visitor changed while the run was going on.

    Attributes
    ----------
    step : int
        The first update made with the new value.
    field : str
        Name of the experiment's field, e.g. ``"learning_rate"``.
    value : float
        The new value, already validated by the experiment.
    """

    step: int
    field: str
    value: float


Wanted = Callable[[int], bool]
"""Asked with a step before that step is made: is its frame to carry arrays and weights?"""

Changes = Sequence[Change]
"""Read anew before every step, so that a list may grow while the training runs."""


def same_bits(one: Frame, other: Frame) -> bool:
    """Whether two frames are equal to the last bit (NaN equal to NaN)."""
    return (
        one.step == other.step
        and one.weights == other.weights
        and _bits(one.metrics) == _bits(other.metrics)
        and one.arrays.keys() == other.arrays.keys()
        and all(_same_array(one.arrays[name], other.arrays[name]) for name in one.arrays)
    )


def _bits(metrics: Mapping[str, float]) -> dict[str, bytes]:
    return {name: np.float64(value).tobytes() for name, value in metrics.items()}


def _same_array(one: np.ndarray, other: np.ndarray) -> bool:
    return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
