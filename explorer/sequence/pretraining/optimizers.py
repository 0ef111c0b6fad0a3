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

from explorer.sequence.pace import Pace, Slices

if TYPE_CHECKING:
    from explorer.sequence.pretraining.experiment import PretrainingExperiment
    from explorer.sequence.pretraining.model import Transformer

BETAS = (0.9, 0.98)
MOMENTUM = 0.95
ROUNDS = 5
"""Newton-Schulz iterations: singular values then lie between about 0.7 and 1.2."""
QUINTIC = (3.4445, -4.7750, 2.0315)
"""Coefficients of the polynomial that is iterated; its slope at 0 is as large as convergence allows."""
PER_PRODUCT = 3.0e-5
"""Microseconds of one multiplication."""
AT_ONCE = 15_000.0
"""Microseconds of the matrices of one shape that move together."""
LIKE_ADAM = 0.2
"""The root mean square of an AdamW step, as a share of the learning rate."""


class Muon:
    """Momentum, made orthogonal: every direction of a matrix moves equally far.

    Parameters
    ----------
    matrices : list of list of Tensor
        Matrices of one shape in each list, moved together.
    """

    def __init__(self, matrices: list[list[Tensor]], weight_decay: float) -> None:
        self.groups, self.weight_decay = matrices, weight_decay
        self.momentum = [[torch.zeros_like(one) for one in group] for group in matrices]

    def step(self, learning_rate: float) -> Slices[None]:
        """Move every matrix by its gradient, in slices."""
        pace = Pace()
        for group, momentum in zip(self.groups, self.momentum, strict=True):
            if pace.due(len(group) * _microseconds(group[0])):
                yield None
            _move(group, momentum, learning_rate, self.weight_decay)


@torch.no_grad()
def _move(group: list[Tensor], momentum: list[Tensor], learning_rate: float, weight_decay: float) -> None:
    gradients = [one.grad for one in group]
    torch._foreach_lerp_(momentum, gradients, 1.0 - MOMENTUM)
    ahead = torch._foreach_lerp(gradients, momentum, MOMENTUM)  # Nesterov
    steps = torch.stack(ahead)
    blocks = orthogonal(steps.unflatten(1, (-1, steps.shape[2])).flatten(0, 1) if _is_fused(steps) else steps)
    size = learning_rate * LIKE_ADAM * max(blocks.shape[1:]) ** 0.5
    torch._foreach_mul_(group, 1.0 - learning_rate * weight_decay)
    torch._foreach_add_(group, list(blocks.reshape(steps.shape)), alpha=-size)


def _is_fused(matrices: Tensor) -> bool:
    """Whether each of (n, a, b) is three square matrices, one below the other, each moved by itself: queries, keys and
    values, and in the same way the thirds of a perceptron's first layer."""
    return matrices.shape[1] == 3 * matrices.shape[2]


def _microseconds(matrix: Tensor) -> float:
    """Estimated time of making one matrix's step orthogonal."""
    short, long = sorted(matrix.shape)
    return ROUNDS * (2 * short * short * long + short**3) * PER_PRODUCT


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
        moved = {id(one) for one in inside} if muon else set()
        matrices = [one for one in model.parameters() if one.dim() == 2 and id(one) not in moved]
        vectors = [one for one in model.parameters() if one.dim() == 1]
        decays = {"weight_decay": experiment.weight_decay}
        self._adam = torch.optim.AdamW(
            [{"params": matrices, **decays}, {"params": vectors, "weight_decay": 0.0}],
            lr=experiment.learning_rate, betas=BETAS, fused=True,
        )  # fmt: skip
        self._muon = Muon(_by_shape(inside), experiment.weight_decay) if muon else None

    def step(self, learning_rate: float) -> Slices[None]:
        """Move all weights by their gradients, in slices."""
        for group in self._adam.param_groups:
            group["lr"] = learning_rate
        self._adam.step()
        if self._muon is not None:
            yield None
            yield from self._muon.step(learning_rate)


def _by_shape(matrices: list[Tensor]) -> list[list[Tensor]]:
    """Matrices of one shape in each list, as many as can be moved in one slice."""
    shapes: dict[tuple[int, ...], list[Tensor]] = {}
    for one in matrices:
        shapes.setdefault(tuple(one.shape), []).append(one)
    groups = []
    for same in shapes.values():
        most = max(1, int(AT_ONCE / _microseconds(same[0])))
        groups += [same[start : start + most] for start in range(0, len(same), most)]
    return groups
