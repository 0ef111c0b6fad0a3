"""Text from the network itself: one token at a time, each drawn from what the network expects next."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from explorer.sequence.model import SequenceModel
from explorer.sequence.pace import Pace, Slices
from explorer.sequence.tasks import Task

LONGEST = 120
"""Most tokens of a sample."""
PROMPT = 12
"""Tokens of the held-out text that the network reads before it goes on by itself."""
END = "<end>"


class Reader:
    """Reads one token at a time and keeps the states of all layers in between.

    Parameters
    ----------
    model : SequenceModel
        Unidirectional, in evaluation mode, with tokens as inputs.
    """

    def __init__(self, model: SequenceModel) -> None:
        self.model = model
        self.forget()

    def forget(self) -> None:
        """Begin with an empty memory."""
        self._states: list = [None] * len(self.model.recurrent)

    @torch.no_grad()
    def read(self, token: int) -> Tensor:
        """Logits (O,) of what comes after this token and all before it."""
        below = self.model.embed(torch.tensor([[token]]))
        for layer, module in enumerate(self.model.recurrent):
            below, self._states[layer] = module(below, self._states[layer])
        return self.model.readout(below[0, 0])


def draw(logits: Tensor, temperature: float, generator: torch.Generator) -> int:
    """One class, with probability softmax(logits / temperature)."""
    finite = torch.nan_to_num(logits).clamp(-1e6, 1e6)
    chances = torch.softmax(finite / temperature, dim=-1)
    return int(torch.multinomial(chances, 1, generator=generator))


def sample_slices(
    model: SequenceModel, temperature: float, generator: torch.Generator, pace: Pace
) -> Slices[np.ndarray]:
    """At most 120 tokens, int32: what the network was given to begin with, and how it goes on.

    A task with an end token begins again, with an empty memory and the beginning of another training
    sequence, whenever the network says that token.
    """
    task, reader = model.task, Reader(model)
    cost = _cost(model)
    end = task.labels.index(END) if END in task.labels else None
    tokens = _beginning(task, generator)
    read = 0
    while len(tokens) < LONGEST:
        if pace.due(cost):
            yield None
        logits = reader.read(tokens[read])
        read += 1
        if read < len(tokens):
            continue
        tokens.append(draw(logits, temperature, generator))
        if tokens[-1] == end:
            reader.forget()
            tokens += _beginning(task, generator)
            read = len(tokens) - 1
    return np.array(tokens[:LONGEST], dtype=np.int32)


def _beginning(task: Task, generator: torch.Generator) -> list[int]:
    held_out = task.held_out()
    if held_out is None:
        return task.sample(1, generator).inputs[0, :1].tolist()
    return held_out.inputs[0, :PROMPT].tolist()


def _cost(model: SequenceModel) -> float:
    """Microseconds of one token."""
    weights = sum(weight.numel() for weight in model.recurrent.parameters()) + model.readout.weight.numel()
    return 40.0 + 70.0 * len(model.recurrent) + weights / 5_000.0
