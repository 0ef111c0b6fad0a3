"""Temperature, top-k and top-p against transformers' own, against a search over all sets, and as draws."""

import itertools

import numpy as np
import pytest

from explorer.sequence.generation import Rule, cut, draw

RULES = [
    Rule(), Rule(0.5), Rule(1.7), Rule(top_k=1), Rule(top_k=7), Rule(top_k=1000), Rule(top_p=0.9), Rule(top_p=0.05),
    Rule(0.7, 12, 0.8), Rule(2.5, 5, 0.99), Rule(0.05), Rule(3.0, 0, 0.5),
]  # fmt: skip


def expected(size=60, seed=0, peaked=2.0):
    logits = np.random.default_rng(seed).normal(size=size) * peaked
    return np.exp(logits) / np.exp(logits).sum()


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_as_transformers_warps_logits(rule, seed):
    import torch
    from transformers import TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper

    probabilities = expected(seed=seed)
    scores = torch.tensor(probabilities).log()[None]
    warpers = [TemperatureLogitsWarper(rule.temperature)]
    warpers += [TopKLogitsWarper(rule.top_k)] if rule.top_k else []
    warpers += [TopPLogitsWarper(rule.top_p)] if rule.top_p < 1 else []
    for warp in warpers:
        scores = warp(None, scores)
    np.testing.assert_allclose(cut(probabilities, rule).drawn_from, scores.softmax(-1)[0].numpy(), atol=1e-12)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.77, 0.95])
def test_top_p_keeps_the_smallest_set_that_holds_the_share(share):
    probabilities = expected(size=9, seed=4)
    sizes = (
        len(chosen)
        for n in range(1, 10)
        for chosen in itertools.combinations(range(9), n)
        if probabilities[list(chosen)].sum() >= share
    )
    found = cut(probabilities, Rule(top_p=share))
    assert found.kept == next(sizes)
    assert found.kept_mass >= share


def test_equally_likely_pieces_are_cut_by_their_order():
    found = cut(np.full(4, 0.25), Rule(top_k=2))
    assert found.pieces.tolist() == [0, 1]
    assert cut(np.full(4, 0.25), Rule(top_p=0.5)).kept == 2  # half of the mass exactly: no third
    assert found.bits == 1.0


def test_draws_follow_the_distribution_that_is_left():
    found = cut(expected(size=12, seed=3), Rule(0.8, 6, 0.95))
    chances = (np.arange(20_000) + 0.5) / 20_000
    counts = np.bincount([draw(found, chance) for chance in chances], minlength=12)
    np.testing.assert_allclose(counts / 20_000, found.drawn_from, atol=1e-4)
    assert draw(found, np.nextafter(1.0, 0.0)) == found.pieces[-1]


def test_cold_takes_the_likeliest_and_a_certain_model_leaves_no_choice():
    probabilities = expected(seed=7)
    assert cut(probabilities, Rule(0.05)).drawn_from.argmax() == probabilities.argmax()
    certain = cut(np.array([0.0, 1.0, 0.0]), Rule(3.0))
    assert certain.bits == 0.0 and draw(certain, 0.999) == 1


@pytest.mark.parametrize("wrong", [np.zeros(3), np.array([0.5, np.nan]), np.array([-0.1, 1.1]), np.array([])])
def test_what_is_no_distribution_is_refused(wrong):
    with pytest.raises(ValueError, match="probabilities"):
        cut(wrong, Rule())


@pytest.mark.parametrize("values", [{"temperature": 0.0}, {"top_k": -1}, {"top_p": 0.0}, {"top_p": 1.5}])
def test_rules_out_of_range_are_refused(values):
    with pytest.raises(ValueError):
        Rule(**values)
