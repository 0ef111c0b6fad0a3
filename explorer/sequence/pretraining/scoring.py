"""How well a network expects a text, in nats and in bits per character, each piece with as much before it as it can see."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from explorer.sequence.pace import Pace, Slices, run_through
from explorer.sequence.pretraining.cost import reading_microseconds

if TYPE_CHECKING:
    from explorer.sequence.pretraining.experiment import PretrainingExperiment
    from explorer.sequence.pretraining.model import Transformer
    from explorer.sequence.pretraining.pieces import Pieces

AT_ONCE = 4096
"""Pieces read in one go at most."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well a text was expected.

    Attributes
    ----------
    nats : float
        Negative log probability of all its pieces together.
    unsaid : float
        Nats to spell the unknown ones.
    pieces, characters : int
    """

    nats: float
    unsaid: float
    pieces: int
    characters: int

    @property
    def loss(self) -> float:
        """Nats per piece."""
        return self.nats / max(self.pieces, 1)

    @property
    def perplexity(self) -> float:
        """How many equally likely pieces that corresponds to."""
        return math.exp(min(self.loss, 700.0))

    @property
    def bits_per_character(self) -> float:
        """Comparable between vocabularies: each says the same text to the letter."""
        return (self.nats + self.unsaid) / max(self.characters, 1) / math.log(2)


def perplexity(model: Transformer, pieces: Pieces, text: str) -> Score:
    """How well a GPT expects a text, which for it begins after the end of a line.

    Raises
    ------
    ValueError
        For an empty text, and for a BERT, which gives no probability to a text.
    """
    if not model.causal:
        raise ValueError("A network that guesses hidden pieces gives no probability to a whole text.")
    if not text:
        raise ValueError("Type some text, for example “The history of ”.")
    parts = pieces.cut(text)
    nats = losses(model, np.concatenate([[pieces.start], pieces.number(parts)]))
    return Score(float(nats.sum()), pieces.unsaid(parts), len(parts), len(text))


def bits_per_character(model: Transformer, pieces: Pieces, text: str) -> float:
    """Bits per character of a text; see `perplexity`."""
    return perplexity(model, pieces, text).bits_per_character


def losses(model: Transformer, ids: np.ndarray, first: int = 1) -> np.ndarray:
    """Nats of each piece from place `first` on, float64, each with at least half a context before it where there is one."""
    return run_through(losses_slices(model, ids, first))


def losses_slices(
    model: Transformer, ids: np.ndarray, first: int = 1, experiment: PretrainingExperiment | None = None
) -> Slices[np.ndarray]:
    """`losses` in slices (with an experiment, by which their length is estimated)."""
    pace, windows = Pace(), _windows(len(ids), first, model.context)
    found = np.zeros(len(ids) - first)
    numbers = torch.from_numpy(np.asarray(ids, dtype=np.int64))
    for begin, end, scored in windows:
        if experiment is None or pace.due(reading_microseconds(experiment, 1, end - begin)):
            yield None
        with torch.no_grad():
            states = model.states(numbers[None, begin : end - 1])[0, scored - 1 - begin :]
            logits = model.read(states)
            nats = torch.nn.functional.cross_entropy(logits, numbers[scored:end], reduction="none")
        found[scored - first : end - first] = nats.double().numpy()
    return found


def _windows(count: int, first: int, context: int) -> list[tuple[int, int, int]]:
    """Windows of at most context + 1 pieces: where each begins and ends, and the first piece it is asked about."""
    windows, scored = [], first
    stride = max(1, context // 2)
    while scored < count:
        end = min(count, scored + stride) if scored > context - stride else min(count, context + 1)
        windows.append((max(0, end - context - 1), end, scored))
        scored = end
    return windows
