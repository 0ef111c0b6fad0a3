"""Loss and score on sequences the training does not see, a few sequences at a time."""

from __future__ import annotations

import torch

from explorer.sequence.model import SequenceModel
from explorer.sequence.pace import Pace, Slices
from explorer.sequence.tasks import IGNORED, Batch


def evaluate_slices(model: SequenceModel, batch: Batch, at_once: int, pace: Pace) -> Slices[tuple[float, float]]:
    """Loss and score (the task's metric) of a whole batch.

    Parameters
    ----------
    model : SequenceModel
        In evaluation mode.
    at_once : int
        Sequences in one piece of work. Parts are weighted by how many answers they score.
    """
    loss = score = weight = 0.0
    for start in range(0, len(batch), at_once):
        if start or pace.due(float("inf")):
            yield None
        part = _rows(batch, slice(start, start + at_once))
        share = _scored(part)
        with torch.no_grad():
            outputs = model(part.inputs, part.lengths)
            loss += share * model.task.loss(outputs, part).item()
            score += share * model.task.score(outputs, part)
        weight += share
    return loss / weight, score / weight


def _rows(batch: Batch, rows: slice) -> Batch:
    return Batch(batch.inputs[rows], batch.targets[rows], batch.lengths[rows])


def _scored(batch: Batch) -> int:
    """How many answers a batch scores; numbers are always scored."""
    return batch.targets.numel() if batch.targets.is_floating_point() else int((batch.targets != IGNORED).sum())
