"""The mean of all that was read: a network that knows what came, but not in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from explorer.sequence.architectures.comparison import ComparisonModel, Perceptron, real_steps
from explorer.sequence.tasks import Task

if TYPE_CHECKING:
    from explorer.sequence.architectures.experiment import ArchitectureExperiment


class Average(ComparisonModel):
    """The mean of the embedded steps, through a perceptron: of all steps, or of those up to the present one.

    References
    ----------
    Iyyer, Manjunatha, Boyd-Graber and Daume 2015, Deep unordered composition rivals syntactic methods for text
    classification (deep averaging network).
    """

    def __init__(self, experiment: ArchitectureExperiment, task: Task) -> None:
        super().__init__(experiment, task)
        self.perceptron = Perceptron(
            self.width, experiment.hidden, experiment.layers, task.outputs, self.dropout
        )

    def features(self, embedded: Tensor, lengths: Tensor | None = None) -> Tensor:
        """(n, T, width): the mean of the steps so far; without `causal`, at each step the mean of all real ones."""
        steps = embedded.shape[1]
        if self.causal:
            return embedded.cumsum(dim=1) / torch.arange(1, steps + 1)[:, None]
        real = real_steps(embedded, lengths)
        kept = embedded if real is None else embedded * real[:, :, None]
        count = steps if lengths is None else lengths[:, None]  # (n, 1)
        return (kept.sum(dim=1) / count)[:, None].expand_as(embedded)

    def answer(self, features: Tensor) -> Tensor:
        return self.perceptron(features)
