"""The Transformer against PyTorch's own encoder, and its positions against their formula."""

import math

import pytest
import torch
from torch import nn

from explorer.sequence.architectures.transformer import waves


def as_pytorch(block, hidden, heads):
    """PyTorch's layer with the weights of one of our blocks."""
    layer = nn.TransformerEncoderLayer(
        hidden, heads, dim_feedforward=4 * hidden, dropout=0.0, activation="relu", batch_first=True, norm_first=True
    ).eval().to(block.widen.weight.dtype)
    pairs = {
        "self_attn.in_proj_weight": block.attention.ask.weight, "self_attn.in_proj_bias": block.attention.ask.bias,
        "self_attn.out_proj.weight": block.attention.tell.weight, "self_attn.out_proj.bias": block.attention.tell.bias,
        "linear1.weight": block.widen.weight, "linear1.bias": block.widen.bias,
        "linear2.weight": block.narrow.weight, "linear2.bias": block.narrow.bias,
        "norm1.weight": block.norm1.weight, "norm1.bias": block.norm1.bias,
        "norm2.weight": block.norm2.weight, "norm2.bias": block.norm2.bias,
    }  # fmt: skip
    layer.load_state_dict({name: weight.detach().clone() for name, weight in pairs.items()})
    return layer


@torch.no_grad()
def move_a_little(model):
    generator = torch.Generator().manual_seed(1)
    for weight in model.parameters():
        weight.add_(torch.randn(weight.shape, generator=generator, dtype=weight.dtype) * 0.1)
    return model


@pytest.mark.parametrize("causal", [True, False])
@pytest.mark.parametrize("heads", [1, 2, 4])
def test_it_is_pytorchs_encoder_with_norm_first(make_network, letters, causal, heads):
    model = move_a_little(make_network("transformer", letters, causal=causal, heads=heads, layers=2).double())
    batch = letters.watched()
    steps = batch.inputs.shape[1]
    mask = torch.full((steps, steps), -math.inf, dtype=torch.float64).triu(1) if causal else None
    padding = torch.arange(steps) >= batch.lengths[:, None]
    x = model.enter(model.embed(batch.inputs)) + waves(steps, 8, torch.float64)
    for block in model.blocks:
        x = as_pytorch(block, 8, heads)(x, src_mask=mask, src_key_padding_mask=None if causal else padding)
    expected = model.readout(nn.functional.layer_norm(x, (8,), model.norm.weight, model.norm.bias))
    torch.testing.assert_close(model(batch.inputs, batch.lengths)[~padding], expected[~padding], rtol=1e-10, atol=1e-12)


def test_its_maps_are_those_of_pytorchs_attention(make_network, letters):
    model = move_a_little(make_network("transformer", letters, heads=2, layers=1).double())
    inputs = letters.watched().inputs[:1]
    embedded = model.embed(inputs)
    x = model.enter(embedded) + waves(7, 8, torch.float64)
    block = model.blocks[0]
    layer, normed = as_pytorch(block, 8, 2), block.norm1(x)
    mask = torch.full((7, 7), -math.inf, dtype=torch.float64).triu(1)
    _, expected = layer.self_attn(normed, normed, normed, attn_mask=mask, average_attn_weights=False)
    maps = model.maps(embedded)
    assert maps.shape == (1, 1, 2, 7, 7)
    torch.testing.assert_close(maps[0], expected, rtol=1e-10, atol=1e-12)
    torch.testing.assert_close(maps.sum(-1), torch.ones(1, 1, 2, 7, dtype=torch.float64))
    assert not maps[..., *torch.triu_indices(7, 7, 1)].any()


@pytest.mark.parametrize("hidden, heads", [(9, 2), (5, 8)])
def test_heads_need_not_divide_the_width(make_network, letters, hidden, heads):
    model = make_network("transformer", letters, hidden=hidden, heads=heads)
    assert model(letters.watched().inputs).shape == (3, 7, 5)
    assert model.blocks[0].attention.size == max(1, hidden // heads)


@pytest.mark.parametrize("hidden", [8, 7])
def test_the_waves_are_those_of_the_paper(hidden):
    made = waves(30, hidden, torch.float64)
    pairs = (hidden + 1) // 2
    for t in (0, 1, 17):
        for k in range(hidden):
            angle = t / 10_000 ** ((k // 2) / pairs)
            assert made[t, k].item() == pytest.approx(math.cos(angle) if k % 2 else math.sin(angle), abs=1e-12)


def test_without_positions_it_cannot_tell_the_order(make_network, numbers):
    order = torch.tensor([3, 0, 5, 1, 2, 4, 6])  # the last step, which asks, stays
    inputs = numbers.watched().inputs[:1]
    blind = make_network("transformer", numbers, positions="none", layers=2)
    with torch.no_grad():
        # One block: later ones would see that earlier steps looked at fewer steps.
        single = make_network("transformer", numbers, positions="none", layers=1)
        torch.testing.assert_close(single(inputs), single(inputs[:, order]), rtol=1e-5, atol=1e-6)
        assert (blind(inputs) - blind(inputs[:, order])).abs().max() > 1e-4
        for positions in ("sinusoidal", "learned"):
            seeing = make_network("transformer", numbers, positions=positions, layers=1)
            assert (seeing(inputs) - seeing(inputs[:, order])).abs().max() > 1e-4


def test_learned_positions_are_learned(make_network, letters):
    model = make_network("transformer", letters, positions="learned")
    assert model.places.shape == (60, 8)  # the longest example that can be typed
    batch = letters.watched()
    model.loss(model(batch.inputs, batch.lengths), batch).backward()
    assert (model.places.grad[:7] != 0).any(dim=1).all() and not model.places.grad[7:].any()
