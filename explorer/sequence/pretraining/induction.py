"""Heads that look for what came after the same piece before, measured on random pieces said twice.

References
----------
Olsson et al. 2022, In-context learning and induction heads; Elhage et al. 2021, A mathematical framework for
transformer circuits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

if TYPE_CHECKING:
    from explorer.sequence.pretraining.pieces import Pieces

ROWS = 8
"""Random sequences."""
LONGEST = 32
"""Random pieces that are said twice, at most."""


def said_twice(pieces: Pieces, context: int, generator: torch.Generator, rows: int = ROWS) -> Tensor:
    """Random pieces and the same once more, after what a text begins with: int64 (rows, 1 + 2 L), L at most 32.

    Each is drawn evenly from all known pieces, so that nothing but the repetition tells what comes.
    """
    length = min(LONGEST, (context - 1) // 2)
    known = len(pieces) if pieces.mask is None else pieces.mask
    once = torch.randint(1, known, (rows, length), generator=generator)
    return torch.cat([torch.full((rows, 1), pieces.start), once, once], dim=1)


def induction(attention: np.ndarray) -> np.ndarray:
    """How much each head looks, in the second half, at what came after the same piece in the first.

    Parameters
    ----------
    attention : numpy.ndarray
        (layers, heads, T, T) with T = 1 + 2 L, of sequences as `said_twice` gives them.

    Returns
    -------
    numpy.ndarray
        (layers, heads), from 0 to 1: the mean weight from place t to place t - L + 1, over the second half.
    """
    length = attention.shape[-1] // 2
    after = np.arange(length + 1, 2 * length + 1)
    return attention[..., after, after - length + 1].mean(-1)


def previous(attention: np.ndarray) -> np.ndarray:
    """The mean weight (layers, heads) from each place to the one before it."""
    return np.diagonal(attention, offset=-1, axis1=-2, axis2=-1).mean(-1)


def following(attention: np.ndarray) -> np.ndarray:
    """The mean weight (layers, heads) from each place to the one after it; only a BERT sees it."""
    return np.diagonal(attention, offset=1, axis1=-2, axis2=-1).mean(-1)


def repetition_gain(losses: np.ndarray) -> float:
    """Nats that the network gains where the pieces come for the second time.

    Parameters
    ----------
    losses : numpy.ndarray
        (rows, 2 L), of each piece after the first place.
    """
    half = losses.shape[1] // 2
    # The first piece of the second half cannot be known to be a repetition.
    return float(losses[:, 1:half].mean() - losses[:, half + 1 :].mean())
