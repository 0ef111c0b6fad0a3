"""Attention: at each step of the answer, which of the states that were read matter, and their weighted mean."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from explorer.sequence.encoder_decoder.reading import is_padding


class Multiplicative(nn.Module):
    """score(s, h) = s^T W h, the "general" score of Luong, Pham and Manning 2015, equation 8.

    Parameters
    ----------
    queries, keys : int
        Units of the decoder's state s and of the encoder's state h.
    """

    mixes = False

    def __init__(self, queries: int, keys: int) -> None:
        super().__init__()
        self.weight = nn.Linear(keys, queries, bias=False)

    def prepare(self, keys: Tensor) -> Tensor:
        """What of the scores does not depend on the decoder: (n, S, queries)."""
        return self.weight(keys)

    def forward(self, queries: Tensor, prepared: Tensor) -> Tensor:
        """Scores (n, U, S) of states (n, U, queries)."""
        return queries @ prepared.transpose(1, 2)


class Additive(nn.Module):
    """score(s, h) = v^T tanh(W s + U h), Bahdanau, Cho and Bengio 2015, appendix A.1.2.

    They score with the state *before* the step and feed the mean back into it; here the score is taken after the step,
    as Luong et al. do, so that all states of the decoder can be computed at once.
    """

    mixes = True
    """Whether every unit of both states is mixed for each pair of steps, which takes longer."""

    def __init__(self, queries: int, keys: int) -> None:
        super().__init__()
        self.query = nn.Linear(queries, queries, bias=False)
        self.weight = nn.Linear(keys, queries, bias=False)
        self.score = nn.Linear(queries, 1, bias=False)

    def prepare(self, keys: Tensor) -> Tensor:
        """What of the scores does not depend on the decoder: (n, S, queries)."""
        return self.weight(keys)

    def forward(self, queries: Tensor, prepared: Tensor) -> Tensor:
        """Scores (n, U, S) of states (n, U, queries)."""
        mixed = torch.tanh(self.query(queries)[:, :, None] + prepared[:, None])
        return self.score(mixed).squeeze(-1)


class Attention(nn.Module):
    """Global attention (Luong et al. 2015, section 3.1): s~ = tanh(W_c [mean; s]).

    Parameters
    ----------
    scoring : str
        ``"multiplicative"`` or ``"additive"``.
    queries, keys : int
        Units of the decoder's states and of the encoder's.
    """

    def __init__(self, scoring: str, queries: int, keys: int) -> None:
        super().__init__()
        self.scorer = {"multiplicative": Multiplicative, "additive": Additive}[scoring](queries, keys)
        self.combine = nn.Linear(keys + queries, queries)

    def prepare(self, keys: Tensor) -> Tensor:
        """What of the scores does not depend on the decoder, so that it is computed once for a whole answer."""
        return self.scorer.prepare(keys)

    def forward(self, queries: Tensor, keys: Tensor, prepared: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """Attentional states (n, U, queries) and weights (n, U, S).

        Parameters
        ----------
        queries : Tensor
            Decoder states (n, U, queries).
        keys, prepared : Tensor
            Encoder states (n, S, keys), and what `prepare` made of them.
        lengths : Tensor
            int64 (n,); weights beyond are exactly 0, and each row sums to 1.
        """
        scores = self.scorer(queries, prepared)
        if bool((lengths < keys.shape[1]).any()):
            scores = scores.masked_fill(is_padding(lengths, keys.shape[1])[:, None], -torch.inf)
        weights = torch.softmax(scores, dim=-1)
        return torch.tanh(self.combine(torch.cat([weights @ keys, queries], dim=-1))), weights
