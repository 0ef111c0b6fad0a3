"""From an experiment to its network, and how the weights begin: PyTorch's distributions from one local generator."""

from __future__ import annotations

import math
from importlib import import_module
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from explorer.sequence.architectures.comparison import ComparisonModel
from explorer.sequence.pace import Slices
from explorer.sequence.tasks import Task

if TYPE_CHECKING:
    from explorer.sequence.architectures.experiment import ArchitectureExperiment

HOMES = {
    "window": ("window", "Window"),
    "average": ("average", "Average"),
    "tcn": ("temporal_convolution", "TemporalConvolution"),
    "cnn": ("picture_convolution", "PictureConvolution"),
    "transformer": ("transformer", "Transformer"),
}
"""Module and class of each architecture."""
SMALL = 0.02
"""Deviation of learned positions at the start: far smaller than the steps, as in GPT-2."""


def make_model(experiment: ArchitectureExperiment, task: Task) -> ComparisonModel:
    """The network of an experiment on the current device, with whatever its memory holds."""
    module, name = HOMES[experiment.cell]
    return getattr(import_module(f"explorer.sequence.architectures.{module}"), name)(experiment, task)


@torch.no_grad()
def initialise(model: ComparisonModel, seed: int) -> Slices[None]:
    """Fill all weights in place, in slices; the same seed gives the same bits, whatever else draws numbers."""
    generator = torch.Generator().manual_seed(seed)
    for module in model.modules():
        _fill(module, generator)
        yield None


def _fill(module: nn.Module, generator: torch.Generator) -> None:
    own = dict(module.named_parameters(recurse=False))
    if isinstance(module, nn.Embedding):
        nn.init.normal_(module.weight, generator=generator)
    elif isinstance(module, nn.LayerNorm):
        nn.init.ones_(module.weight)
        nn.init.zeros_(module.bias)
    elif "weight" in own:
        _fill_linear(module.weight, module.bias, generator)
    elif "direction" in own:  # a convolution with weight normalisation begins as the same one without
        _fill_linear(module.direction, module.bias, generator)
        module.size.copy_(module.direction.norm(dim=(1, 2), keepdim=True))
    elif own.get("places") is not None:
        nn.init.normal_(module.places, std=SMALL, generator=generator)


def _fill_linear(weight: Tensor, bias: Tensor, generator: torch.Generator) -> None:
    """As `nn.Linear` and the convolutions do: uniform, of a width that depends on the number of inputs."""
    nn.init.kaiming_uniform_(weight, a=math.sqrt(5), generator=generator)
    bound = 1.0 / math.sqrt(weight[0].numel())
    nn.init.uniform_(bias, -bound, bound, generator=generator)
