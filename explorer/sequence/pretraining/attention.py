"""Attention in several heads: fused while training, written out where its weights are to be seen."""

from __future__ import annotations

import math
from functools import lru_cache

import torch
from torch import Tensor, nn
from torch.nn import functional

SLOWEST = 10_000.0
"""Wavelength of the slowest rotation, in turns of 2 pi."""


class Attention(nn.Module):
    """softmax(Q K^T / sqrt(d)) V, in several heads side by side (Vaswani et al. 2017, section 3.2).

    Parameters
    ----------
    width, heads : int
        Numbers at each place, and heads that share them.
    causal : bool
        Whether each place sees only itself and what is before it.
    rotary : bool
        Whether queries and keys are turned by an angle that grows with their place, so that their product depends on
        the distance alone (Su et al. 2021, RoFormer).
    """

    def __init__(self, width: int, heads: int, causal: bool, rotary: bool) -> None:
        super().__init__()
        self.heads, self.causal, self.rotary = heads, causal, rotary
        self.ask = nn.Linear(width, 3 * width, bias=False)
        self.tell = nn.Linear(width, width, bias=False)

    def forward(self, x: Tensor, real: Tensor | None = None) -> Tensor:
        """(n, T, width) to the same.

        Parameters
        ----------
        real : Tensor, optional
            bool (n, 1, 1, T): False at padding, which no place may look at (only where each sees all others).
        """
        query, key, value = self._parts(x)
        hidden = None if self.causal else real
        found = functional.scaled_dot_product_attention(query, key, value, attn_mask=hidden, is_causal=self.causal)
        return self.tell(found.transpose(1, 2).flatten(2))

    def look(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """The same written out: (n, T, width), and the weights (n, heads, T, T), whose rows sum to 1."""
        query, key, value = self._parts(x)
        scores = query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1])
        if self.causal:
            scores = scores.masked_fill(torch.ones(scores.shape[-2:], dtype=torch.bool).triu(1), -math.inf)
        weights = scores.softmax(dim=-1)
        return self.tell((weights @ value).transpose(1, 2).flatten(2)), weights

    def _parts(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Queries, keys and values, each (n, heads, T, d)."""
        n, steps, width = x.shape
        asked = self.ask(x).view(n, steps, 3, self.heads, width // self.heads)
        both, value = asked.split((2, 1), dim=2)
        if self.rotary:
            both = turned(both)
        query, key = both.permute(2, 0, 3, 1, 4)
        return query, key, value[:, :, 0].transpose(1, 2)


def turned(x: Tensor) -> Tensor:
    """Vectors (n, T, ..., d) with each pair of numbers (2 i, 2 i + 1), as a complex one, turned by its angle."""
    pairs = torch.view_as_complex(x.unflatten(-1, (-1, 2)))
    rotation = rotations(x.shape[1], x.shape[-1], x.dtype)
    rotation = rotation.view(len(rotation), *[1] * (x.dim() - 3), -1)
    return torch.view_as_real(pairs * rotation).flatten(-2)


@lru_cache(maxsize=64)
def rotations(steps: int, size: int, dtype: torch.dtype = torch.float32) -> Tensor:
    """Complex numbers (T, size / 2) of length 1: by which angle each place is turned, faster in the first pairs."""
    rates = SLOWEST ** (-torch.arange(size // 2, dtype=torch.float64) * 2 / size)
    angles = torch.arange(steps, dtype=torch.float64)[:, None] * rates
    return torch.polar(torch.ones_like(angles), angles).to(
        torch.complex128 if dtype == torch.float64 else torch.complex64
    )
