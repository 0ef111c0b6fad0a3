"""Attention against PyTorch's own and against the formulas written out; padding never gets any weight."""

import pytest
import torch
from torch.nn import functional

from explorer.sequence.encoder_decoder.attention import Additive, Attention, Multiplicative

N, U, S, H = 3, 4, 6, 5
LENGTHS = torch.tensor([6, 2, 4])


@pytest.fixture
def states():
    torch.manual_seed(0)
    return torch.randn(N, U, H), torch.randn(N, S, H)


@pytest.mark.parametrize("scoring", ["multiplicative", "additive"])
def test_weights_sum_to_one_and_are_exactly_zero_on_padding(states, scoring):
    queries, keys = states
    attention = Attention(scoring, H, H)
    _, weights = attention(queries, keys, attention.prepare(keys), LENGTHS)
    assert torch.allclose(weights.sum(-1), torch.ones(N, U))
    beyond = torch.arange(S) >= LENGTHS[:, None]
    assert (weights.movedim(1, 2)[beyond] == 0).all() and (weights.movedim(1, 2)[~beyond] > 0).all()


def test_multiplicative_attention_is_pytorchs_own_on_mapped_keys(states):
    queries, keys = states
    attention = Attention("multiplicative", H, H)
    seen, _ = attention(queries, keys, attention.prepare(keys), LENGTHS)
    mask = (torch.arange(S) < LENGTHS[:, None])[:, None]
    mapped = keys @ attention.scorer.weight.weight.T
    mean = functional.scaled_dot_product_attention(queries, mapped, keys, attn_mask=mask, scale=1.0)
    both = torch.cat([mean, queries], dim=-1)
    expected = torch.tanh(functional.linear(both, attention.combine.weight, attention.combine.bias))
    assert torch.allclose(seen, expected, atol=1e-6)


def test_scores_follow_the_papers(states):
    queries, keys = states
    product, network = Multiplicative(H, H), Additive(H, H)
    scores = product(queries, product.prepare(keys)), network(queries, network.prepare(keys))
    for i, t, s in ((0, 0, 0), (1, 3, 5), (2, 2, 1)):
        q, k = queries[i, t], keys[i, s]
        luong = q @ product.weight.weight @ k
        bahdanau = network.score.weight[0] @ torch.tanh(network.query.weight @ q + network.weight.weight @ k)
        assert scores[0][i, t, s].item() == pytest.approx(luong.item(), abs=1e-5)
        assert scores[1][i, t, s].item() == pytest.approx(bahdanau.item(), abs=1e-5)


def test_what_stands_in_the_padding_makes_no_difference(states):
    queries, keys = states
    attention = Attention("additive", H, H)
    other = keys.clone()
    other[1, 2:] = 100.0
    one = attention(queries, keys, attention.prepare(keys), LENGTHS)[0]
    two = attention(queries, other, attention.prepare(other), LENGTHS)[0]
    assert torch.equal(one[1], two[1])
