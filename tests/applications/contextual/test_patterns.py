"""Shares of attention that are known beforehand, and heads that follow a pattern in the real model."""

import numpy as np
import pytest

from explorer.applications.contextual.patterns import named_heads, pattern_shares

SEPARATORS = np.array([True, False, False, False, False, True])
IDS = (1, 7, 8, 7, 9, 2)


def heads(*rows):
    """One layer with these heads, each a matrix (n, n)."""
    return np.array([rows], dtype=float)


def test_heads_made_by_hand():
    n = len(IDS)
    before, after, first = np.eye(n, k=-1), np.eye(n, k=1), np.zeros((n, n))
    first[:, 0] = 1.0
    same = np.eye(n)
    same[1], same[3] = np.eye(n)[3], np.eye(n)[1]
    shares = pattern_shares(heads(before, after, first, same), IDS, SEPARATORS)
    assert shares["previous"][0].tolist() == [1, 0, 0, 0]
    assert shares["next"][0].tolist() == [0, 1, 0, 0]
    assert shares["separator"][0].tolist() == [0.25, 0.25, 1, 0]
    assert shares["same"][0].tolist() == [0, 0, 0, 1]
    assert named_heads(shares) == {
        (0, 0): ("previous", 1.0), (0, 1): ("next", 1.0), (0, 2): ("separator", 1.0), (0, 3): ("same", 1.0),
    }  # fmt: skip


def test_a_pattern_without_a_place_is_not_measured():
    shares = pattern_shares(heads(np.full((4, 4), 0.25)), (1, 7, 8, 2), np.array([True, False, False, True]))
    assert np.isnan(shares["same"]).all() and shares["itself"][0, 0] == pytest.approx(0.25)


def test_the_real_model_has_heads_that_follow_patterns(model):
    reading = model.read("The old man saw the dog, and the dog saw the old man near the river.")
    separators = np.array([word is None for word in reading.words])
    shares = pattern_shares(reading.attention, reading.ids, separators)
    total = shares["separator"] + shares["itself"]
    assert (total <= 1 + 1e-5).all()
    print({place: name for place, (name, _) in named_heads(shares).items()})
    assert {name for name, _ in named_heads(shares).values()} >= {"separator"}
