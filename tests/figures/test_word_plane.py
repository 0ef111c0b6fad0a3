import numpy as np
import pytest
from sklearn.decomposition import PCA

from explorer.figures.word_plane import bounds, unit_rows, word_plane

VECTORS = np.random.default_rng(0).normal(size=(60, 8)) * [4, 3, 1, 1, 0.5, 0.2, 0.1, 0.1]


def test_it_is_the_plane_of_the_principal_components():
    plane, pca = word_plane(VECTORS), PCA(2).fit(VECTORS)
    np.testing.assert_allclose(np.abs(plane.points), np.abs(pca.transform(VECTORS)), atol=1e-9)
    np.testing.assert_allclose(plane.explained, pca.explained_variance_ratio_, atol=1e-12)
    np.testing.assert_allclose(plane.axes.T @ plane.axes, np.eye(2), atol=1e-12)


def test_it_neither_flips_nor_turns_from_moment_to_moment():
    first = word_plane(VECTORS)
    angle = 2.1
    turned = first.points @ np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) * [1, -1]
    again = word_plane(VECTORS, previous=turned)
    np.testing.assert_allclose(again.points, turned, atol=1e-9)
    np.testing.assert_allclose(again.project(VECTORS), turned, atol=1e-9)
    assert again.explained.sum() == pytest.approx(first.explained.sum())


def test_words_that_were_not_there_do_not_decide_the_turn():
    turned = word_plane(VECTORS).points * [-1, -1]
    turned[5:] = np.nan
    np.testing.assert_allclose(word_plane(VECTORS, turned).points[:5], turned[:5], atol=1e-9)
    unknown = np.full((60, 2), np.nan)
    np.testing.assert_allclose(word_plane(VECTORS, unknown).points, word_plane(VECTORS).points)


def test_another_moment_is_seen_around_its_own_middle():
    plane = word_plane(VECTORS)
    np.testing.assert_allclose(plane.project(VECTORS + 100.0), plane.points, atol=1e-9)


@pytest.mark.parametrize(
    "vectors", [np.zeros((4, 3)), np.ones((1, 5)), np.full((3, 4), np.nan), np.ones((5, 1)), np.empty((0, 4))]
)
def test_extremes_stay_finite(vectors):
    plane = word_plane(vectors)
    assert plane.points.shape == (len(vectors), 2) and np.isfinite(plane.points).all()
    assert (plane.explained == 0).all() and min(bounds(plane.points)) > 0


def test_rows_get_length_one_and_zero_stays_zero():
    rows = unit_rows(np.array([[3.0, 4.0], [0.0, 0.0], [np.inf, 1.0]]))
    np.testing.assert_allclose(rows, [[0.6, 0.8], [0, 0], [0, 1]])


def test_the_range_grows_at_once_and_shrinks_seldom():
    points = np.array([[2.0, 0.2], [-0.3, -1.0]])
    first = bounds(points)
    np.testing.assert_allclose(first, (2.3, 1.15))
    assert bounds(points * 1.1, first) == first
    assert bounds(points * 0.9, first) == first
    np.testing.assert_allclose(bounds(points * 1.2, first), (2.76, 1.38))
    np.testing.assert_allclose(bounds(points * 0.5, first), (1.15, 0.575))
    assert bounds(points * 0, first) == first and bounds(np.empty((0, 2))) == (1.0, 1.0)
