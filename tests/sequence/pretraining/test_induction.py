"""Heads on random pieces said twice: ideal heads score 1, a trained pair of layers is found."""

import numpy as np
import torch

from explorer.sequence.pretraining.induction import following, induction, previous, repetition_gain, said_twice
from explorer.sequence.pretraining.reading import source

L = 6


def looking(target):
    """(1, 1, T, T): every place looks at one other alone."""
    steps = 1 + 2 * L
    weights = np.zeros((1, 1, steps, steps))
    for t in range(steps):
        weights[0, 0, t, min(max(target(t), 0), steps - 1)] = 1.0
    return weights


def test_an_ideal_induction_head_scores_one():
    ideal = looking(lambda t: t - L + 1 if t > L else 0)
    assert induction(ideal) == 1.0 and previous(ideal) < 0.2
    assert induction(looking(lambda t: t - L)) == 0.0  # looks at the same piece, not at what came after it
    assert induction(looking(lambda t: t)) == 0.0
    even = np.tril(np.ones((2, 3, 1 + 2 * L, 1 + 2 * L)))
    even /= even.sum(-1, keepdims=True)
    assert induction(even).shape == (2, 3) and (induction(even) < 0.15).all()


def test_ideal_neighbours_score_one():
    assert previous(looking(lambda t: t - 1)) == 1.0 and following(looking(lambda t: t + 1)) == 1.0
    assert previous(looking(lambda t: t)) == 0.0 and following(looking(lambda t: t - 1)) == 0.0


def test_pieces_are_said_twice(tiny):
    for objective in ("gpt", "bert"):
        pieces = source(tiny(objective=objective)).pieces
        twice = said_twice(pieces, 24, torch.Generator().manual_seed(0))
        half = twice.shape[1] // 2
        assert twice.shape[1] <= 24 and (twice[:, 0] == pieces.start).all()
        assert torch.equal(twice[:, 1 : half + 1], twice[:, half + 1 :])
        assert twice.min() >= 1 and twice.max() < (pieces.mask or len(pieces))


def test_the_gain_of_repetition_leaves_out_the_first_of_the_second_half():
    losses = np.full((2, 2 * L), 3.0)
    losses[:, L + 1 :] = 1.0
    losses[:, L] = 100.0
    assert repetition_gain(losses) == 2.0
