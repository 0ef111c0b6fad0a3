"""A linear chain over tags (conditional random field, Lafferty, McCallum and Pereira 2001): whole rows of tags compete.

A row's score is the sum of its tags' own scores and of one number for each pair of neighbours. All functions take

- emissions, float (n, T, K): the tags' own scores;
- transitions, float (K + 1, K + 1): from row to column; the last row begins a sentence, the last column ends it;
- lengths, int64 (n,): beyond them nothing counts.
"""

from __future__ import annotations

import torch
from torch import Tensor


def score(emissions: Tensor, tags: Tensor, transitions: Tensor, lengths: Tensor) -> Tensor:
    """The score of one row of tags (n, T) for each sentence, (n,); tags beyond the length may be anything."""
    real = torch.arange(emissions.shape[1]) < lengths[:, None]
    tags = torch.where(real, tags, 0)
    own = (emissions.gather(2, tags[:, :, None])[:, :, 0] * real).sum(1)
    pairs = (transitions[tags[:, :-1], tags[:, 1:]] * real[:, 1:]).sum(1)
    last = tags.gather(1, lengths[:, None] - 1)[:, 0]
    return own + pairs + transitions[-1, tags[:, 0]] + transitions[last, -1]


def log_partition(emissions: Tensor, transitions: Tensor, lengths: Tensor) -> Tensor:
    """The logarithm of the sum of exp(score) over all rows of tags, (n,), by the forward recursion."""
    between = transitions[:-1, :-1]
    alpha = emissions[:, 0] + transitions[-1, :-1]
    for t in range(1, emissions.shape[1]):
        new = torch.logsumexp(alpha[:, :, None] + between, dim=1) + emissions[:, t]
        alpha = torch.where((t < lengths)[:, None], new, alpha)
    return torch.logsumexp(alpha + transitions[:-1, -1], dim=1)


def best(emissions: Tensor, transitions: Tensor, lengths: Tensor) -> Tensor:
    """The row of tags with the highest score, int64 (n, T), by Viterbi's algorithm; beyond the length it means nothing."""
    between, length = transitions[:-1, :-1], emissions.shape[1]
    alpha = emissions[:, 0] + transitions[-1, :-1]
    stay = torch.arange(emissions.shape[2]).expand(len(emissions), -1)
    came_from = []
    for t in range(1, length):
        value, before = (alpha[:, :, None] + between).max(dim=1)
        inside = (t < lengths)[:, None]
        alpha = torch.where(inside, value + emissions[:, t], alpha)
        came_from.append(torch.where(inside, before, stay))
    tag = (alpha + transitions[:-1, -1]).argmax(dim=1)
    row = [tag]
    for before in reversed(came_from):
        tag = before.gather(1, tag[:, None])[:, 0]
        row.append(tag)
    return torch.stack(row[::-1], dim=1)


def marginals(emissions: Tensor, transitions: Tensor, lengths: Tensor) -> Tensor:
    """The probability of each tag at each word over all rows, (n, T, K): the gradient of the log-partition."""
    with torch.enable_grad():
        given = emissions.detach().requires_grad_()
        return torch.autograd.grad(log_partition(given, transitions.detach(), lengths).sum(), given)[0]
