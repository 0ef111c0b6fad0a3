"""The rules that turn gradients into steps: AdamW for everything, or Muon for the matrices inside the blocks.

References
----------
Loshchilov and Hutter 2019, Decoupled weight decay regularization; Jordan et al. 2024, Muon: an optimizer for hidden
layers in neural networks; Liu et al. 2025, Muon is scalable for LLM training (the size of its steps).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor

if TYPE_CHECKING:
    from explorer.sequence.pretraining.experiment import PretrainingExperiment
    from explorer.sequence.pretraining.model import Transformer

BETAS = (0.9, 0.98)
MOMENTUM = 0.95
ROUNDS = 5
"""Newton-Schulz iterations: singular values then lie between about 0.7 and 1.2."""
QUINTIC = (3.4445, -4.7750, 2.0315)
"""Coefficients of the polynomial that is iterated; its slope at 0 is as large as convergence allows."""
LIKE_ADAM = 0.2
"""The root mean square of an AdamW step, as a share of the learning rate."""


class Muon:
    """Momentum, made orthogonal: every direction of a matrix moves equally far.

    Parameters
    ----------
    matrices : list of list of Tensor
        Matrices of one shape in each list, moved together; a wide one counts as several square ones.
    """

    def __init__(self, matrices: list[list[Tensor]], weight_decay: float) -> None:
        self.groups, self.weight_decay = matrices, weight_decay
        self.momentum = [[torch.zeros_like(one) for one in group] for group in matrices]

    @torch.no_grad()
    def step(self, learning_rate: float) -> None:
        """Move every matrix by its gradient."""
        for group, momentum in zip(self.groups, self.momentum, strict=True):
            gradients = [one.grad for one in group]
            torch._foreach_lerp_(momentum, gradients, 1.0 - MOMENTUM)
            ahead = torch._foreach_lerp(gradients, momentum, MOMENTUM)  # Nesterov
            moves = orthogonal(torch.stack(ahead))
            size = learning_rate * LIKE_ADAM * max(group[0].shape) ** 0.5
            torch._foreach_mul_(group, 1.0 - learning_rate * self.weight_decay)
            torch._foreach_add_(group, list(moves), alpha=-size)


def orthogonal(matrices: Tensor) -> Tensor:
    """Matrices (n, a, b) with their singular values brought near 1, by Newton-Schulz iteration."""
    x = matrices if matrices.shape[1] <= matrices.shape[2] else matrices.mT
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    a, b, c = QUINTIC
    for _ in range(ROUNDS):
        square = x @ x.mT
        x = a * x + (b * square + c * square @ square) @ x
    return x if matrices.shape[1] <= matrices.shape[2] else x.mT


class Optimizer:
    """AdamW, and for the blocks' matrices Muon where it is asked for.

    Parameters
    ----------
    experiment : PretrainingExperiment
    model : Transformer
    """

    def __init__(self, experiment: PretrainingExperiment, model: Transformer) -> None:
        muon = experiment.optimizer == "muon"
        inside = [one for one in model.blocks.parameters() if one.dim() == 2]
        matrices = [
            one for one in model.parameters() if one.dim() == 2 and not (muon and any(one is m for m in inside))
        ]
        vectors = [one for one in model.parameters() if one.dim() == 1]
        decays = {"weight_decay": experiment.weight_decay}
        self._adam = torch.optim.AdamW(
            [{"params": matrices, **decays}, {"params": vectors, "weight_decay": 0.0}],
            lr=experiment.learning_rate, betas=BETAS, fused=True,
        )  # fmt: skip
        self._muon = Muon(_by_shape(model), experiment.weight_decay) if muon else None

    def step(self, learning_rate: float) -> None:
        """Move all weights by their gradients."""
        for group in self._adam.param_groups:
            group["lr"] = learning_rate
        self._adam.step()
        if self._muon is not None:
            self._muon.step(learning_rate)


def _by_shape(model: Transformer) -> list[list[Tensor]]:
    shapes: dict[tuple[int, ...], list[Tensor]] = {}
    for one in model.blocks.parameters():
        if one.dim() == 2:
            shapes.setdefault(tuple(one.shape), []).append(one)
    return list(shapes.values())
