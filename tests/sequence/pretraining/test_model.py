"""The network: its attention is PyTorch's, a GPT never looks ahead, a BERT looks everywhere but at padding."""

import math

import numpy as np
import pytest
import torch

from explorer.sequence.pretraining import build_model
from explorer.sequence.pretraining.attention import Attention, rotations, turned
from explorer.sequence.pretraining.model import load_model, mixed, parameters
from explorer.sequence.pretraining.reading import source
from explorer.sequence.weights import to_bytes

EVERY = [(objective, positions) for objective in ("gpt", "bert") for positions in ("learned", "sinusoidal", "rotary", "none")]


@pytest.mark.parametrize("causal", [True, False])
def test_attention_is_pytorchs_own(causal):
    """Without rotations it equals ``torch.nn.MultiheadAttention`` with the same weights, maps of every head included."""
    torch.manual_seed(0)
    own, theirs = Attention(12, 3, causal, rotary=False), torch.nn.MultiheadAttention(12, 3, bias=False, batch_first=True)
    theirs.in_proj_weight.data, theirs.out_proj.weight.data = own.ask.weight.data, own.tell.weight.data
    x = torch.randn(2, 7, 12)
    hide = torch.full((7, 7), -math.inf).triu(1) if causal else None
    expected, maps = theirs(x, x, x, attn_mask=hide, average_attn_weights=False)
    written, weights = own.look(x)
    for found in (own(x), written):
        torch.testing.assert_close(found, expected, atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(weights, maps, atol=1e-5, rtol=1e-5)


def test_rotations_leave_only_the_distance():
    x = torch.randn(1, 9, 1, 8, dtype=torch.float64)
    query, key = (torch.randn(8, dtype=torch.float64).expand_as(x) for _ in range(2))
    products = turned(query)[0, :, 0] @ turned(key)[0, :, 0].T
    for distance in range(-8, 9):
        diagonal = products.diagonal(distance)
        torch.testing.assert_close(diagonal, diagonal[:1].expand_as(diagonal))
    assert not torch.allclose(products[4, 4], products[4, 6])
    torch.testing.assert_close(turned(x).norm(dim=-1), x.norm(dim=-1))
    assert rotations(9, 8)[0].tolist() == [1, 1, 1, 1]


def test_rotary_heads_written_out_equal_the_fused_ones():
    for causal in (True, False):
        attention = Attention(12, 3, causal, rotary=True)
        x = torch.randn(2, 7, 12)
        torch.testing.assert_close(attention.look(x)[0], attention(x), atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("objective, positions", EVERY)
def test_who_sees_what(tiny, objective, positions):
    model = build_model(tiny(objective=objective, positions=positions))
    ids = torch.randint(1, 20, (1, 20), generator=torch.Generator().manual_seed(1))
    other = ids.clone()
    other[0, 12] = ids[0, 12] % 19 + 1
    with torch.no_grad():
        before, after = model(ids)[0], model(other)[0]
    same = (before == after).all(dim=1)
    if objective == "gpt":
        assert same[:12].all() and not same[12:].any()
    else:
        assert not same.any()
    if positions == "none" and objective == "bert":
        with torch.no_grad():
            turned_round = model(ids.flip(1))[0].flip(0)
        torch.testing.assert_close(before, turned_round, atol=1e-4, rtol=1e-4)


def test_neighbours_are_mixed_in_as_a_convolution_does(tiny):
    """Equals ``torch.nn.functional.conv1d`` of each number by itself; also where less was read than is mixed in."""
    weights = torch.randn(3, 5)
    for steps in (1, 2, 9):
        x = torch.randn(2, steps, 5)
        kernel = torch.cat([weights.flip(0), torch.ones(1, 5)]).T[:, None]  # (width, 1, 4), the latest last
        padded = torch.nn.functional.pad(x.mT, (3, 0))
        torch.testing.assert_close(mixed(x, weights), torch.nn.functional.conv1d(padded, kernel, groups=5).mT)
    model = build_model(tiny(neighbours=2))
    assert model.mix.shape == (2, 16) and not model.mix.any() and build_model(tiny(neighbours=2, objective="bert")).mix is None
    with torch.no_grad():
        model.mix += 1.0
        ids = torch.arange(1, 11)[None]
        one, other = model(ids)[0], model(torch.cat([ids[:, :6], ids[:, 6:].flip(1)], 1))[0]
    assert torch.equal(one[:6], other[:6]) and not torch.equal(one[6], other[6])


def test_padding_is_not_looked_at(tiny):
    for objective in ("bert", "gpt"):
        model = build_model(tiny(objective=objective))
        ids = torch.randint(1, 20, (1, 9), generator=torch.Generator().manual_seed(1))
        padded = torch.nn.functional.pad(ids, (0, 6), value=3)
        with torch.no_grad():
            alone, beside = model.states(ids), model.states(padded, torch.tensor([9]))
        torch.testing.assert_close(beside[:, :9], alone, atol=1e-5, rtol=1e-5)


def test_an_untrained_network_guesses_evenly_and_is_the_same_again(tiny):
    experiment = tiny()
    one, other = build_model(experiment), build_model(experiment)
    torch.manual_seed(5)
    assert to_bytes(one) == to_bytes(build_model(experiment)) == to_bytes(other)
    known = len(source(experiment).pieces)
    ids = torch.randint(1, known, (4, 24), generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        loss = torch.nn.functional.cross_entropy(one(ids).flatten(0, 1), ids.flatten().roll(-1))
    assert loss.item() == pytest.approx(math.log(known), rel=0.02)
    assert parameters(experiment, known) == sum(weight.numel() for weight in one.parameters())
    again = load_model(experiment, to_bytes(one))
    np.testing.assert_array_equal(again(ids).detach(), one(ids).detach())


def test_other_weights_are_refused(tiny):
    weights = to_bytes(build_model(tiny()))
    with pytest.raises(ValueError, match="another architecture"):
        load_model(tiny(layers=1), weights)
