import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.canvas import number, power, spread
from explorer.figures.curves import curves, smoothed
from explorer.figures.palette import LIGHT
from explorer.frame import Change

STEPS = np.arange(101)
LOSS = np.linspace(2.0, 0.5, 101)


def draw(**more):
    return curves({"training": (STEPS, LOSS), "held out": (STEPS[::50], LOSS[::50])}, LIGHT, baseline=2.08, **more)


def test_lines_hold_the_numbers_and_plotly_accepts_them():
    figure = draw(changes=[Change(40, "learning_rate", 0.001)], moment=60)
    raw, smooth, held = figure.data
    np.testing.assert_allclose(raw.y, LOSS, rtol=1e-6)
    np.testing.assert_allclose(smooth.y, LOSS, rtol=1e-6)  # a straight line stays one
    np.testing.assert_array_equal(held.x, [0, 50, 100])
    go.Figure(figure.to_dict())


def test_baseline_change_and_moment_are_marked():
    figure = draw(changes=[Change(40, "learning_rate", 0.001)], before={"learning_rate": 0.01}, moment=60)
    places = [(shape.x0, shape.y0) for shape in figure.layout.shapes]
    assert places == [(40, 0), (0, 2.08), (60, 0)]
    words = [note.text for note in figure.layout.annotations]
    assert "learning rate 0.01 → 0.001" in words and "always guessing 2.08" in words


def test_axes_are_round_and_start_at_zero():
    assert list(draw().layout.yaxis.range) == [0, 2.5] and list(draw().layout.xaxis.range) == [0, 100]
    assert list(draw(log=True).layout.yaxis.range) == [-1, 1]


def test_smoothing_is_a_centred_mean_that_leaves_out_what_is_missing():
    np.testing.assert_allclose(smoothed(np.array([1.0, 5, 3, np.nan, 1]), share=0.5), [1, 3, 4, 2, 1])


def test_a_long_run_is_thinned_but_keeps_its_ends():
    x = np.arange(50_000)
    trace = curves({"training": (x, x * 1.0)}, LIGHT).data[0]
    assert len(trace.x) <= 1500 and (trace.x[0], trace.x[-1]) == (0, 49_999)


@pytest.mark.parametrize("values", [[], [np.nan], [np.inf, np.nan], [0.0], [-3.0]])
@pytest.mark.parametrize("log", [False, True])
def test_extremes_are_drawn(values, log):
    figure = curves({"training": (np.arange(len(values)), np.array(values))}, LIGHT, log=log)
    low, high = figure.layout.yaxis.range
    assert np.isfinite([low, high]).all() and high > low


def test_labels_keep_their_distance_and_order():
    places = spread([1.0, 1.0, 0.9, 5.0], 1.0, 0.0, 5.0)
    assert np.diff(np.sort(places)).min() == pytest.approx(1.0) and places[3] == 5 and places[2] < places[0] < places[1]


@pytest.mark.parametrize(
    ("value", "text"), [(0.0123, "0.0123"), (-2.0, "−2"), (1e-7, "1.0e−7"), (np.nan, "not a number")]
)
def test_numbers_are_short(value, text):
    assert number(value) == text and power(-3) == "10<sup>−3</sup>"
