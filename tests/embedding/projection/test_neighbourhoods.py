import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors

from explorer.embedding.projection import neighbourhoods
from explorer.embedding.projection.neighbourhoods import nearest_among, nearest_others, nearest_slices, run_through

POINTS = np.random.default_rng(0).normal(size=(300, 12)).astype(np.float32)


@pytest.mark.parametrize("k", [1, 10, 90, 299])
def test_equals_scikit_learn(k):
    distances, rows = NearestNeighbors(n_neighbors=k, algorithm="brute").fit(POINTS.astype(np.float64)).kneighbors()
    found = nearest_others(POINTS, k)
    assert (found.rows == rows).all() and found.rows.dtype == np.int32
    assert found.distances == pytest.approx(distances, abs=1e-6)


def test_pieces_give_the_same(monkeypatch):
    whole = nearest_others(POINTS, 10)
    monkeypatch.setattr(neighbourhoods, "PIECE", 300 * 20)
    pauses = sum(1 for _ in nearest_slices(POINTS, 10))
    assert pauses == 1 + 15
    found = run_through(nearest_slices(POINTS, 10))
    assert (found.rows == whole.rows).all() and (found.distances == whole.distances).all()
    some = np.array([5, 200, 7])
    assert (run_through(nearest_slices(POINTS, 10, some)).rows == whole.rows[some]).all()


def test_distances_are_computed_from_differences():
    """The search's own formula loses all digits where points lie close together far from the origin."""
    points = 1e4 + np.arange(30, dtype=np.float64)[:, None] * [1e-3, 0]
    found = nearest_others(points, 2)
    assert found.rows[10].tolist() == [9, 11]
    assert found.distances[1:-1] == pytest.approx(np.full((28, 2), 1e-3), rel=1e-6)


def test_equal_points_are_neighbours_in_order():
    points = np.zeros((40, 3))
    points[20:] = 1
    found = nearest_others(points, 3)
    assert found.rows[5].tolist() == sorted(found.rows[5]) and 5 not in found.rows[5]
    assert (found.rows[:20] < 20).all() and not found.distances.any()


def test_among_others_an_equal_point_is_the_nearest():
    found = nearest_among(POINTS, POINTS[[3, 8]] + 1e-4, 4)
    assert found.rows[:, 0].tolist() == [3, 8] and found.rows.shape == (2, 4)
    assert found.distances[:, 0] == pytest.approx([1e-4 * np.sqrt(12)] * 2, rel=1e-2)
