"""A Transformer: every step looks at all others directly, and learns at which of them to look."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from explorer.sequence.architectures.comparison import ComparisonModel, real_steps
from explorer.sequence.architectures.reach import longest_read
from explorer.sequence.dropout import Dropout
from explorer.sequence.tasks import Task

if TYPE_CHECKING:
    from explorer.sequence.architectures.experiment import ArchitectureExperiment

WIDER = 4
"""Hidden units of a block's perceptron, as a multiple of its width."""


class Attention(nn.Module):
    """softmax(Q K^T / sqrt(d)) V, in several heads side by side (Vaswani et al. 2017, section 3.2).

    Attributes
    ----------
    ask : nn.Linear
        From each step its queries, keys and values: hidden to 3 * heads * d.
    tell : nn.Linear
        From what the heads found back to the width of the network.
    """

    def __init__(self, hidden: int, heads: int) -> None:
        super().__init__()
        self.heads, self.size = heads, max(1, hidden // heads)
        self.ask = nn.Linear(hidden, 3 * heads * self.size)
        self.tell = nn.Linear(heads * self.size, hidden)

    def forward(self, x: Tensor, hide: Tensor | None) -> tuple[Tensor, Tensor]:
        """From (n, T, hidden) to the same, and the maps.

        Parameters
        ----------
        hide : Tensor or None
            Added to the scores, (T, T) or (n, 1, T, T): -inf where a step (row) must not look at another (column).

        Returns
        -------
        Tensor, Tensor
            (n, T, hidden), and (n, heads, T, T): how much each step looks at each other; rows sum to 1.
        """
        n, steps, _ = x.shape
        parts = self.ask(x).view(n, steps, 3, self.heads, self.size)
        query, key, value = parts.permute(2, 0, 3, 1, 4)  # each (n, heads, T, d)
        scores = (query / math.sqrt(self.size)) @ key.transpose(-1, -2)
        look = (scores if hide is None else scores + hide).softmax(dim=-1)
        found = (look @ value).transpose(1, 2).reshape(n, steps, -1)  # (n, T, heads * d)
        return self.tell(found), look


class Block(nn.Module):
    """Attention, then a perceptron for each step, both as something added to what is there; normalised before each.

    References
    ----------
    Xiong et al. 2020, On layer normalization in the transformer architecture (pre-norm: learns without a warm-up).
    """

    def __init__(self, hidden: int, heads: int, dropout: Dropout) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(hidden), nn.LayerNorm(hidden)
        self.attention = Attention(hidden, heads)
        self.widen, self.narrow = nn.Linear(hidden, WIDER * hidden), nn.Linear(WIDER * hidden, hidden)
        self.dropout = dropout

    def forward(self, x: Tensor, hide: Tensor | None) -> tuple[Tensor, Tensor]:
        """(n, T, hidden) to the same, and the maps of its attention (n, heads, T, T)."""
        found, look = self.attention(self.norm1(x), hide)
        x = x + self.dropout(found)
        made = self.narrow(self.dropout(functional.relu(self.widen(self.norm2(x)))))
        return x + self.dropout(made), look


class Transformer(ComparisonModel):
    """Blocks of attention on top of one another; without `positions` a single layer, or one that may look both ways, cannot
    tell one order from another; of several that only look back, the upper ones can, for each step sees another number of inputs.

    References
    ----------
    Vaswani et al. 2017, Attention is all you need.
    """

    def __init__(self, experiment: ArchitectureExperiment, task: Task) -> None:
        super().__init__(experiment, task)
        hidden = experiment.hidden
        self.positions = experiment.positions
        self.enter = nn.Linear(self.width, hidden)
        learned = experiment.positions == "learned"
        self.places = nn.Parameter(torch.empty(longest_read(experiment), hidden)) if learned else None
        self.blocks = nn.ModuleList(Block(hidden, experiment.heads, self.dropout) for _ in range(experiment.layers))
        self.norm = nn.LayerNorm(hidden)
        self.readout = nn.Linear(hidden, task.outputs)

    def features(self, embedded: Tensor, lengths: Tensor | None = None) -> Tensor:
        """(n, T, hidden): the top block, normalised."""
        return self._look(embedded, lengths)[0]

    def maps(self, embedded: Tensor, lengths: Tensor | None = None) -> Tensor:
        """(layers, n, heads, T, T): how much each step (row) looks at each other (column)."""
        return torch.stack(self._look(embedded, lengths)[1])

    def answer(self, features: Tensor) -> Tensor:
        return self.readout(features)

    def _look(self, embedded: Tensor, lengths: Tensor | None) -> tuple[Tensor, list[Tensor]]:
        hide, maps = self._hidden_steps(embedded, lengths), []
        x = self.dropout(self._placed(self.enter(embedded)))
        for block in self.blocks:
            x, look = block(x, hide)
            maps.append(look)
        return self.norm(x), maps

    def _placed(self, x: Tensor) -> Tensor:
        """Steps (n, T, hidden) that know where they stand."""
        if self.positions == "none":
            return x
        steps = x.shape[1]
        return x + (self.places[:steps] if self.places is not None else waves(steps, x.shape[2], x.dtype))

    def _hidden_steps(self, embedded: Tensor, lengths: Tensor | None) -> Tensor | None:
        """-inf where a step must not look: ahead, or without `causal` at padding."""
        steps = embedded.shape[1]
        never = torch.tensor(-math.inf, dtype=embedded.dtype)
        if self.causal:  # the padding comes last, so that no real step looks at it
            return torch.full((steps, steps), -math.inf, dtype=embedded.dtype).triu(1)
        real = real_steps(embedded, lengths)
        return None if real is None else torch.where(real, 0.0, never)[:, None, None]  # (n, 1, 1, T)


def waves(steps: int, hidden: int, dtype: torch.dtype = torch.float32) -> Tensor:
    """(steps, hidden): sines and cosines of wavelengths from 2 pi to 10,000 times that, in turn (Vaswani et al. 3.5)."""
    pairs = (hidden + 1) // 2
    rates = 10_000.0 ** (-torch.arange(pairs, dtype=torch.float64) / max(pairs, 1))
    angles = torch.arange(steps, dtype=torch.float64)[:, None] * rates
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1)[:, :hidden].to(dtype)
