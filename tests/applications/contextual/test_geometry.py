"""Planes, groups and the background against scikit-learn and sums over all pairs."""

import numpy as np
import pytest

from explorer.applications.contextual.background import background_of, background_sentences, mean_cosine
from explorer.applications.contextual.clusters import agreement, clusters
from explorer.applications.contextual.plane import planes
from explorer.applications.contextual.ranks import rank_agreement
from explorer.applications.contextual.senses import cosines_of


@pytest.fixture
def vectors():
    return np.random.default_rng(0).normal(size=(4, 9, 12)) + 1.0


def test_mean_cosine_is_that_of_all_pairs(vectors):
    pairs = ~np.eye(9, dtype=bool)
    assert mean_cosine(vectors) == pytest.approx(cosines_of(vectors)[:, pairs].mean(axis=1))
    background = background_of(vectors, 2)
    assert background.cosine.min() > 0.2 > abs(background.centred_cosine).max()


def test_the_background_is_real_text():
    assert len(set(background_sentences())) == 40


def test_a_plane_keeps_the_distances_of_the_main_directions(vectors):
    from sklearn.decomposition import PCA

    centre = vectors.mean(axis=1)
    found = planes(vectors, centre)
    moved = vectors - centre[:, None]
    units = moved / np.linalg.norm(moved, axis=-1, keepdims=True)
    for layer in range(4):
        pca = PCA(2).fit(units[layer])
        expected = pca.transform(units[layer])
        apart = [np.linalg.norm(one[:, None] - one[None], axis=-1) for one in (found.places[layer], expected)]
        assert apart[0] == pytest.approx(apart[1], abs=1e-9)
        assert found.shares[layer] == pytest.approx(pca.explained_variance_ratio_.sum())


def test_planes_do_not_spin():
    """The same points, turned by whatever: the planes lie on one another."""
    rng = np.random.default_rng(1)
    one = rng.normal(size=(8, 6))
    turned = [one @ np.linalg.qr(rng.normal(size=(6, 6)))[0] for _ in range(3)]
    found = planes(np.stack(turned))
    assert np.ptp(found.places, axis=0).max() < 1e-9


def test_planes_of_hardly_anything():
    assert planes(np.ones((2, 1, 5))).places.shape == (2, 1, 2)
    assert np.isfinite(planes(np.zeros((2, 3, 5))).places).all()


def test_groups_are_those_of_scikit_learn():
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.metrics import adjusted_rand_score

    cosines = cosines_of(np.random.default_rng(3).normal(size=(1, 20, 5)))[0]
    for count in (2, 3, 5):
        expected = AgglomerativeClustering(count, metric="precomputed", linkage="average").fit_predict(1 - cosines)
        found = clusters(cosines, count)
        assert adjusted_rand_score(found, expected) == 1.0
        assert list(dict.fromkeys(found.tolist())) == list(range(count)), "numbered as they first occur"
        senses = np.random.default_rng(count).choice(["a", "b", "c"], 20)
        assert agreement(found, senses.tolist()) == pytest.approx(adjusted_rand_score(senses, found))
    assert clusters(np.ones((1, 1)), 3).tolist() == [0]


def test_rank_agreement_is_spearmans():
    from scipy.stats import spearmanr

    rng = np.random.default_rng(5)
    one, other = rng.integers(0, 6, 30).astype(float), rng.normal(size=30)
    assert rank_agreement(one, other) == pytest.approx(spearmanr(one, other).statistic)
    one[:4] = np.nan
    assert rank_agreement(one, other) == pytest.approx(spearmanr(one[4:], other[4:]).statistic)
    assert np.isnan(rank_agreement(np.ones(9), other[:9])) and np.isnan(rank_agreement(one[4:6], other[4:6]))
