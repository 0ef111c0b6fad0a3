import numpy as np
import pytest

from explorer.embedding.collapse import BLOCK, mean_cosine


def test_the_mean_over_all_pairs():
    matrix = np.random.default_rng(0).normal(0.3, 1, size=(70, 6)).astype(np.float32)
    unit = matrix / np.linalg.norm(matrix, axis=1, keepdims=True).astype(np.float64)
    pairs = np.triu_indices(70, 1)
    assert mean_cosine(matrix) == pytest.approx((unit @ unit.T)[pairs].mean(), abs=1e-7)


def test_extremes():
    assert mean_cosine(np.outer([1, 2, 5], [0.3, -0.4])) == pytest.approx(1)
    assert mean_cosine(np.array([[1.0, 0], [-2, 0]])) == pytest.approx(-1)
    assert mean_cosine(np.eye(4)) == pytest.approx(0)
    assert np.isnan(mean_cosine(np.zeros((3, 2)))) and np.isnan(mean_cosine(np.ones((1, 2))))


def test_words_without_a_direction_are_left_out():
    matrix = np.array([[1.0, 0], [0, 0], [1, 1]])
    assert mean_cosine(matrix) == pytest.approx(np.sqrt(0.5))


def test_blocks_add_up():
    matrix = np.random.default_rng(1).normal(size=(2 * BLOCK + 5, 3))
    unit = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
    total, n = unit.sum(axis=0), len(matrix)
    assert mean_cosine(matrix) == pytest.approx((total @ total - n) / (n * (n - 1)), rel=1e-9)
