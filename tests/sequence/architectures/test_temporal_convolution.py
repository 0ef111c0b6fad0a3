"""The TCN against PyTorch's convolutions with weight normalisation, and its reach against the formula."""

import pytest
import torch
from torch import nn
from torch.nn.utils.parametrizations import weight_norm

from explorer.sequence import build_model
from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.architectures.reach import levels_to_see, tcn_levels, tcn_reach


def as_pytorch(ours, dilation):
    """PyTorch's convolution with the weights of one of ours; it pads both sides, what it says too late is cut off."""
    outputs, inputs, kernel = ours.direction.shape
    theirs = weight_norm(nn.Conv1d(inputs, outputs, kernel, dilation=dilation, padding=(kernel - 1) * dilation)).double()
    names = {
        "bias": ours.bias,
        "parametrizations.weight.original0": ours.size,
        "parametrizations.weight.original1": ours.direction,
    }
    theirs.load_state_dict({name: weight.detach().clone() for name, weight in names.items()})
    return lambda x: theirs(x)[:, :, : x.shape[2]]


@torch.no_grad()
def with_other_lengths(model):
    """As after some training: the lengths g are not those of the directions any more."""
    for name, weight in model.named_parameters():
        if name.endswith("size"):
            weight.mul_(torch.linspace(0.5, 1.5, len(weight), dtype=weight.dtype)[:, None, None])
    return model


@pytest.mark.parametrize("kernel", [2, 3, 5])
def test_it_is_bais_network(make_network, numbers, kernel):
    model = with_other_lengths(make_network("tcn", numbers, kernel=kernel, levels=3).double())
    batch = numbers.watched()
    x = batch.inputs.double().transpose(1, 2)
    for level, block in enumerate(model.blocks):
        first, second = as_pytorch(block.first, 2**level), as_pytorch(block.second, 2**level)
        y = second(first(x).relu()).relu()
        x = (y + (x if level else block.shortcut(x))).relu()
    expected = model.readout(x.transpose(1, 2))[torch.arange(3), batch.lengths - 1]
    torch.testing.assert_close(model(batch.inputs.double(), batch.lengths), expected, rtol=1e-10, atol=1e-12)


def test_without_causal_the_taps_lie_around_the_step(make_network, letters):
    model = make_network("tcn", letters, kernel=3, levels=1, causal=False).double()
    block, inputs = model.blocks[0], letters.watched().inputs[:1]
    x = model.embed(inputs).transpose(1, 2)

    def around(ours, x):
        return nn.functional.conv1d(x, as_weight(ours), ours.bias, padding=1)

    y = around(block.second, around(block.first, x).relu()).relu()
    expected = model.readout((y + block.shortcut(x)).relu().transpose(1, 2))
    torch.testing.assert_close(model(inputs), expected, rtol=1e-10, atol=1e-12)


def as_weight(ours):
    return ours.direction / ours.direction.flatten(1).norm(dim=1)[:, None, None] * ours.size


def test_it_begins_as_a_plain_convolution_does():
    """g = |v|, so that the weights are v, whose distribution is PyTorch's."""
    model = build_model(ArchitectureExperiment(task="adding", cell="tcn", hidden=24, batch=16))
    for block in model.blocks:
        for one in (block.first, block.second):
            torch.testing.assert_close(as_weight(one), one.direction)
            assert one.direction.abs().max() <= one.direction[0].numel() ** -0.5


@pytest.mark.parametrize("kernel, levels, reach", [(2, 1, 3), (2, 3, 15), (3, 5, 125), (7, 4, 181)])
def test_how_far_it_sees(kernel, levels, reach):
    assert tcn_reach(kernel, levels) == reach
    assert levels_to_see(kernel, reach) == levels
    assert levels_to_see(kernel, reach + 1) == levels + 1


@pytest.mark.parametrize("task, length, levels", [("adding", 100, 5), ("adding", 10, 2), ("digits", 30, 2)])
def test_zero_levels_are_as_many_as_the_sequence_needs(task, length, levels):
    experiment = ArchitectureExperiment(task=task, cell="tcn", length=length, batch=8)
    assert tcn_levels(experiment) == levels == len(build_model(experiment).blocks)
    assert tcn_levels(experiment.replace(levels=3)) == 3
