import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors

from explorer.embedding import UnknownWord, Vectors, nearest, neighbours_of
from explorer.embedding.neighbours import BLOCK


def random_vectors(n: int, d: int, seed: int = 0) -> Vectors:
    matrix = np.random.default_rng(seed).normal(size=(n, d)).astype(np.float32)
    return Vectors([f"w{i}" for i in range(n)], matrix)


@pytest.mark.parametrize("measure", ["cosine", "euclidean"])
def test_the_same_words_as_scikit_learn_finds(measure):
    vectors = random_vectors(500, 20)
    queries = np.random.default_rng(1).normal(size=(2 * BLOCK + 3, 20))
    found = nearest(vectors, queries, 7, measure)
    distances, rows = NearestNeighbors(n_neighbors=7, metric=measure).fit(vectors.matrix).kneighbors(queries)
    np.testing.assert_array_equal(found.rows, rows)
    np.testing.assert_allclose(found.values, 1 - distances if measure == "cosine" else distances, atol=2e-5)


def test_small_distances_keep_their_digits():
    base = np.full((3, 4), 1000, dtype=np.float32)
    base[1, 0] += 0.25
    base[2, 0] += 0.5
    found = nearest(Vectors("abc", base), base[0], 3, "euclidean")
    np.testing.assert_allclose(found.values[0], [0, 0.25, 0.5])


def test_a_word_is_not_its_own_neighbour():
    vectors = random_vectors(50, 5)
    found = neighbours_of(vectors, ["w3", "w7"], 49)
    assert sorted(found.rows[0]) == [i for i in range(50) if i != 3]
    assert 7 not in found.rows[1]


def test_excluded_words_and_too_few_others():
    vectors = Vectors("abc", np.eye(3, dtype=np.float32))
    found = nearest(vectors, vectors.matrix[0], 3, exclude=[[0, 1]])
    np.testing.assert_array_equal(found.rows, [[2, -1, -1]])
    np.testing.assert_array_equal(np.isnan(found.values), [[False, True, True]])


def test_only_among_the_most_frequent():
    vectors = random_vectors(100, 5)
    found = nearest(vectors, vectors.matrix[99], 5, exclude=[[99]], among=10)
    assert found.rows.max() < 10


def test_of_equally_near_words_the_first():
    vectors = Vectors("abcde", np.ones((5, 2), dtype=np.float32))
    np.testing.assert_array_equal(nearest(vectors, [1, 1], 3).rows, [[0, 1, 2]])


def test_zero_vectors_are_near_nothing():
    vectors = Vectors("ab", np.float32([[0, 0], [1, 0]]))
    np.testing.assert_array_equal(nearest(vectors, [1, 0], 2).values, [[1, 0]])
    np.testing.assert_array_equal(nearest(vectors, [0, 0], 2).values, [[0, 0]])


def test_an_unknown_word_is_refused():
    with pytest.raises(UnknownWord):
        neighbours_of(random_vectors(5, 3), ["zebra"])
    with pytest.raises(ValueError, match="as many lists"):
        nearest(random_vectors(5, 3), np.ones((2, 3)), exclude=[[0]])
