"""Compute a saved run again: an experiment and its changes are the whole run, so every kept frame must come out equal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from explorer.frame import Change, Frame, same_bits
from explorer.sequence.divergence import TrainingDiverged
from explorer.sequence.experiment import SequenceExperiment


def replay(
    experiment: SequenceExperiment, changes: Sequence[Change], frames: Sequence[Frame]
) -> Iterator[tuple[Frame, bool]]:
    """Each saved frame, and whether it came out the same again, to the last bit.

    Parameters
    ----------
    experiment : SequenceExperiment
    changes : sequence of Change
    frames : sequence of Frame
        In the order of their steps; some may have lost their arrays or their weights to thinning.
    """
    drawn = {frame.step for frame in frames if frame.arrays or "score" in frame.metrics}
    again = experiment.frames(changes, drawn.__contains__)
    for saved in frames:
        fresh = _at(saved.step, again)
        yield saved, fresh is not None and same_bits(_thinned_like(saved, fresh), saved)


def _at(step: int, again: Iterator[Frame]) -> Frame | None:
    """The frame of this step; None where the training now comes apart before it."""
    try:
        return next((frame for frame in again if frame.step == step), None)
    except TrainingDiverged:
        return None


def _thinned_like(saved: Frame, fresh: Frame) -> Frame:
    """The new frame without what the saved one has lost."""
    arrays = fresh.arrays if saved.arrays else {}
    return Frame(fresh.step, fresh.metrics, arrays, None if saved.weights is None else fresh.weights)
