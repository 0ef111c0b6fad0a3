"""The usual reading of a recurrent network's gradient, and the true one beside it.

``output.retain_grad()`` on what a fused ``nn.RNN``, ``nn.LSTM`` or ``nn.GRU`` returns gives only what enters each slot of that
output from above (pytorch#1407). The way through the recurrence is inside the kernel: of a loss at the last step it shows one
step out of T, and looks like perfect vanishing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from explorer.sequence.laboratory.profile import Profile
from explorer.sequence.recurrence import Array
from explorer.sequence.tracing import Trace


@dataclass(frozen=True, slots=True, eq=False)
class Naive:
    """Both readings, (T,), and at how many steps each is not 0."""

    naive: Array
    true: Array
    naive_steps: int
    true_steps: int
    sentence: str


def naive_of(source: Profile | Trace, direction: int = 0) -> Naive:
    """Both readings of a probe's profile, or of a traced network's top layer."""
    if isinstance(source, Profile):
        return _compared(source.naive, source.hidden)
    return _compared(source.gradient_norms("naive")[0, direction], source.gradient_norms("hidden")[-1, direction])


def _compared(naive: Array, true: Array) -> Naive:
    few, many, steps = int(np.count_nonzero(naive)), int(np.count_nonzero(true)), len(true)
    if few == many and np.allclose(naive, true, rtol=1e-3, atol=0.0):
        said = "here that makes no difference: nothing comes back through the recurrence."
    elif few == many:
        share = np.median(naive[true > 0] / true[true > 0])
        said = f"both are there at {few} of {steps} steps, but at a typical step the naive one is ×{share:.2f} of the true."
    else:
        said = f"it is 0 at all but {few} of {steps} steps; the true gradient is there at {many}."
    return Naive(
        naive,
        true,
        few,
        many,
        f"Read from the output of a fused module, the gradient misses the way through time: {said}",
    )
