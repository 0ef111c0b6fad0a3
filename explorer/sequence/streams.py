"""Random numbers in separate streams: what one part draws never shifts what another part draws."""

from __future__ import annotations

import numpy as np
import torch

DATA, DROPOUT, SAMPLING = 1, 2, 3
"""Names of the streams of a training; the initial weights have the seed itself."""


def stream(seed: int, *key: int) -> torch.Generator:
    """A local generator for one purpose.

    Parameters
    ----------
    seed : int
        The experiment's seed.
    *key : int
        The stream, and what else tells it apart (for instance the step).
    """
    word = np.random.SeedSequence([seed, *key]).generate_state(1, np.uint64)[0]
    return torch.Generator().manual_seed(int(word >> np.uint64(1)))
