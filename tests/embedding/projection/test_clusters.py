import numpy as np
import pytest
from sklearn.cluster import KMeans

from explorer.embedding.projection.clusters import cluster

CHANCE = np.random.default_rng(0)
SIZES = (20, 60, 40)
CENTRES = np.array([[0, 0, 9], [9, 0, 0], [0, 9, 0]])
POINTS = np.concatenate([CHANCE.normal(size=(n, 3)) + centre for n, centre in zip(SIZES, CENTRES, strict=True)])
WORDS = [f"w{i}" for i in range(120)]


def test_groups_that_are_there_are_found_the_largest_first():
    found = cluster(POINTS, 3, seed=5)
    assert found.sizes.tolist() == [60, 40, 20]
    assert found.labels.tolist() == [2] * 20 + [0] * 60 + [1] * 40
    assert found.centres == pytest.approx(np.stack([POINTS[20:80].mean(0), POINTS[80:].mean(0), POINTS[:20].mean(0)]))
    assert found.distances == pytest.approx(np.linalg.norm(POINTS - found.centres[found.labels], axis=1))


def test_as_tight_as_scikit_learn():
    points = CHANCE.normal(size=(300, 10))
    mine = [(cluster(points, 8, seed).distances ** 2).sum() for seed in range(3)]
    theirs = [KMeans(8, n_init=4, random_state=seed).fit(points).inertia_ for seed in range(3)]
    assert np.mean(mine) == pytest.approx(np.mean(theirs), rel=0.01)


def test_same_seed_same_groups_and_no_global_chance():
    points = CHANCE.normal(size=(300, 10))
    state = np.random.get_state()[1].copy()
    first, again, other = cluster(points, 10, 0), cluster(points, 10, 0), cluster(points, 10, 1)
    assert first.centres.tobytes() == again.centres.tobytes() and (first.labels == again.labels).all()
    assert (first.labels != other.labels).any()
    assert (np.random.get_state()[1] == state).all()


def test_typical_words_are_the_nearest_to_the_centre():
    found = cluster(POINTS, 3)
    for label, words in enumerate(found.typical(WORDS, 4)):
        members = np.flatnonzero(found.labels == label)
        nearest = members[np.argsort(found.distances[members])[:4]]
        assert words == tuple(WORDS[row] for row in nearest)
    assert [len(words) for words in found.typical(WORDS, 50)] == [50, 40, 20]


def test_fewer_different_words_than_groups():
    found = cluster(np.repeat(np.eye(2), [3, 5], axis=0), 4)
    assert found.sizes.tolist() == [5, 3] and found.labels.tolist() == [1] * 3 + [0] * 5
    assert cluster(np.eye(3), 3).sizes.tolist() == [1, 1, 1]


@pytest.mark.parametrize("k", [0, 121])
def test_impossible_numbers_of_groups(k):
    with pytest.raises(ValueError, match="1 to 120 groups"):
        cluster(POINTS, k)
