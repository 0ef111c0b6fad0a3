"""What counting words gives, without their order: naive Bayes, as a yardstick for networks that read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from explorer.sequence.interval import wilson
from explorer.sequence.tasks.task import Batch

if TYPE_CHECKING:
    from explorer.sequence.tasks.texts import Texts


def naive_bayes(training: Batch, inputs: Batch, tokens: int, classes: int) -> Tensor:
    """Multinomial naive Bayes with add-one smoothing: log probabilities up to a constant, float64 (n, classes).

    References
    ----------
    McCallum and Nigam 1998, A comparison of event models for naive Bayes text classification.
    """
    counts = torch.ones(classes, tokens, dtype=torch.float64)
    counts.index_put_(
        (training.targets[:, None].expand_as(training.inputs)[_real(training)], training.inputs[_real(training)]),
        torch.tensor(1.0, dtype=torch.float64),
        accumulate=True,
    )
    chances = (counts / counts.sum(dim=1, keepdim=True)).log()
    prior = torch.bincount(training.targets, minlength=classes).double()
    told = chances.T[inputs.inputs] * _real(inputs)[..., None]
    return told.sum(dim=1) + (prior / prior.sum()).log()


def counting_words(task: Texts) -> str:
    """A sentence on how often naive Bayes is right on the held-out texts."""
    held_out = task.held_out()
    said = naive_bayes(task.training, held_out, task.inputs, task.outputs).argmax(dim=1)
    share = (said == held_out.targets).double().mean().item()
    low, high = wilson(share, len(held_out))
    verdict = "which chance alone may give" if low <= task.baseline.score else f"guessing {task.baseline.score:.0%}"
    return (
        f"counting the words without their order (naive Bayes) gets {share:.0%} of the held-out ones right "
        f"(95% range {low:.0%} to {high:.0%}, there being only {len(held_out)}), {verdict}."
    )


def _real(batch: Batch) -> Tensor:
    return torch.arange(batch.inputs.shape[1]) < batch.lengths[:, None]
