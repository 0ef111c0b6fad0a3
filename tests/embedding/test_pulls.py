import numpy as np
import pytest

from explorer.embedding.pulls import pulls


def cosine(a, b):
    return a @ b / np.linalg.norm(a) / np.linalg.norm(b)


def test_a_pull_is_the_change_of_the_cosine_when_the_part_is_left_out():
    generator = np.random.default_rng(0)
    vectors, target = generator.normal(size=(5, 8)), generator.normal(size=8)
    found = pulls(list(zip("abcde", vectors, strict=True)), target)
    for i, pull in enumerate(found):
        rest = np.delete(vectors, i, axis=0).sum(axis=0)
        assert pull.towards == pytest.approx(cosine(vectors.sum(axis=0), target) - cosine(rest, target))
    assert sum(pull.share for pull in found) == pytest.approx(1)
    assert [pull.part for pull in found] == list("abcde")


def test_the_scale_of_the_parts_makes_no_difference():
    vectors, target = np.random.default_rng(1).normal(size=(3, 4)), np.ones(4)
    whole, mean = (pulls(list(zip("abc", vectors * size, strict=True)), target) for size in (1.0, 1 / 3))
    np.testing.assert_allclose([pull[1:] for pull in whole], [pull[1:] for pull in mean])


def test_a_part_that_points_to_the_target_pulls_and_one_that_points_away_pushes():
    near, far = pulls([("near", np.array([1.0, 0])), ("far", np.array([0.0, 1]))], np.array([1.0, 0]))
    assert near.towards == pytest.approx(np.sqrt(0.5)) and far.towards == pytest.approx(np.sqrt(0.5) - 1)
    assert near.share == far.share == 0.5


def test_a_single_part_and_none():
    (only,) = pulls([("x", np.array([3.0, 4]))], np.array([3.0, 4]))
    assert only.towards == pytest.approx(1) and only.share == pytest.approx(1)
    assert pulls([], np.ones(3)) == []
    (zero,) = pulls([("x", np.zeros(2))], np.ones(2))
    assert zero.towards == 0 and zero.share == 1
