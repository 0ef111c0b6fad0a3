"""The point stands on the curve, the tangent has the slope."""

import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.nonlinearity import function, nonlinearity
from explorer.figures.palette import theme
from explorer.figures.probabilities import probabilities
from explorer.figures.product import product


def checked(figure):
    """The figure, after plotly has accepted every property of it."""
    return go.Figure(list(figure.data), figure.layout)


@pytest.mark.parametrize(
    "name, at, value", [("tanh", 0.5, np.tanh(0.5)), ("sigmoid", -1.0, 1 / (1 + np.e)), ("relu", -2.0, 0.0)]
)
def test_the_point_stands_on_the_curve(name, at, value):
    figure = checked(nonlinearity(name, at, theme()))
    assert (figure.data[-1].x[0], figure.data[-1].y[0]) == (at, pytest.approx(value, abs=1e-12))
    assert np.allclose(figure.data[0].y, function(name, np.array(figure.data[0].x)))


def test_a_large_sum_stays_in_the_picture():
    figure = nonlinearity("tanh", -14.0, theme())
    assert figure.layout["xaxis"]["range"][0] < -14.0


def test_the_tangent_has_the_slope():
    figure = checked(nonlinearity("sigmoid", 0.3, theme(), slope=0.2445))
    (x0, x1), (y0, y1) = figure.data[1].x, figure.data[1].y
    assert (y1 - y0) / (x1 - x0) == pytest.approx(0.2445)


def test_a_product_names_its_factors_and_its_result():
    figure = checked(product([("∂L/∂h", 0.5), ("× slope", 0.25), ("= δ", 0.125)], theme()))
    texts = " ".join(note.text for note in figure.layout.annotations)
    assert all(number in texts for number in ("+0.500", "+0.250", "+0.125"))


def test_probabilities_are_the_bars_and_words_are_no_markup():
    figure = checked(probabilities(["<b>red</b>", "blue"], [0.75, 0.25], "blue", theme()))
    assert list(figure.data[0].x) == [0.75, 0.25]
    texts = [note.text for note in figure.layout.annotations]
    assert not any("<b>red" in text for text in texts) and any("✓" in text and "blue" in text for text in texts)
