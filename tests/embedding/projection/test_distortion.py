import numpy as np
import pytest
from sklearn.manifold import trustworthiness as trusted
from sklearn.neighbors import NearestNeighbors

from explorer.embedding import Vectors, neighbours_of
from explorer.embedding.projection import distortion
from explorer.embedding.projection.components import principal_components
from explorer.embedding.projection.distortion import (
    continuity,
    map_neighbours,
    overlap,
    sample_size,
    strangers,
    torn,
    true_neighbour_slices,
    true_neighbours,
    trustworthiness,
    trustworthiness_slices,
)
from explorer.embedding.projection.neighbourhoods import run_through

CHANCE = np.random.default_rng(0)
MATRIX = CHANCE.normal(size=(400, 8)) * np.linspace(3, 0.5, 8)
VECTORS = Vectors((f"w{i}" for i in range(400)), MATRIX)
MAP = principal_components(MATRIX, 2).coordinates


@pytest.mark.parametrize("measure", ["cosine", "euclidean"])
def test_true_neighbours_are_those_of_exact_search(measure):
    rows = true_neighbours(VECTORS, 10, measure)
    assert (rows == neighbours_of(VECTORS, VECTORS.words, 10, measure).rows).all()
    assert (run_through(true_neighbour_slices(VECTORS, 10, measure)) == rows).all()
    assert rows.dtype == np.int32


def test_a_zero_vector_has_cosine_0_with_all_others():
    matrix = np.array([[1, 0], [1, 0.1], [-1, -1], [0, 0], [1, -3]], dtype=np.float32)
    rows = true_neighbours(Vectors("abcde", matrix), 4)
    assert rows[0].tolist() == [1, 4, 3, 2]  # cosines 0.995, 0.316, 0, -0.707
    assert true_neighbours(Vectors("a", matrix[:1]), 4).shape == (1, 0)


def test_map_neighbours_are_those_of_scikit_learn():
    rows = NearestNeighbors(n_neighbors=10).fit(MAP.astype(np.float64)).kneighbors(return_distance=False)
    assert (map_neighbours(MAP, 10) == rows).all()
    assert (map_neighbours(MAP, 10, np.array([7, 3])) == rows[[7, 3]]).all()


def test_points_on_one_spot_never_have_themselves_around_them():
    spot = np.zeros((50, 2), np.float32)
    near = map_neighbours(spot, 10)
    assert near.shape == (50, 10) and not (near == np.arange(50)[:, None]).any()
    assert map_neighbours(spot[:3], 10).shape == (3, 2) and map_neighbours(spot[:1], 10).shape == (1, 0)


def test_overlap_counts_common_neighbours():
    true = true_neighbours(VECTORS, 15, "euclidean")
    near = map_neighbours(MAP, 10)
    expected = [len(set(a[:10]) & set(b)) / 10 for a, b in zip(true.tolist(), near.tolist(), strict=True)]
    assert overlap(true, MAP, 10) == pytest.approx(np.array(expected))
    assert overlap(true_neighbours(VECTORS, 5, "euclidean"), MATRIX[:, :8], 5).min() == 1


def test_torn_and_strangers_are_what_the_overlap_lacks():
    true, share = true_neighbours(VECTORS, 10, "euclidean"), overlap(true_neighbours(VECTORS, 10, "euclidean"), MAP, 10)
    near = map_neighbours(MAP, 10)
    for i in range(0, 400, 37):
        away, close = torn(true, MAP, i, 10), strangers(true, MAP, i, 10)
        assert len(away) == len(close) == round(10 * (1 - share[i]))
        assert away.tolist() == [row for row in true[i] if row not in near[i]]
        assert close.tolist() == [row for row in near[i] if row not in true[i]]


@pytest.mark.parametrize("k", [1, 5, 10, 150])
def test_trustworthiness_equals_scikit_learn(k):
    assert trustworthiness(MATRIX, MAP, k) == pytest.approx(
        trusted(MATRIX, MAP.astype(np.float64), n_neighbors=k), abs=1e-12
    )
    assert continuity(MATRIX, MAP, k) == pytest.approx(
        trusted(MAP.astype(np.float64), MATRIX, n_neighbors=k), abs=1e-12
    )


def test_trustworthiness_in_pieces(monkeypatch):
    whole = trustworthiness(MATRIX, MAP, 10)
    monkeypatch.setattr(distortion, "PIECE", 400 * 30)
    assert sum(1 for _ in trustworthiness_slices(MATRIX, MAP, 10)) == 1 + 14
    assert trustworthiness(MATRIX, MAP, 10) == whole


def test_a_sample_stands_for_all():
    assert sample_size(distortion.SAMPLED_ABOVE) == distortion.SAMPLED_ABOVE
    assert sample_size(20_000) == distortion.SAMPLE
    whole = trustworthiness(MATRIX, MAP, 10)
    some = [trustworthiness(MATRIX, MAP, 10, sample=100, seed=seed) for seed in range(20)]
    assert np.mean(some) == pytest.approx(whole, abs=0.005) and 0 < np.std(some) < 0.02
    assert trustworthiness(MATRIX, MAP, 10, sample=100, seed=3) == some[3]
    assert trustworthiness(MATRIX, MAP, 10, sample=0) == trustworthiness(MATRIX, MAP, 10, sample=400) == whole
    assert continuity(MATRIX, MAP, 10, sample=399) == pytest.approx(continuity(MATRIX, MAP, 10), abs=0.01)


def test_the_extremes():
    assert trustworthiness(MATRIX, MATRIX[:, :8], 10) == 1
    assert trustworthiness(MATRIX, CHANCE.normal(size=(400, 2)), 10) == pytest.approx(0.5, abs=0.05)
    with pytest.raises(ValueError, match="half"):
        trustworthiness(MATRIX, MAP, 200)
