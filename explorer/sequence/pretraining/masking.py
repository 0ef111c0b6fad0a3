"""Which pieces a BERT has to guess, and what it sees in their place (Devlin et al. 2019, section 3.1)."""

from __future__ import annotations

import torch
from torch import Tensor

from explorer.sequence.pretraining.pieces import UNKNOWN

HIDDEN, REPLACED = 0.8, 0.1
"""Of the pieces to guess, 80 % are shown as ``[MASK]``, 10 % as a random piece, 10 % as they are."""
IGNORED = -100


def hide(ids: Tensor, share: float, mask: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """What is seen, and what is to be guessed.

    Parameters
    ----------
    ids : Tensor
        int64 (n, T).
    share : float
        How many pieces of each row are to be guessed: always the same number, at least one. Unknown pieces are left
        out where they are drawn: there is nothing to guess.
    mask : int
        Number of ``[MASK]``; random pieces have smaller numbers.

    Returns
    -------
    Tensor, Tensor
        Both int64 (n, T); the second is `IGNORED` where nothing is to be guessed.
    """
    guessed = torch.zeros(ids.shape, dtype=torch.bool)
    count = max(1, round(share * ids.shape[1]))
    guessed.scatter_(1, torch.rand(ids.shape, generator=generator).topk(count, dim=1).indices, True)
    guessed &= ids != UNKNOWN
    lot = torch.rand(ids.shape, generator=generator)
    strange = torch.randint(1, mask, ids.shape, generator=generator)
    seen = torch.where(guessed & (lot < HIDDEN), mask, ids)
    seen = torch.where(guessed & (lot >= HIDDEN) & (lot < HIDDEN + REPLACED), strange, seen)
    return seen, torch.where(guessed, ids, IGNORED)
