"""Draw a handwritten digit, row by row from the top, knowing nothing but which digit it is to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import torch
from torch import Tensor
from torch.nn import functional

from explorer.sequence.encoder_decoder.tasks.pictures import digit_pictures, typed_digit
from explorer.sequence.encoder_decoder.tasks.task import HELD_OUT, Batch, Task, unanswered
from explorer.sequence.tasks.digits import SIDE
from explorer.sequence.tasks.task import Baseline

if TYPE_CHECKING:
    from explorer.sequence.encoder_decoder.experiment import EncoderDecoderExperiment

CLASSES = 10
INKED = 0
"""Seed of the held-out pictures' ink."""
STORY = (
    "The network is told a digit and draws it, row by row from the top: it expects a row, and what it then sees of it "
    "decides how the next must go on. Nothing it draws was ever in its data."
)


class Drawing(Task):
    """Scikit-learn's digits, 8 rows of 8 pixels.

    With Bernoulli pixels a brightness is the chance of ink, drawn anew each time a picture is shown (as with the
    binarised digits of Salakhutdinov and Murray 2008); with Gaussian ones it is the number itself.
    """

    fields: ClassVar[tuple[str, ...]] = ("pixels",)
    name = "drawing"
    title = "Draw a digit"
    source_kind = "class"
    source_symbols = tuple("0123456789")
    determined = False
    longest = SIDE
    example_hint = "7"
    story = STORY

    def __init__(self, experiment: EncoderDecoderExperiment) -> None:
        self.bernoulli = experiment.pixels == "bernoulli"
        self._training, unseen = digit_pictures()
        generator = torch.Generator().manual_seed(INKED)
        self._held_out = _batch(self._inked(unseen.pictures[:HELD_OUT], generator), unseen.digits[:HELD_OUT])
        self.means = torch.stack([self._training.pictures[self._training.digits == k].mean(0) for k in range(CLASSES)])
        self.baseline = self._baseline()

    def sample(self, n: int, generator: torch.Generator) -> Batch:
        """Pictures of the training part, evenly; Bernoulli pixels are drawn anew."""
        rows = torch.randint(0, len(self._training.digits), (n,), generator=generator)
        return _batch(self._inked(self._training.pictures[rows], generator), self._training.digits[rows])

    def held_out(self) -> Batch:
        """The last quarter of the pictures, as many as `HELD_OUT`."""
        return self._held_out

    def watched(self) -> Batch:
        """Eight held-out pictures of one digit."""
        same = self._held_out.sources == self._held_out.sources[0]
        return self._held_out.pick(same.nonzero().flatten()[:8])

    def encode(self, text: str) -> Batch:
        """The class of a digit, as ``"7"`` or ``"seven"``."""
        return unanswered(torch.tensor([typed_digit(text)]))

    def source_steps(self, batch: Batch, i: int = 0) -> list[str]:
        """The digit."""
        return [str(int(batch.sources[i]))]

    def target_steps(self, batch: Batch, i: int = 0) -> list[str]:
        """Rows, counted from 1."""
        return [f"row {row + 1}" for row in range(SIDE)]

    def loss(self, outputs: Tensor, batch: Batch) -> Tensor:
        """Sum over all pixels of the cross-entropy in nats, or of the squared error."""
        targets = batch.targets.to(outputs.dtype)
        if self.bernoulli:
            return functional.binary_cross_entropy_with_logits(outputs, targets, reduction="sum")
        return functional.mse_loss(outputs, targets, reduction="sum")

    def scored(self, batch: Batch) -> int:
        """The pixels."""
        return int(batch.target_lengths.sum()) * SIDE

    def said(self, outputs: Tensor) -> Tensor:
        """The expected brightness, from 0 to 1."""
        return torch.sigmoid(outputs) if self.bernoulli else outputs.clamp(0.0, 1.0)

    def right(self, outputs: Tensor, batch: Batch) -> int:
        """Pixels that are expected on the right side of one half."""
        return int(((self.said(outputs) > 0.5) == (batch.targets > 0.5)).sum())

    def recognised(self, pictures: Tensor, digits: Tensor) -> float:
        """Share of pictures (n, 8, 8) that lie nearest to the mean picture of the digit (n,) they are to show."""
        distances = torch.cdist(pictures.flatten(1), self.means.flatten(1))
        return (distances.argmin(1) == digits).double().mean().item()

    def reference(self) -> Batch:
        """Training pictures from which the spread of Gaussian pixels is measured, always the same."""
        return _batch(self._training.pictures[:HELD_OUT], self._training.digits[:HELD_OUT])

    def _inked(self, pictures: Tensor, generator: torch.Generator) -> Tensor:
        return torch.bernoulli(pictures, generator=generator) if self.bernoulli else pictures

    def _baseline(self) -> Baseline:
        """Every pixel at its mean over all training pictures, whatever the digit."""
        mean = self._training.pictures.mean(0).expand(len(self._held_out), SIDE, SIDE)
        outputs = torch.logit(mean, eps=1e-3) if self.bernoulli else mean
        loss = self.loss(outputs, self._held_out).item() / self.scored(self._held_out)
        share = self.right(outputs, self._held_out) / self.scored(self._held_out)
        sentence = f"Always drawing the mean of all pictures loses {loss:.3f} a pixel."
        return Baseline(loss, share, "the mean picture", sentence)


def _batch(pictures: Tensor, digits: Tensor) -> Batch:
    steps = torch.full_like(digits, SIDE)
    return Batch(digits, torch.ones_like(digits), pictures, steps)
