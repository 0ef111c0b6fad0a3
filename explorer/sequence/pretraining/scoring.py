"""How well a network expects a text, in nats and in bits per character, each piece with as much before it as it can see."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

if TYPE_CHECKING:
    from explorer.sequence.pretraining.model import Transformer
    from explorer.sequence.pretraining.pieces import Pieces


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


@torch.no_grad()
def losses(model: Transformer, ids: np.ndarray, first: int = 1) -> np.ndarray:
    """Nats of each piece from place `first` on, float64, each with at least half a context before it where there is one."""
    found = np.zeros(len(ids) - first)
    numbers = torch.from_numpy(np.asarray(ids, dtype=np.int64))
    for begin, end, scored in _windows(len(ids), first, model.context):
        states = model.states(numbers[None, begin : end - 1])[0, scored - 1 - begin :]
        nats = torch.nn.functional.cross_entropy(model.read(states), numbers[scored:end], reduction="none")
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
