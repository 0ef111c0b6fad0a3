"""A convolutional network that sees the digit as a picture, where the recurrent ones read it as a sequence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from explorer.sequence.architectures.comparison import ComparisonModel
from explorer.sequence.tasks import Task

if TYPE_CHECKING:
    from explorer.sequence.architectures.experiment import ArchitectureExperiment

SIDE = 8
"""Pixels from edge to edge."""


class PictureConvolution(ComparisonModel):
    """Convolutions over the picture, each followed by ReLU and a 2 x 2 maximum; a linear readout of what is left.

    The steps of a sequence are laid back into the picture they came from: rows, pixels or all at once. Steps not read
    yet are blank, so that an answer after some rows depends on these rows alone.

    References
    ----------
    LeCun, Bottou, Bengio and Haffner 1998, Gradient-based learning applied to document recognition.
    """

    def __init__(self, experiment: ArchitectureExperiment, task: Task) -> None:
        super().__init__(experiment, task)
        self.kernel = experiment.kernel
        widths = [1, *[experiment.hidden] * experiment.layers]
        self.layers = nn.ModuleList(
            nn.Conv2d(below, above, self.kernel, padding=self.kernel // 2) for below, above in zip(widths[:-1], widths[1:], strict=True)
        )
        left = SIDE >> experiment.layers
        self.readout = nn.Linear(experiment.hidden * left * left, task.outputs)

    def from_embedded(self, embedded: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Outputs (n, O), or (n, T, O) where the task wants an answer after every step."""
        if self.reads == "every":
            return self.over_time(embedded, lengths)
        steps = embedded.shape[1]
        seen = torch.full((len(embedded),), steps) if lengths is None else lengths
        return self._see((torch.arange(steps) < seen[:, None])[:, :, None] * embedded)

    def over_time(self, embedded: Tensor, lengths: Tensor | None = None) -> Tensor:
        """(n, T, O): what it says of the part of the picture that was read up to each step."""
        n, steps, width = embedded.shape
        seen = torch.ones(steps, steps, dtype=torch.bool).tril()[:, :, None]  # (T, T, 1)
        parts = embedded[:, None] * seen  # (n, T pictures, T steps, width)
        return self._see(parts.view(n * steps, steps, width)).view(n, steps, -1)

    def maps(self, embedded: Tensor) -> Tensor:
        """(n, hidden, 8, 8): where in the picture each filter of the lowest layer finds what it looks for."""
        return functional.relu(self._convolve(self.layers[0], _picture(embedded)))

    def _see(self, embedded: Tensor) -> Tensor:
        x = _picture(embedded)
        for layer in self.layers:
            x = self.dropout(functional.max_pool2d(functional.relu(self._convolve(layer, x)), 2))
        return self.readout(x.flatten(1))

    def _convolve(self, layer: nn.Conv2d, x: Tensor) -> Tensor:
        """A picture of the same size: around it stand zeros, before it one more than behind it where the kernel is even."""
        return layer(x)[:, :, : x.shape[2], : x.shape[3]]


def _picture(embedded: Tensor) -> Tensor:
    """Steps (n, T, width), together 64 numbers, as pictures (n, 1, 8, 8); steps cut off at the end are blank."""
    flat = embedded.flatten(1)
    return functional.pad(flat, (0, SIDE * SIDE - flat.shape[1])).view(-1, 1, SIDE, SIDE)
