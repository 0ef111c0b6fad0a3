import numpy as np
import pytest
from scipy.linalg import orthogonal_procrustes

from explorer.embedding import align, most_moved

CHANCE = np.random.default_rng(0)
FIXED = CHANCE.normal(size=(40, 2)) * [3, 1] + [5, -2]


def turned(angle: float, mirrored: bool = False) -> np.ndarray:
    matrix = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return matrix * [1, -1] if mirrored else matrix


@pytest.mark.parametrize("d", [2, 3, 50])
def test_equals_scipy(d):
    moving, fixed = CHANCE.normal(size=(2, 80, d))
    found = align(moving, fixed, centre=False)
    rotation, _ = orthogonal_procrustes(moving, fixed)
    assert found.rotation == pytest.approx(rotation, abs=1e-10)
    assert found.aligned == pytest.approx(moving @ rotation, abs=1e-10)
    rotation, _ = orthogonal_procrustes(moving - moving.mean(0), fixed - fixed.mean(0))
    assert align(moving, fixed).rotation == pytest.approx(rotation, abs=1e-10)


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_turned_map_is_turned_back(mirrored):
    moving = (FIXED - [1, 7]) @ turned(2.3, mirrored)
    aligned, rotation = align(moving, FIXED)
    assert aligned == pytest.approx(FIXED, abs=1e-10)
    assert rotation @ rotation.T == pytest.approx(np.eye(2), abs=1e-12)


def test_without_reflection_the_best_rotation_is_found():
    moving = FIXED @ turned(0.4, mirrored=True)
    found = align(moving, FIXED, reflect=False)
    assert np.linalg.det(found.rotation) == pytest.approx(1)
    here, there = moving - moving.mean(0), FIXED - FIXED.mean(0)
    errors = [((here @ turned(angle) - there) ** 2).sum() for angle in np.linspace(0, 2 * np.pi, 3601)]
    assert ((found.aligned - FIXED) ** 2).sum() <= min(errors) + 1e-9


def test_scale_is_the_best_factor():
    moving = 0.1 * FIXED @ turned(1.0) + CHANCE.normal(size=FIXED.shape) * 0.01
    assert align(0.1 * FIXED @ turned(1.0), FIXED, scale=True).aligned == pytest.approx(FIXED, abs=1e-10)
    found = align(moving, FIXED, scale=True)
    best = ((found.aligned - FIXED) ** 2).sum()
    middle = FIXED.mean(0)
    for factor in (0.99, 1.01):
        assert (((found.aligned - middle) * factor + middle - FIXED) ** 2).sum() > best
    assert np.ptp(align(moving, FIXED).aligned, axis=0).max() == pytest.approx(np.ptp(moving @ turned(-1.0)), rel=0.3)


def test_words_missing_in_one_map_have_no_say():
    moving, fixed = FIXED @ turned(1.2), FIXED.copy()
    fixed[3], moving[5] = np.nan, np.nan
    aligned, _ = align(moving, fixed)
    assert aligned[3] == pytest.approx(FIXED[3], abs=1e-10)
    assert np.isnan(aligned[5]).all() and np.isfinite(np.delete(aligned, 5, axis=0)).all()


def test_degenerate_maps_stay_finite():
    same = np.ones((4, 2))
    assert align(same, FIXED[:4], scale=True).aligned == pytest.approx(np.tile(FIXED[:4].mean(0), (4, 1)))
    assert np.isfinite(align(FIXED[:1], FIXED[1:2]).aligned).all()
    with pytest.raises(ValueError, match="equally many"):
        align(FIXED, FIXED[:3])


def test_most_moved():
    other = FIXED.copy()
    other[7] += [3, 4]
    other[2] += [0, 1]
    other[9] = np.nan
    words = [f"w{i}" for i in range(len(FIXED))]
    assert most_moved(FIXED, other, words, 2) == [("w7", 7, pytest.approx(5)), ("w2", 2, pytest.approx(1))]
    assert "w9" not in [moved.word for moved in most_moved(FIXED, other, words, 100)]
