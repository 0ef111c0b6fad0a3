import numpy as np
import pytest
from openTSNE.tsne import kl_divergence_bh, kl_divergence_fft

from explorer.embedding import ProjectionExperiment, Vectors
from explorer.embedding.projection import forces
from explorer.embedding.projection.divergence import exact_divergence
from explorer.embedding.projection.forces import GRID, TREE, force_slices
from explorer.embedding.projection.neighbourhoods import run_through

CHANCE = np.random.default_rng(0)
GIVEN = Vectors((f"w{i}" for i in range(1200)), CHANCE.normal(size=(1200, 6)))
AFFINITIES = ProjectionExperiment(given=GIVEN, perplexity=10).affinities.matrix
POINTS = CHANCE.normal(size=(1200, 2)) * 12


def exact_gradient(points: np.ndarray) -> np.ndarray:
    away = points[:, None] - points[None]
    closeness = 1 / (1 + (away**2).sum(axis=2))
    np.fill_diagonal(closeness, 0)
    pairs = (AFFINITIES.toarray() - closeness / closeness.sum()) * closeness
    return np.einsum("ij,ijd->id", pairs, away)


def test_few_words_take_the_tree_in_one_go():
    pieces = list(force_slices(POINTS, AFFINITIES))
    assert pieces == []
    found = run_through(force_slices(POINTS, AFFINITIES))
    divergence, gradient = kl_divergence_bh(POINTS, AFFINITIES, 1, TREE, should_eval_error=True)
    assert found.divergence == divergence and (found.gradient == gradient).all()
    assert np.isnan(run_through(force_slices(POINTS, AFFINITIES, measure=False)).divergence)


def test_many_words_take_the_grid_while_the_map_is_small(monkeypatch):
    monkeypatch.setattr(forces, "TREE_UP_TO", 1000)
    found = run_through(force_slices(POINTS / 2, AFFINITIES))
    divergence, gradient = kl_divergence_fft(POINTS / 2, AFFINITIES, 1, GRID, should_eval_error=True)
    assert found.divergence == divergence and (found.gradient == gradient).all()


def test_then_the_tree_in_pieces(monkeypatch):
    whole = run_through(force_slices(POINTS * 3, AFFINITIES))
    monkeypatch.setattr(forces, "TREE_UP_TO", 1000)
    monkeypatch.setattr(forces, "PIECE", 500)
    assert len(list(force_slices(POINTS * 3, AFFINITIES))) == 3
    found = run_through(force_slices(POINTS * 3, AFFINITIES))
    assert found.gradient == pytest.approx(whole.gradient, rel=1e-9, abs=1e-15)
    assert found.divergence == pytest.approx(whole.divergence, rel=1e-12)


@pytest.mark.parametrize("most, width", [(4000, 80.0), (1000, 80.0), (1000, 1.0)])
def test_every_way_is_near_the_exact_gradient(monkeypatch, most, width):
    monkeypatch.setattr(forces, "TREE_UP_TO", most)
    monkeypatch.setattr(forces, "GRID_UP_TO", width)
    found, exact = run_through(force_slices(POINTS, AFFINITIES)), exact_gradient(POINTS)
    assert np.linalg.norm(found.gradient - exact) < 0.05 * np.linalg.norm(exact)
    assert found.divergence == pytest.approx(exact_divergence(AFFINITIES, POINTS), rel=0.01)
