"""How the weights begin: PyTorch's distributions from one local generator, then what was asked for instead."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from explorer.sequence.pace import Slices

if TYPE_CHECKING:
    from explorer.sequence.experiment import SequenceExperiment
    from explorer.sequence.model import SequenceModel

GATES = {"rnn": 1, "lstm": 4, "gru": 3}
"""Blocks of rows in the recurrent weights."""


@torch.no_grad()
def initialise(model: SequenceModel, experiment: SequenceExperiment) -> Slices[None]:
    """Fill all weights in place, in slices.

    With ``initialisation="default"`` and biases of gates left at 0 the weights equal, to the bit, those of the same
    modules made after ``torch.manual_seed(experiment.seed)``. Every other choice draws the same numbers
    first and then replaces the recurrent weights alone, so that two choices differ in nothing else.
    """
    generator = torch.Generator().manual_seed(experiment.seed)
    _fill_as_pytorch_does(model, generator)
    yield None
    for cell in model.recurrent:
        for name, weight in cell.named_parameters():
            if name.startswith("weight_hh") and experiment.initialisation != "default":
                yield from _refill(weight, experiment, generator)
        if experiment.initialisation == "identity":
            _zero_biases(cell)
        if experiment.cell == "lstm" and experiment.forget_bias > 0:
            _hold_on(cell, experiment.forget_bias)
        if experiment.cell == "gru" and experiment.update_bias > 0:
            _hold_on(cell, experiment.update_bias)


def _fill_as_pytorch_does(model: SequenceModel, generator: torch.Generator) -> None:
    if model.embedding is not None:
        nn.init.normal_(model.embedding.weight, generator=generator)
    for cell in model.recurrent:
        bound = 1.0 / math.sqrt(cell.hidden_size)
        for weight in cell.parameters():
            nn.init.uniform_(weight, -bound, bound, generator=generator)
    nn.init.kaiming_uniform_(model.readout.weight, a=math.sqrt(5), generator=generator)
    bound = 1.0 / math.sqrt(model.readout.in_features)
    nn.init.uniform_(model.readout.bias, -bound, bound, generator=generator)


def _refill(weight: Tensor, experiment: SequenceExperiment, generator: torch.Generator) -> Slices[None]:
    """Replace W_hh (gates * units, units) gate by gate: a gate is a square map of the state onto itself."""
    for block in weight.chunk(GATES[experiment.cell]):
        if experiment.initialisation == "orthogonal":
            nn.init.orthogonal_(block, generator=generator)
        elif experiment.initialisation == "identity":
            nn.init.eye_(block)
        else:
            block.copy_(scaled_to_radius(block, experiment.spectral_radius))
        yield None


def scaled_to_radius(block: Tensor, radius: float) -> Tensor:
    """The square matrix, scaled so that its largest eigenvalue has the given size."""
    exact = block.double()
    return (exact * (radius / torch.linalg.eigvals(exact).abs().max())).to(block.dtype)


def _zero_biases(cell: nn.RNNBase) -> None:
    # Le, Jaitly and Hinton 2015: identity weights *and* zero biases, so that the state stays as it is.
    for name, weight in cell.named_parameters():
        if name.startswith("bias"):
            weight.zero_()


def _hold_on(cell: nn.RNNBase, value: float) -> None:
    """Set the bias of the gate that keeps what was: the LSTM's forget gate, the GRU's update gate (in PyTorch z keeps)."""
    # PyTorch adds two biases: the value goes into one, or the gate would open twice as far.
    second = slice(cell.hidden_size, 2 * cell.hidden_size)
    for name, weight in cell.named_parameters():
        if name.startswith("bias"):
            weight[second] = value if name.startswith("bias_ih") else 0.0
