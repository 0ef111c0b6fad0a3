"""What a network held of a text it is shown: the probability of each piece that stands there, and what it would have said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from explorer.sequence.pretraining.pieces import UNKNOWN

if TYPE_CHECKING:
    from explorer.sequence.pretraining.model import Transformer
    from explorer.sequence.pretraining.pieces import Pieces

BEST = 3
"""Guesses for each piece."""


@dataclass(frozen=True, eq=False)
class Expected:
    """A text of T pieces, as a network held it.

    Attributes
    ----------
    shares : numpy.ndarray
        float32 (T,), the probability of each piece; NaN where it is unknown: a GPT only says that any unknown one comes, and
        a BERT is never asked for it.
    guesses : numpy.ndarray
        int32 (T, n), numbers of the likeliest pieces, the likeliest first.
    chances : numpy.ndarray
        float32 (T, n), their probabilities.
    """

    shares: np.ndarray
    guesses: np.ndarray
    chances: np.ndarray


def expected(model: Transformer, pieces: Pieces, ids: np.ndarray, n: int = BEST) -> Expected:
    """Ask a GPT for each piece from those before it, a BERT for each piece from all others.

    A GPT begins after the end of a line. Of a BERT each piece is hidden in turn, which gives what is called a
    pseudo-log-likelihood (Salazar et al. 2020): T readings, not one.

    Parameters
    ----------
    ids : numpy.ndarray
        int64 (T,), 1 <= T <= `model.context`.

    Raises
    ------
    ValueError
        When there is nothing to read, or more than the network sees at once.
    """
    if not 1 <= len(ids) <= model.context:
        raise ValueError(f"The network sees 1 to {model.context} {pieces.unit} at once; this text has {len(ids):,}.")
    read = torch.from_numpy(np.asarray(ids, dtype=np.int64))
    chances = _before(model, pieces, read) if model.causal else _hidden(model, pieces, read)
    shares = chances.gather(1, read[:, None])[:, 0]
    shares[read == UNKNOWN] = torch.nan
    if not model.causal:
        chances[:, [UNKNOWN, pieces.mask]] = 0.0
    best, which = chances.topk(min(n, chances.shape[1]), dim=-1)
    return Expected(shares.numpy(), which.int().numpy(), best.numpy())


@torch.no_grad()
def _before(model: Transformer, pieces: Pieces, ids: torch.Tensor) -> torch.Tensor:
    """(T, V): what was expected after the pieces before each."""
    start = torch.tensor([pieces.start])
    return model(torch.cat([start, ids[:-1]])[None])[0].softmax(-1)


@torch.no_grad()
def _hidden(model: Transformer, pieces: Pieces, ids: torch.Tensor) -> torch.Tensor:
    """(T, V): what was found in the place of each, hidden alone."""
    shown = ids.repeat(len(ids), 1)
    shown.fill_diagonal_(pieces.mask)
    states = model.states(shown).diagonal(dim1=0, dim2=1).T  # (T, width): of each reading its hidden place
    return model.read(states).softmax(-1)
