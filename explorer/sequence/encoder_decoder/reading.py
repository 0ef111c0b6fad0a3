"""Reading a padded batch from both ends with fused kernels, without ever seeing the padding."""

from __future__ import annotations

import torch
from torch import Tensor, nn


def recurrent(cell: str, width: int, units: int) -> nn.RNNBase:
    """PyTorch's single-layer module of that name, one direction."""
    return {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[cell](width, units, batch_first=True)


def is_padding(lengths: Tensor, steps: int) -> Tensor:
    """bool (n, steps): the steps beyond each length."""
    return torch.arange(steps) >= lengths[:, None]


def reversal(lengths: Tensor, steps: int) -> Tensor:
    """int64 (n, steps): for each sequence its real steps from the last to the first, then its padding as it stands."""
    forward = torch.arange(steps).expand(len(lengths), steps)
    backward = lengths[:, None] - 1 - forward
    return torch.where(backward < 0, forward, backward)


def reordered(values: Tensor, order: Tensor) -> Tensor:
    """Values (n, steps, ...) with the steps of each sequence in another order (n, steps)."""
    return values.gather(1, order[:, :, None].expand(-1, -1, values.shape[2]))


def read_both_ways(cells: nn.ModuleList, inputs: Tensor, lengths: Tensor) -> Tensor:
    """The states of one or two directions side by side, (n, S, units of all); those of padded steps mean nothing.

    The second direction reads each sequence turned round, so that it begins at its last real step. (A packed batch
    would say the same to ``nn.LSTM(bidirectional=True)``, but takes torch's slower kernels.)
    """
    states = [cells[0](inputs)[0]]
    if len(cells) == 2:
        order = reversal(lengths, inputs.shape[1])
        states.append(reordered(cells[1](reordered(inputs, order))[0], order))
    return torch.cat(states, dim=-1) if len(states) > 1 else states[0]


def final_state(states: Tensor, lengths: Tensor, directions: int) -> Tensor:
    """Where each direction ended (n, units of all): forward at the last real step, backward at the first."""
    last = states[torch.arange(len(states)), lengths - 1]
    if directions == 1:
        return last
    units = states.shape[-1] // 2
    return torch.cat([last[:, :units], states[:, 0, units:]], dim=1)
