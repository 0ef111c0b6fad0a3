"""What turns a class or a picture into one state, all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from explorer.sequence.tasks.digits import SIDE

if TYPE_CHECKING:
    from explorer.sequence.encoder_decoder.experiment import EncoderDecoderExperiment
    from explorer.sequence.encoder_decoder.tasks import Task

CHANNELS = 16
"""Filters of the convolution that looks at a picture."""


class ClassTable(nn.Module):
    """A state for each class."""

    def __init__(self, classes: int, units: int) -> None:
        super().__init__()
        self.table = table(classes, units)

    def forward(self, classes: Tensor) -> Tensor:
        return self.table(classes)


class LinearLook(nn.Module):
    """All pixels at once through one matrix."""

    def __init__(self, units: int) -> None:
        super().__init__()
        self.linear = nn.Linear(SIDE * SIDE, units)

    def forward(self, pictures: Tensor) -> Tensor:
        return torch.relu(self.linear(pictures.flatten(1)))


class ConvolutionLook(nn.Module):
    """3 x 3 filters, the strongest answer in each 2 x 2 field, then one matrix (LeCun et al. 1998, in small)."""

    def __init__(self, units: int) -> None:
        super().__init__()
        self.filters = nn.Conv2d(1, CHANNELS, 3, padding=1)
        self.linear = nn.Linear(CHANNELS * (SIDE // 2) ** 2, units)

    def forward(self, pictures: Tensor) -> Tensor:
        seen = nn.functional.max_pool2d(torch.relu(self.filters(pictures[:, None])), 2)
        return torch.relu(self.linear(seen.flatten(1)))


def look(experiment: EncoderDecoderExperiment, task: Task) -> nn.Module:
    """The module that suits what a task shows."""
    if task.source_kind == "class":
        return ClassTable(len(task.source_symbols), experiment.hidden)
    return {"linear": LinearLook, "convolution": ConvolutionLook}[experiment.look](experiment.hidden)


def table(tokens: int, width: int) -> nn.Embedding:
    """A vector for each token, not drawn yet."""
    # `nn.Embedding(tokens, width)` draws its values at once, for which torch's meta device loads its compiler.
    return nn.Embedding.from_pretrained(torch.empty(tokens, width), freeze=False)
