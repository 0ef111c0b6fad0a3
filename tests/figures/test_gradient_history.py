import numpy as np
import plotly.graph_objects as go

from explorer.figures.gradient_history import gradient_history
from explorer.figures.moment import Ranges
from explorer.figures.palette import LIGHT
from explorer.frame import Change

NORMS = np.array([[0.0, 1e-3, 1.0], [np.nan, 1e-2, 1e-1]])


def draw(**more):
    return gradient_history(np.array([0, 50]), NORMS, ["a", "<b>b</b>", "c"], LIGHT, Ranges(decades=(-4, 0)), **more)


def test_logarithms_with_the_floor_for_zero_and_a_gap_for_nan():
    heat = draw().data[0]
    np.testing.assert_allclose(heat.z, [[-4, np.nan], [-3, -2], [0, -1]])
    assert (heat.zmin, heat.zmax) == (-4, 0) and heat.colorbar.ticktext[0] == "10<sup>−4</sup> floor"
    np.testing.assert_array_equal(heat.x, [0, 50])


def test_time_runs_downwards_and_marks_stand_at_their_steps():
    figure = draw(changes=[Change(20, "clip", 1.0)], moment=50)
    assert list(figure.layout.yaxis.range) == [3.5, 0.5]
    assert [shape.x0 for shape in figure.layout.shapes] == [20, 50]
    assert figure.layout.yaxis.ticktext[1] == "&lt;b&gt;b&lt;/b&gt;"
    go.Figure(figure.to_dict())


def test_a_single_picture_and_all_zeros_are_drawn():
    go.Figure(gradient_history(np.array([0]), np.zeros((1, 2)), ["a", "b"], LIGHT).to_dict())
