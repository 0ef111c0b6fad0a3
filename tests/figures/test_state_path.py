import numpy as np
import plotly.graph_objects as go
import pytest
from sklearn.decomposition import PCA

from explorer.figures.palette import LIGHT
from explorer.figures.state_path import Plane, principal_plane, state_path

STATES = np.random.default_rng(0).normal(size=(12, 6)) * [3, 2, 1, 0.5, 0.2, 0.1]


def test_the_plane_is_that_of_principal_components():
    plane, pca = principal_plane(STATES), PCA(2).fit(STATES)
    np.testing.assert_allclose(np.abs(plane.points), np.abs(pca.transform(STATES)), atol=1e-9)
    np.testing.assert_allclose(plane.explained, pca.explained_variance_ratio_, atol=1e-9)
    np.testing.assert_allclose(np.abs(plane.origin), np.abs(pca.transform(np.zeros((1, 6)))[0]), atol=1e-9)


def test_it_does_not_flip_or_turn_between_frames():
    first = principal_plane(STATES)
    turned = Plane(first.points @ np.array([[0.0, 1], [1, 0]]) * [-1, 1], first.origin, first.explained)
    aligned = principal_plane(STATES + 1e-3, previous=turned)
    np.testing.assert_allclose(aligned.points, turned.points, atol=1e-6)
    assert aligned.explained.sum() == pytest.approx(first.explained.sum())
    np.testing.assert_allclose(aligned.explained, first.explained[::-1], atol=1e-6)


def test_another_length_starts_anew():
    assert principal_plane(STATES[:5], previous=principal_plane(STATES)).points.shape == (5, 2)


@pytest.mark.parametrize("states", [np.ones((1, 4)), np.zeros((5, 4)), np.full((3, 4), np.nan), np.ones((4, 1))])
def test_extremes_are_finite(states):
    plane = principal_plane(states)
    assert np.isfinite(plane.points).all() and plane.points.shape == (len(states), 2) and plane.bound > 0
    go.Figure(state_path(plane, ["<b>x</b>"] * len(states), LIGHT).to_dict())


def test_the_path_begins_at_the_empty_memory_and_names_the_words():
    plane = principal_plane(STATES)
    figure = state_path(plane, ["<b>x</b>"] * 12, LIGHT, bound=8.0)
    line, start, words = figure.data
    np.testing.assert_allclose(line.x, np.r_[plane.origin[0], plane.points[:, 0]])
    assert start.y[0] == plane.origin[1] and words.text[-1] == "&lt;b&gt;x&lt;/b&gt;"
    assert list(figure.layout.xaxis.range) == [-8, 8] and figure.layout.yaxis.scaleanchor == "x"
    assert f"{100 * plane.explained[0]:.0f} %" in figure.layout.xaxis.title.text
