"""Loss and score on sequences the training does not see, a few sequences at a time."""

from __future__ import annotations

import torch

from explorer.sequence.model import SequenceModel
from explorer.sequence.pace import Pace, Slices
from explorer.sequence.tasks import IGNORED, Batch

Result = tuple[float, float]


def evaluate_slices(model: SequenceModel, batch: Batch, at_once: int, cost: float, pace: Pace) -> Slices[Result]:
    """Loss and score (the task's metric) of a whole batch.

    Parameters
    ----------
    model : SequenceModel
        In evaluation mode.
    at_once : int
        Sequences in one piece of work. Losses are weighted by how many answers a piece scores.
    cost : float
        Microseconds of one piece.
    """
    losses, scores = [], []
    for start in range(0, len(batch), at_once):
        if pace.due(cost):
            yield None
        part = _rows(batch, slice(start, start + at_once))
        with torch.no_grad():
            outputs = model(part.inputs, part.lengths)
            losses.append((model.task.loss(outputs, part).item(), _answers(part)))
            scores.append((model.task.score(outputs, part), part))
    loss = sum(loss * answers for loss, answers in losses) / sum(answers for _, answers in losses)
    return loss, scores[0][0] if len(scores) == 1 else model.task.pooled_score(scores)


def _rows(batch: Batch, rows: slice) -> Batch:
    return Batch(batch.inputs[rows], batch.targets[rows], batch.lengths[rows])


def _answers(batch: Batch) -> int:
    """How many answers of a batch are scored."""
    return int((batch.targets != IGNORED).sum())
