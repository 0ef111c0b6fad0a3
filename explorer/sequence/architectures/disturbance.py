"""What happens to a network's answer when its example is shuffled or padded: order and length, measured."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from explorer.sequence.architectures.comparison import ComparisonModel
from explorer.sequence.model import SequenceModel
from explorer.sequence.tasks import Batch

PADDING = 8
"""Steps of padding that are put behind an example."""


class Changes(NamedTuple):
    """The largest change of any output of the answer; exactly 0 only where not a bit changed.

    Attributes
    ----------
    shuffled : float or None
        With the inputs in another order; None for a single input.
    padded, careless : float or None
        With padding behind the example, whose true length the network is told, or not told: then the answer is read
        after the padding, as ``outputs[:, -1]`` does. None where the network cannot read so many steps.
    """

    shuffled: float | None
    padded: float | None
    careless: float | None


def changes(model: SequenceModel | ComparisonModel, batch: Batch, seed: int) -> Changes:
    """Shuffle and pad the first sample of a batch, and measure what that does to its answer.

    What the answer cannot have seen is cut off first: all inputs that are left are shuffled.

    Parameters
    ----------
    model : SequenceModel or ComparisonModel
        In evaluation mode.
    batch : Batch
    seed : int
        Picks the order.
    """
    last = answer_step(model, batch)
    inputs = batch.inputs[:1, : last + 1]
    before, length = _answer(model, inputs, last + 1), inputs.shape[1]
    order = another_order(length, seed)
    shuffled = None if order is None else _largest(before, _answer(model, inputs[:, torch.from_numpy(order)], length))
    behind = torch.zeros(1, PADDING, *inputs.shape[2:], dtype=inputs.dtype)
    longer = torch.cat([inputs, behind], dim=1)
    if not _can_read(model, longer.shape[1]):
        return Changes(shuffled, None, None)
    padded, careless = (_largest(before, _answer(model, longer, told)) for told in (length, longer.shape[1]))
    return Changes(shuffled, padded, careless)


def answer_step(model: SequenceModel | ComparisonModel, batch: Batch) -> int:
    """The step after which sample 0 is answered, counted from 0."""
    at = batch.lengths - 1 if model.reads == "last" else model.task.answer_step(batch)
    return int(at[0])


def another_order(length: int, seed: int) -> np.ndarray | None:
    """A random order of so many steps that is not their own; None for fewer than two."""
    if length < 2:
        return None
    generator = np.random.default_rng(seed)
    while True:
        order = generator.permutation(length)
        if (order != np.arange(length)).any():
            return order


def _answer(model: SequenceModel | ComparisonModel, inputs: Tensor, length: int) -> Tensor:
    """Outputs (O,) after so many steps; all that is read is told to be that long."""
    with torch.no_grad():
        outputs = model(inputs, torch.tensor([length]))
    return outputs[0, length - 1] if model.reads == "every" else outputs[0]


def _largest(one: Tensor, other: Tensor) -> float:
    return float((one.double() - other.double()).abs().max())


def _can_read(model: SequenceModel | ComparisonModel, length: int) -> bool:
    """Whether there are learned positions enough."""
    places = getattr(model, "places", None)
    return places is None or len(places) >= length
