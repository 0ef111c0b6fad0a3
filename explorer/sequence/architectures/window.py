"""A feed-forward network over the last steps: what one can do without any memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch import Tensor
from torch.nn import functional

from explorer.sequence.architectures.comparison import ComparisonModel, Perceptron
from explorer.sequence.tasks import Task

if TYPE_CHECKING:
    from explorer.sequence.architectures.experiment import ArchitectureExperiment


class Window(ComparisonModel):
    """The last k steps side by side, as one long vector, through a perceptron; before the first step stand zeros.

    References
    ----------
    Sejnowski and Rosenberg 1987, Parallel networks that learn to pronounce English text (a window of 7 letters).
    Bengio, Ducharme, Vincent and Jauvin 2003, A neural probabilistic language model.
    """

    def __init__(self, experiment: ArchitectureExperiment, task: Task) -> None:
        super().__init__(experiment, task)
        self.window = experiment.window
        seen = self.window * self.width
        self.perceptron = Perceptron(seen, experiment.hidden, experiment.layers, task.outputs, self.dropout)

    def features(self, embedded: Tensor, lengths: Tensor | None = None) -> Tensor:
        """(n, T, width * k): of each step its own numbers and those of the k - 1 steps before it, oldest last."""
        before = functional.pad(embedded, (0, 0, self.window - 1, 0))  # (n, k - 1 + T, width)
        return before.unfold(1, self.window, 1).flip(-1).flatten(2)  # (n, T, width, k), then side by side

    def answer(self, features: Tensor) -> Tensor:
        return self.perceptron(features)
