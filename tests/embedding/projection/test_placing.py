import numpy as np
import pytest
from openTSNE import TSNEEmbedding
from openTSNE.affinity import PerplexityBasedNN

from explorer.embedding import ProjectionExperiment, Vectors
from explorer.embedding.projection.placing import embed_new

CHANCE = np.random.default_rng(0)
CENTRES = 4 * CHANCE.normal(size=(5, 8))
MATRIX = (CENTRES[np.arange(230) % 5] + CHANCE.normal(size=(230, 8))).astype(np.float32)
VECTORS = Vectors((f"w{i}" for i in range(200)), MATRIX[:200])
EXPERIMENT = ProjectionExperiment(given=VECTORS, perplexity=15, normalise=False)
*_, LAST = EXPERIMENT.frames()
MAP = LAST.arrays["map"]


def test_equals_opentsnes_transform_without_its_approximation():
    affinities = PerplexityBasedNN(EXPERIMENT.points, perplexity=15, method="exact")
    finished = TSNEEmbedding(MAP.astype(np.float64), affinities, negative_gradient_method="bh", theta=0.0, n_jobs=1)
    shift = (MAP.astype(np.float64).max(axis=0) + MAP.min(axis=0)) / 2  # transform moves the map to its middle
    trusted = np.asarray(finished.transform(MATRIX[200:].astype(np.float64))) + shift
    assert EXPERIMENT.embed_new(MAP, MATRIX[200:]) == pytest.approx(trusted, abs=1e-3)


def test_new_words_come_to_lie_among_their_like():
    places = EXPERIMENT.embed_new(MAP, MATRIX[200:])
    nearest = np.argsort(((places[:, None] - MAP[None]) ** 2).sum(axis=2), axis=1)[:, :5]
    assert (nearest % 5 == (np.arange(200, 230) % 5)[:, None]).mean() > 0.95


def test_a_word_of_the_map_finds_its_own_place():
    again = EXPERIMENT.embed_new(MAP, MATRIX[:200])
    off = np.linalg.norm(again - MAP, axis=1)
    assert np.median(off) < 0.02 * np.ptp(MAP)


def test_the_same_alone_and_in_company_and_nothing_is_moved():
    before = MAP.copy()
    places = EXPERIMENT.embed_new(MAP, MATRIX[200:])
    assert EXPERIMENT.embed_new(MAP, MATRIX[200]) == pytest.approx(places[:1], abs=1e-5)
    assert (EXPERIMENT.embed_new(MAP, MATRIX[200:]) == places).all() and (before == MAP).all()
    assert places.dtype == np.float32 and EXPERIMENT.embed_new(MAP, MATRIX[:0]).shape == (0, 2)


def test_only_directions_count_when_the_map_was_made_so():
    directions = EXPERIMENT.replace(normalise=True)
    one, other = (directions.embed_new(MAP, factor * MATRIX[200:205]) for factor in (1, 3))
    assert one == pytest.approx(other, abs=1e-3)
    assert np.isfinite(directions.embed_new(MAP, np.zeros(8))).all()


def test_what_does_not_go_together_is_refused():
    with pytest.raises(ValueError, match="8 dimensions"):
        embed_new(MAP, VECTORS, np.ones(7))
    with pytest.raises(ValueError, match="199 words"):
        embed_new(MAP[1:], VECTORS, np.ones(8))
