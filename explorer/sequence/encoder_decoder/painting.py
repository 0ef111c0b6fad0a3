"""Pictures drawn row by row: what the network expects of each row, and the row it then goes on from."""

from __future__ import annotations

from typing import Literal, NamedTuple

import torch
from torch import Tensor

from explorer.sequence.encoder_decoder.model import EncoderDecoder
from explorer.sequence.encoder_decoder.tasks.task import unanswered
from explorer.sequence.pace import Pace, Slices, run_through

Fed = Literal["sampled", "mean"]
ROW_COST = 1_000.0
"""Microseconds of one row of a few pictures."""


class Painted(NamedTuple):
    """Drawn pictures, float32 (n, 8, 8) from 0 to 1: what was expected of each row, and what was then fed back."""

    expected: Tensor
    fed: Tensor


def paint(model: EncoderDecoder, digits: Tensor, fed: Fed, generator: torch.Generator) -> Painted:
    """Draw these digits, int64 (n,).

    Parameters
    ----------
    fed : str
        ``"sampled"``: each next row follows one drawn at random from what was expected: ink with that chance, or a
        brightness with the spread that pixel shows around the network's expectation in the training pictures.
        ``"mean"``: it follows the expectation itself.
    generator : torch.Generator
        Of the random rows; not used with ``"mean"``.
    """
    return run_through(paint_slices(model, digits, fed, generator, Pace()))


def paint_slices(
    model: EncoderDecoder, digits: Tensor, fed: Fed, generator: torch.Generator, pace: Pace
) -> Slices[Painted]:
    """`paint` in slices."""
    task = model.task
    random = fed == "sampled"
    if pace.due(8 * ROW_COST):
        yield None
    spread = None if task.bernoulli or not random else residual_spread(model)
    with torch.no_grad():
        memory, before = model.read(unanswered(digits)), model.start(len(digits))
    expected, followed = [], []
    for row in range(task.longest):
        if pace.due(ROW_COST + 5.0 * len(digits)):
            yield None
        with torch.no_grad():
            outputs, _, memory = model.step(memory, before)
            said = task.said(outputs)
            before = (drawn_row(said, None if spread is None else spread[row], generator) if random else said)[:, None]
        expected.append(said)
        followed.append(before[:, 0])
    return Painted(torch.stack(expected, 1), torch.stack(followed, 1))


def drawn_row(expected: Tensor, spread: Tensor | None, generator: torch.Generator) -> Tensor:
    """Rows (n, 8) drawn at random around what was expected of them."""
    if spread is None:
        return torch.bernoulli(expected, generator=generator)
    return (expected + spread * torch.randn(expected.shape, generator=generator)).clamp(0.0, 1.0)


@torch.no_grad()
def residual_spread(model: EncoderDecoder) -> Tensor:
    """Standard deviation (8, 8) of each pixel around what the network expects of it, given the right rows above.

    The likeliest spread of Gaussian pixels whose means are the network's; measured on training pictures.
    """
    batch = model.task.reference()
    return (batch.targets - model.task.said(model(batch))).square().mean(0).sqrt()
