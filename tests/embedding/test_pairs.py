import numpy as np
import pytest

from explorer.embedding import UnknownWord, Vectors, neighbours_of, pretrained
from explorer.embedding.pairs import compare, nearer, random_cosines

FEW = pretrained().head(12_000)


def test_measures_of_two_words():
    vectors = Vectors(["x", "y", "z"], np.array([[2.0, 0.0], [1.0, 1.0], [0.0, 3.0]]))
    found = compare(vectors, "x", "y")
    assert found.cosine == pytest.approx(np.sqrt(0.5)) and found.angle == pytest.approx(45)
    assert found.distance == pytest.approx(np.sqrt(2)) and (found.rank, found.back) == (1, 1)
    assert compare(vectors, "x", "z").rank == 2 and compare(vectors, "x", "z").angle == pytest.approx(90)


@pytest.mark.parametrize("one, other", [("king", "queen"), ("cat", "dog"), ("car", "the")])
def test_ranks_are_places_among_the_neighbours(one, other):
    found = compare(FEW, one, other)
    for first, second, rank in ((one, other, found.rank), (other, one, found.back)):
        rows = neighbours_of(FEW, [first], n=len(FEW)).rows[0]
        assert rows[rank - 1] == FEW.number(second)


def test_a_word_with_itself():
    found = compare(FEW, "king", "king")
    assert found.cosine == pytest.approx(1) and found.distance == 0 and (found.rank, found.back) == (0, 0)


def test_a_zero_vector_is_near_to_nothing():
    found = compare(Vectors(["x", "zero"], np.array([[1.0, 0], [0, 0]])), "x", "zero")
    assert found.cosine == 0 and found.angle == 90


def test_random_pairs_are_sorted_seeded_and_of_different_words():
    cosines = random_cosines(FEW, number=4000, among=500)
    np.testing.assert_array_equal(cosines, random_cosines(FEW, number=4000, among=500))
    assert (np.diff(cosines) >= 0).all() and cosines[-1] < 0.9999 and len(cosines) == 4000
    unit = FEW.matrix[:500] / FEW.lengths[:500, None]
    every = (unit @ unit.T)[~np.eye(500, dtype=bool)]
    assert cosines.mean() == pytest.approx(every.mean(), abs=4 * every.std() / np.sqrt(4000))
    assert len(random_cosines(FEW.head(1))) == 0


def test_how_many_pairs_are_nearer():
    cosines = np.array([0.1, 0.2, 0.3, 0.3, 0.4])
    assert [nearer(value, cosines) for value in (0.0, 0.3, 0.35, 0.9)] == [5, 1, 1, 0] and nearer(0.1, np.zeros(0)) == 0


def test_an_unknown_word_is_named():
    with pytest.raises(UnknownWord, match="quen"):
        compare(FEW, "king", "quen")
