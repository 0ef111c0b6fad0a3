"""The temporal convolutional network of Bai, Kolter and Koltun (2018): it reaches far back in few steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from explorer.sequence.architectures.comparison import ComparisonModel, real_steps
from explorer.sequence.architectures.reach import tcn_levels
from explorer.sequence.dropout import Dropout
from explorer.sequence.tasks import Task

if TYPE_CHECKING:
    from explorer.sequence.architectures.experiment import ArchitectureExperiment

ROUND = 16
"""Sequences of different lengths are filled up to a multiple of so many steps."""


class Convolution(nn.Module):
    """y_t = b + sum over i < k of W_i x_{t - i d}, with weight normalisation (Salimans and Kingma 2016): W = g v / |v|.

    Without `causal` the k steps lie around t instead of ending there.

    Attributes
    ----------
    direction, size : nn.Parameter
        v (out, in, k), and g (out, 1, 1), the length that each output's part of v is brought to.
    bias : nn.Parameter
        (out,).
    """

    def __init__(self, inputs: int, outputs: int, kernel: int, dilation: int, causal: bool) -> None:
        super().__init__()
        self.dilation = dilation
        reach = (kernel - 1) * dilation
        after = 0 if causal else reach // 2
        self.padding = (reach - after, after)
        self.direction = nn.Parameter(torch.empty(outputs, inputs, kernel))
        self.size = nn.Parameter(torch.empty(outputs, 1, 1))
        self.bias = nn.Parameter(torch.empty(outputs))

    def forward(self, x: Tensor) -> Tensor:
        """(n, in, T) to (n, out, T)."""
        weight = self.direction * (self.size / self.direction.norm(dim=(1, 2), keepdim=True))
        return functional.conv1d(functional.pad(x, self.padding), weight, self.bias, dilation=self.dilation)


class Block(nn.Module):
    """Two convolutions with ReLU and dropout, and a shortcut around both; 1 x 1 where the widths differ."""

    def __init__(self, inputs: int, hidden: int, kernel: int, dilation: int, causal: bool, dropout: Dropout) -> None:
        super().__init__()
        self.first = Convolution(inputs, hidden, kernel, dilation, causal)
        self.second = Convolution(hidden, hidden, kernel, dilation, causal)
        self.shortcut = nn.Identity() if inputs == hidden else nn.Conv1d(inputs, hidden, 1)
        self.dropout = dropout

    def forward(self, x: Tensor, real: Tensor | None) -> Tensor:
        """(n, in, T) to (n, hidden, T); steps that are not real, (n, 1, T), give zeros."""
        y = self._part(self.first, x, real)
        y = self._part(self.second, y, real)
        return functional.relu(y + self.shortcut(x)) * (1 if real is None else real)

    def _part(self, convolution: Convolution, x: Tensor, real: Tensor | None) -> Tensor:
        y = self.dropout(functional.relu(convolution(x)))
        return y if real is None else y * real


class TemporalConvolution(ComparisonModel):
    """Blocks on top of one another, each looking twice as far apart as the one below: 1, 2, 4, ... steps.

    With kernel k and L levels a step sees 1 + 2 (k - 1)(2^L - 1) steps.

    References
    ----------
    Bai, Kolter and Koltun 2018, An empirical evaluation of generic convolutional and recurrent networks for sequence
    modeling, section 3 and figure 1. Their weights begin as PyTorch's convolutions do, and so do these.
    """

    def __init__(self, experiment: ArchitectureExperiment, task: Task) -> None:
        super().__init__(experiment, task)
        hidden, kernel = experiment.hidden, experiment.kernel
        widths = [self.width, *[hidden] * tcn_levels(experiment)]
        self.blocks = nn.ModuleList(
            Block(below, hidden, kernel, 2**level, self.causal, self.dropout) for level, below in enumerate(widths[:-1])
        )
        self.readout = nn.Linear(hidden, task.outputs)

    def features(self, embedded: Tensor, lengths: Tensor | None = None) -> Tensor:
        """(n, T, hidden): the top block."""
        real, x = real_steps(embedded, lengths), embedded.transpose(1, 2)  # (n, T), (n, width, T)
        if real is not None:
            # PyTorch prepares a convolution anew for every length that it has not met, for a millisecond: so not too many.
            more = -embedded.shape[1] % ROUND
            real, x = functional.pad(real, (0, more))[:, None].to(x.dtype), functional.pad(x, (0, more))
            x = x * real
        for block in self.blocks:
            # A causal convolution never looks at the padding, which comes last; one that looks ahead has to see zeros there.
            x = block(x, None if self.causal else real)
        return x[:, :, : embedded.shape[1]].transpose(1, 2)

    def answer(self, features: Tensor) -> Tensor:
        return self.readout(features)
