"""What tasks share that answer with a number instead of a class: the mean squared error."""

from __future__ import annotations

import torch
from torch import Tensor

from explorer.sequence.tasks.task import IGNORED, Batch, Task


class Regression(Task):
    """One number for each sequence, or for each of its steps."""

    labels = None
    outputs = 1
    better = "lower"

    def loss(self, outputs: Tensor, batch: Batch) -> Tensor:
        """Mean squared error over the sequences, or over their real steps.

        Parameters
        ----------
        outputs : Tensor
            (n, 1) or (n, T, 1) by topology, any float type.
        """
        return self._squared(outputs, batch).mean()

    def answer_loss(self, outputs: Tensor, batch: Batch) -> Tensor:
        """Mean squared error of the last scored step."""
        if self.topology == "many-to-one":
            return self.loss(outputs, batch)
        rows, step = torch.arange(len(batch)), self.answer_step(batch)
        return (outputs[rows, step, 0] - batch.targets[rows, step].to(outputs.dtype)).square().mean()

    def score(self, outputs: Tensor, batch: Batch) -> float:
        """Mean squared error."""
        return self.loss(outputs.double(), batch).item()

    def expected(self, batch: Batch, i: int = 0) -> list[str]:
        """The right numbers, rounded as they are drawn."""
        length = int(batch.lengths[i])
        if self.topology == "many-to-one":
            return [""] * (length - 1) + [self.write(float(batch.targets[i]))]
        return ["" if value == IGNORED else self.write(value) for value in batch.targets[i, :length].tolist()]

    def write(self, value: float) -> str:
        """A number as it is drawn."""
        return f"{value:.2f}"

    def _squared(self, outputs: Tensor, batch: Batch) -> Tensor:
        """Squared errors of everything that is scored, in one dimension."""
        errors = outputs[..., 0] - batch.targets.to(outputs.dtype)
        return errors.square() if self.topology == "many-to-one" else errors[scored_steps(batch)].square()


def scored_steps(batch: Batch) -> Tensor:
    """bool (n, T): the real steps whose target is given."""
    real = torch.arange(batch.targets.shape[1]) < batch.lengths[:, None]
    return real & (batch.targets != IGNORED)
