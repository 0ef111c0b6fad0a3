import numpy as np
import pytest
from scipy.linalg import orthogonal_procrustes
from scipy.stats import ortho_group

from explorer.figures.pair_of_maps import agreement, chance_agreement, moved_most, pair_notice, turned_onto

GENERATOR = np.random.default_rng(0)
TARGET = GENERATOR.normal(size=(40, 6))


def test_a_turned_and_shifted_copy_is_turned_back():
    turn = ortho_group.rvs(6, random_state=1)
    np.testing.assert_allclose(turned_onto(TARGET @ turn + 3.0, TARGET), TARGET, atol=1e-9)
    np.testing.assert_allclose(agreement(TARGET, turned_onto(TARGET @ turn + 3.0, TARGET)), 1.0)


def test_it_is_the_orthogonal_procrustes_of_scipy():
    other = GENERATOR.normal(size=(40, 6))
    centred, aim = other - other.mean(axis=0), TARGET - TARGET.mean(axis=0)
    turn, _ = orthogonal_procrustes(centred, aim)
    np.testing.assert_allclose(turned_onto(other, TARGET), centred @ turn + TARGET.mean(axis=0), atol=1e-9)


@pytest.mark.parametrize("numbers", [3, 9])
def test_other_numbers_of_dimensions_are_laid_over_one_another(numbers):
    wide = np.zeros((40, max(numbers, 6)))
    wide[:, :6] = TARGET
    given = wide @ ortho_group.rvs(wide.shape[1], random_state=2)
    given = given[:, :numbers] if numbers < 6 else given
    found = turned_onto(given, TARGET)
    assert found.shape == TARGET.shape
    if numbers > 6:
        np.testing.assert_allclose(found, TARGET, atol=1e-9)


def test_turning_alone_makes_few_words_in_many_dimensions_agree():
    one, other = (GENERATOR.normal(size=(200, 20)) for _ in range(2))
    found = agreement(one, turned_onto(other, one)).mean()
    assert chance_agreement(one, other) == pytest.approx(found, abs=0.05) and found > 0.2
    assert chance_agreement(one, one @ ortho_group.rvs(20, random_state=3)) < 0.5


def test_words_that_moved_are_listed_first():
    moved = TARGET.copy()
    moved[7] *= -1
    assert moved_most(agreement(TARGET, moved))[0] == 7
    assert len(moved_most(agreement(TARGET, moved), 3)) == 3


def test_the_notice_names_them():
    words = [f"w{i}" for i in range(5)]
    notice = pair_notice(words, np.array([0.9, -0.2, 0.5, 0.8, 0.95]), 0.21, "CBOW", "GloVe")
    assert (
        "cosine of 0.59 on average (shuffled words: 0.21)" in notice
        and "moved most: “w1” (−0.20), “w2” (0.50)" in notice
    )
    assert "The most alike: “w4” (0.95)" in notice
    assert pair_notice([], np.empty(0), 0.0, "a", "b") == ""
