"""Text from the network itself: one token at a time, each drawn from what the network expects next."""

from __future__ import annotations

import numpy as np
import torch

from explorer.sequence.model import SequenceModel
from explorer.sequence.pace import Pace, Slices
from explorer.sequence.tasks import Task
from explorer.sequence.unrolling import cells_of

LETTERS, WORDS = 120, 48
"""Tokens of a sample: about two lines of text."""
PROMPT = 12
"""Tokens of the held-out text that the network reads before it goes on by itself."""
END = "<end>"
BEYOND_DOUBT = 1e100
"""Logits are cut here; no finite float32 is as large."""


class Reader:
    """Reads one token at a time and keeps the states of all layers in between.

    Steps the written-out cells: for single tokens they are several times faster than fused modules.

    Parameters
    ----------
    model : SequenceModel
        Unidirectional, with tokens as inputs. Its weights must not change while it is being read.

    Attributes
    ----------
    cost : float
        Microseconds of one token.
    """

    def __init__(self, model: SequenceModel) -> None:
        self._embedding = model.embedding.weight.detach().numpy()
        self._cells = [cells_of(module, torch.float32)[0] for module in model.recurrent]
        self._weight, self._bias = model.readout.weight.detach().numpy(), model.readout.bias.detach().numpy()
        weights = sum(weight.numel() for weight in model.recurrent.parameters()) + model.readout.weight.numel()
        self.cost = 60.0 + 60.0 * len(model.recurrent) + weights / 3_000.0
        self.forget()

    def forget(self) -> None:
        """Begin with an empty memory."""
        empty = [np.zeros((1, cell.weights.units), np.float32) for cell in self._cells]
        self._states = [(zeros, zeros) for zeros in empty]

    def read(self, token: int) -> np.ndarray:
        """Logits (O,) of what comes after this token and all before it."""
        below = self._embedding[token][None]
        for layer, cell in enumerate(self._cells):
            step = cell.forward(below, *self._states[layer])
            below, self._states[layer] = step.h, (step.h, step.c)
        return self._weight @ below[0] + self._bias


def draw(logits: np.ndarray, temperature: float, chance: float) -> int:
    """One class, with probability softmax(logits / temperature); `chance` is uniform in [0, 1)."""
    # A network about to come apart says infinite things; infinities would cancel to NaN below.
    scaled = np.clip(np.nan_to_num(logits.astype(np.float64)), -BEYOND_DOUBT, BEYOND_DOUBT) / temperature
    heights = np.exp(scaled - scaled.max()).cumsum()
    return int(np.searchsorted(heights, chance * heights[-1], side="right"))


def sample_slices(
    model: SequenceModel, temperature: float, generator: torch.Generator, pace: Pace, reader: Reader | None = None
) -> Slices[np.ndarray]:
    """`sample_length` tokens, int32: what the network was given to begin with, and how it goes on.

    A task with an end token begins again, with an empty memory and the beginning of another training
    sequence, whenever the network says that token.
    """
    task, reader = model.task, reader or Reader(model)
    end = task.labels.index(END) if END in task.labels else None
    tokens, length = _beginning(task, generator), sample_length(task)
    chances = torch.rand(length, generator=generator, dtype=torch.float64).tolist()
    read = 0
    while len(tokens) < length:
        if pace.due(reader.cost):
            yield None
        logits = reader.read(tokens[read])
        read += 1
        if read < len(tokens):
            continue
        tokens.append(draw(logits, temperature, chances[len(tokens)]))
        if tokens[-1] == end:
            reader.forget()
            tokens += _beginning(task, generator)
            read = len(tokens) - 1
    return np.array(tokens[:length], dtype=np.int32)


def sample_length(task: Task) -> int:
    """Tokens of a sample, with those that the network was given."""
    return WORDS if task.joiner else LETTERS


def prompt_length(task: Task) -> int:
    """Tokens of a sample that the network was given to begin with; all after them are its own.

    After an end token as many are given again.
    """
    held_out = task.held_out()
    return 1 if held_out is None else min(PROMPT, held_out.inputs.shape[1])


def _beginning(task: Task, generator: torch.Generator) -> list[int]:
    held_out = task.held_out()
    if held_out is None:
        return task.sample(1, generator).inputs[0, : prompt_length(task)].tolist()
    return held_out.inputs[0, : prompt_length(task)].tolist()
