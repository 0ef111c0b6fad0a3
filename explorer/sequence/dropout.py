"""Dropout with a generator of its own, so that two trainings in one process never share noise."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Dropout(nn.Module):
    """Sets a share of the values to zero while training and scales the rest up (Srivastava et al. 2014).

    ``nn.Dropout`` draws from the global generator, and ``nn.LSTM(dropout=)`` takes none at all.

    Parameters
    ----------
    share : float
        Probability that a value is set to zero.
    generator : torch.Generator
        Where the noise comes from.
    """

    def __init__(self, share: float, generator: torch.Generator) -> None:
        super().__init__()
        self.share = share
        self.generator = generator

    def forward(self, values: Tensor) -> Tensor:
        """The values, some of them 0 and the others larger while training."""
        if not self.training or self.share == 0.0:
            return values
        kept = torch.empty_like(values).bernoulli_(1.0 - self.share, generator=self.generator)
        return values * kept.div_(1.0 - self.share)
