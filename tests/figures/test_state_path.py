import numpy as np
import plotly.graph_objects as go
import pytest
from sklearn.decomposition import PCA

from explorer.figures.palette import LIGHT
from explorer.figures.path_names import name_boxes
from explorer.figures.state_path import Plane, principal_plane, shown_start, state_path

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


def overlaps(figure, bound, pixels):
    """How many pairs of names cover one another in a square picture."""
    words = figure.data[2]
    shown = np.flatnonzero(words.text != "")
    points = np.stack([words.x, words.y], axis=1)[shown] * pixels / (2 * bound)
    letters = [len(text) for text in words.text[shown]]
    boxes = name_boxes(points, letters, words.textposition[shown], words.textfont.size)
    pairs = [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :]]
    return sum(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for a, b in pairs), len(shown)


@pytest.mark.parametrize("spread", [1.0, 0.05])
def test_names_never_cover_one_another(spread):
    states = np.random.default_rng(1).normal(size=(40, 6)) * spread + np.repeat([[0.0], [1.0]], 20, axis=0)
    plane = principal_plane(states)
    figure = state_path(plane, ["understanding"] * 40, LIGHT)
    covered, shown = overlaps(figure, plane.bound, 360 - 56)
    assert covered == 0 and shown >= 2 and figure.data[2].text[-1] == "understanding"


def test_the_largest_jumps_are_named_first():
    points = np.array([[-3.0, 0], [-2.9, 0], [-2.8, 0], [2.0, 2], [2.02, 2], [3, -3]])
    figure = state_path(Plane(points, np.array([-3.0, -3]), np.array([0.7, 0.3])), list("abcdef"), LIGHT)
    assert figure.data[2].text[3] == "d" and figure.data[2].text[4] == "" and figure.data[2].text[5] == "f"


def test_a_start_far_out_is_left_to_the_border():
    points = np.array([[1.0, 0], [-1, 0.5], [0, -0.5]])
    far, near = (Plane(points, np.array([x, 0.0]), np.array([0.8, 0.2])) for x in (-30.0, -2.0))
    assert far.bound == 1.2 and near.bound == 2.5
    np.testing.assert_allclose(shown_start(far, far.bound), [-0.96 * 1.2, 0])
    np.testing.assert_allclose(shown_start(near, near.bound), near.origin)
    label = state_path(far, list("abc"), LIGHT).layout.annotations[0]
    assert label.text == "empty memory, far outside" and label.xanchor == "left"
    assert state_path(near, list("abc"), LIGHT).layout.annotations[0].text == "empty memory"
