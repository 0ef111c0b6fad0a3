"""Reading from both ends against PyTorch's packed bidirectional modules."""

import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from explorer.sequence.encoder_decoder.reading import final_state, read_both_ways, recurrent, reversal

LENGTHS = torch.tensor([5, 2, 7, 1])


@pytest.mark.parametrize("cell, module", [("rnn", nn.RNN), ("lstm", nn.LSTM), ("gru", nn.GRU)])
def test_two_directions_are_a_packed_bidirectional_module(cell, module):
    torch.manual_seed(1)
    both = module(3, 4, batch_first=True, bidirectional=True)
    cells = nn.ModuleList([recurrent(cell, 3, 4) for _ in range(2)])
    for k, suffix in enumerate(("", "_reverse")):
        for name, weight in cells[k].named_parameters():
            weight.data.copy_(getattr(both, name + suffix).data)
    inputs = torch.randn(4, 7, 3)
    packed, last = both(pack_padded_sequence(inputs, LENGTHS, batch_first=True, enforce_sorted=False))
    expected = pad_packed_sequence(packed, batch_first=True)[0]
    states = read_both_ways(cells, inputs, LENGTHS)
    present = torch.arange(7) < LENGTHS[:, None]
    assert torch.allclose(states[present], expected[present], atol=1e-6)
    h = last[0] if cell == "lstm" else last
    assert torch.allclose(final_state(states, LENGTHS, 2), torch.cat([h[0], h[1]], dim=-1), atol=1e-6)


def test_one_direction_ends_at_the_last_real_step():
    cells = nn.ModuleList([recurrent("lstm", 3, 4)])
    inputs = torch.randn(4, 7, 3)
    states = read_both_ways(cells, inputs, LENGTHS)
    alone = cells[0](inputs[1:2, :2])[0][0, -1]
    assert torch.allclose(final_state(states, LENGTHS, 1)[1], alone, atol=1e-6)


def test_reversal_turns_real_steps_round_and_undoes_itself():
    order = reversal(torch.tensor([3, 1]), 4)
    assert order.tolist() == [[2, 1, 0, 3], [0, 1, 2, 3]]
    assert order.gather(1, order).tolist() == [[0, 1, 2, 3], [0, 1, 2, 3]]
