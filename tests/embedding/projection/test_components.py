import numpy as np
import pytest
from sklearn.decomposition import PCA

from explorer.embedding.projection.components import BLOCK, principal_components

CHANCE = np.random.default_rng(0)
MATRIX = (CHANCE.normal(size=(300, 20)) * np.linspace(3, 0.3, 20) + 2) @ np.linalg.qr(CHANCE.normal(size=(20, 20)))[0]


def unit(matrix: np.ndarray) -> np.ndarray:
    return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


@pytest.mark.parametrize("rows, d", [(300, 20), (20, 20), (8, 20), (1, 5), (5, 1)])
@pytest.mark.parametrize("normalise", [False, True])
@pytest.mark.parametrize("whiten", [False, True])
def test_equals_scikit_learn_up_to_sign(rows, d, normalise, whiten):
    matrix = MATRIX[:rows, :d]
    k = min(6, rows, d)
    given = unit(matrix) if normalise else matrix
    if rows == 1 or (d == 1 and normalise):
        return  # nothing varies: see test_nothing_to_find
    k = min(k, rows - 1)
    trusted = PCA(k, whiten=whiten, svd_solver="full").fit(given)
    found = principal_components(matrix, k, normalise=normalise, whiten=whiten)
    sign = np.sign((found.axes * trusted.components_).sum(axis=1))
    assert found.axes == pytest.approx(trusted.components_ * sign[:, None], abs=1e-9)
    assert found.coordinates == pytest.approx(trusted.transform(given) * sign, abs=1e-5)
    assert found.variance == pytest.approx(trusted.explained_variance_ratio_, abs=1e-12)
    assert found.coordinates.dtype == np.float32


def test_the_three_switches_are_independent_and_in_order():
    for centre in (False, True):
        for normalise in (False, True):
            plain, white = (principal_components(MATRIX, 5, centre, normalise, whiten) for whiten in (False, True))
            points = unit(MATRIX) if normalise else MATRIX
            points = points - points.mean(axis=0) if centre else points
            _, strengths, _ = np.linalg.svd(points, full_matrices=False)
            assert plain.variance == pytest.approx((strengths**2 / (strengths**2).sum())[:5], abs=1e-12)
            assert plain.coordinates == pytest.approx(points @ plain.axes.T, abs=1e-5)
            assert white.coordinates == pytest.approx(
                plain.coordinates / strengths[:5] * np.sqrt(len(MATRIX) - 1), abs=1e-5
            )
            assert (white.axes == plain.axes).all()
    assert white.coordinates.std(axis=0, ddof=1) == pytest.approx(np.ones(5), abs=1e-5)


def test_without_centring_the_first_direction_is_the_mean():
    mean = MATRIX.mean(axis=0)
    shifted = MATRIX + 50 * mean
    first = principal_components(shifted, 1, centre=False).axes[0]
    assert abs(first @ mean) / np.linalg.norm(mean) > 0.999
    assert principal_components(shifted, 3).axes == pytest.approx(principal_components(MATRIX, 3).axes, abs=1e-9)


def test_signs_are_settled():
    found = principal_components(MATRIX, 8)
    largest = found.axes[np.arange(8), np.abs(found.axes).argmax(axis=1)]
    assert (largest > 0).all()
    assert principal_components(-MATRIX, 8).axes == pytest.approx(found.axes, abs=1e-9)
    again = principal_components(MATRIX.copy(), 8)
    assert again.coordinates.tobytes() == found.coordinates.tobytes()


@pytest.mark.parametrize("normalise", [False, True])
@pytest.mark.parametrize("shape", [(6, 3), (3, 6), (1, 4), (4, 1), (1, 1)])
def test_nothing_to_find(normalise, shape):
    for whiten in (False, True):
        found = principal_components(np.full(shape, 0.1, np.float32), 3, normalise=normalise, whiten=whiten)
        k = min(3, *shape)
        assert not found.variance.any() and found.coordinates.shape == (shape[0], k)
        assert np.abs(found.coordinates).max() < 1e-6
        assert found.axes @ found.axes.T == pytest.approx(np.eye(k), abs=1e-12)
    assert not principal_components(np.zeros(shape), centre=False, normalise=True).coordinates.any()


def test_more_dimensions_than_rows_keeps_axes_orthonormal():
    found = principal_components(CHANCE.normal(size=(5, 400)), 10)
    assert found.axes.shape == (5, 400)
    assert found.axes @ found.axes.T == pytest.approx(np.eye(5), abs=1e-10)
    assert found.variance.sum() == pytest.approx(1) and found.variance[-1] < 1e-12


def test_blocks_add_up():
    matrix = CHANCE.normal(size=(BLOCK + 100, 4)).astype(np.float32) + 100
    trusted = PCA(4, svd_solver="full").fit(matrix.astype(np.float64))
    found = principal_components(matrix, 4)
    assert found.variance == pytest.approx(trusted.explained_variance_ratio_, abs=1e-12)
    assert found.mean == pytest.approx(trusted.mean_)


def test_project_and_ends():
    found = principal_components(MATRIX, 3, normalise=True, whiten=True)
    assert found.project(MATRIX[:7]) == pytest.approx(found.coordinates[:7], abs=1e-6)
    assert found.project(MATRIX[0]).shape == (1, 3)
    assert found.project(MATRIX[:0]).shape == (0, 3)
    words = [f"w{i}" for i in range(len(MATRIX))]
    low, high = found.ends(1, words, 2)
    order = np.argsort(found.coordinates[:, 1])
    assert low == (words[order[0]], words[order[1]]) and high == (words[order[-1]], words[order[-2]])


@pytest.mark.parametrize("matrix", [np.empty((0, 3)), np.ones(4), [[1.0, np.nan]], [[np.inf, 1.0], [1.0, 2.0]]])
def test_what_cannot_be_projected_is_refused(matrix):
    with pytest.raises(ValueError, match="Principal components need"):
        principal_components(matrix)
    with pytest.raises(ValueError, match="Principal components need"):
        principal_components(matrix, centre=False)
