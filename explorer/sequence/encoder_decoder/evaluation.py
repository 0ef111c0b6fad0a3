"""How well a network answers what it was not trained on, a few pairs at a time."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from explorer.sequence.encoder_decoder.answering import Choose
from explorer.sequence.encoder_decoder.cost import answers_at_once, step_cost
from explorer.sequence.encoder_decoder.model import EncoderDecoder
from explorer.sequence.encoder_decoder.tasks import Batch
from explorer.sequence.encoder_decoder.tasks.task import END
from explorer.sequence.pace import Pace, Slices


def teach_slices(
    model: EncoderDecoder, batch: Batch, at_once: int, cost: float, pace: Pace
) -> Slices[tuple[float, float]]:
    """Mean loss, and share of steps answered right, each given the right steps before it.

    Parameters
    ----------
    at_once : int
        Pairs in one piece of work.
    cost : float
        Microseconds of one piece.
    """
    loss, right = 0.0, 0
    for start in range(0, len(batch), at_once):
        if pace.due(cost):
            yield None
        part = batch.pick(slice(start, start + at_once))
        with torch.no_grad():
            outputs = model(part)
        loss += model.task.loss(outputs, part).item()
        right += model.task.right(outputs, part)
    scored = model.task.scored(batch)
    return loss / scored, right / scored


def speak_slices(model: EncoderDecoder, batch: Batch, pace: Pace, choose: Choose | None = None) -> Slices[Tensor]:
    """The network's own answers, int64 (n, most steps), `END` from where they ended on.

    Parameters
    ----------
    choose : callable, optional
        ``choose(logits) -> tokens``; the likeliest when left out.
    """
    at_once = answers_at_once(model)
    parts = []
    for start in range(0, len(batch), at_once):
        part = batch.pick(slice(start, start + at_once))
        parts.append((yield from _spoken(model, part, pace, choose or _likeliest)))
    longest = max(part.shape[1] for part in parts)
    return torch.cat([functional.pad(part, (0, longest - part.shape[1]), value=END) for part in parts])


def _likeliest(logits: Tensor) -> Tensor:
    return logits.argmax(-1)


def _spoken(model: EncoderDecoder, batch: Batch, pace: Pace, choose: Choose) -> Slices[Tensor]:
    """Answers to a few questions."""
    steps = batch.sources.shape[1] if model.encoder else 1
    cost = step_cost(model, len(batch), steps)
    if pace.due(cost * steps):
        yield None
    with torch.no_grad():
        memory, before = model.read(batch), model.start(len(batch))
    tokens: list[Tensor] = []
    going = torch.ones(len(batch), 1, dtype=torch.bool)
    for _ in range(model.task.longest):
        if pace.due(cost):
            yield None
        with torch.no_grad():
            logits, _, memory = model.step(memory, before)
            before = choose(logits)[:, None] * going
        tokens.append(before)
        going = going & (before != END)
        if not bool(going.any()):
            break
    return torch.cat(tokens, dim=1)


def exact_share(model: EncoderDecoder, batch: Batch, tokens: Tensor) -> float:
    """Share of the answers (n, steps) that are right from the first symbol to the end."""
    right = [model.task.write(one) for one in batch.targets.clamp(min=END).tolist()]
    said = [model.task.write(one) for one in tokens.tolist()]
    return sum(one == other for one, other in zip(said, right, strict=True)) / len(right)
