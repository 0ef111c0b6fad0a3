"""How the weights begin: PyTorch's distributions, all from one local generator."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from explorer.sequence.pace import Slices

if TYPE_CHECKING:
    from explorer.sequence.encoder_decoder.model import EncoderDecoder


def initialise(model: EncoderDecoder, seed: int) -> Slices[None]:
    """Fill all weights in place, in slices: to the bit as ``torch.manual_seed(seed)`` and the modules' own
    ``reset_parameters``, in the order in which the model holds them, would."""
    generator = torch.Generator().manual_seed(seed)
    for module in model.modules():
        if _fill(module, generator):
            yield None


@torch.no_grad()
def _fill(module: nn.Module, generator: torch.Generator) -> bool:
    if isinstance(module, nn.Embedding):
        nn.init.normal_(module.weight, generator=generator)
    elif isinstance(module, nn.RNNBase):
        for weight in module.parameters():
            _uniform(weight, module.hidden_size, generator)
    elif isinstance(module, nn.Linear | nn.Conv2d):
        nn.init.kaiming_uniform_(module.weight, a=math.sqrt(5), generator=generator)
        if module.bias is not None:
            _uniform(module.bias, module.weight[0].numel(), generator)
    else:
        return False
    return True


def _uniform(weight: Tensor, fan: int, generator: torch.Generator) -> None:
    bound = 1.0 / math.sqrt(fan)
    nn.init.uniform_(weight, -bound, bound, generator=generator)
