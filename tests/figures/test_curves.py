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
    ("value", "text"),
    [
        (0.0123, "0.0123"),
        (-2.0, "−2"),
        (0.0, "0"),
        (-1e-400, "0"),
        (0.00077, "0.00077"),
        (1e-7, "1e-7"),
        (-1.23e-6, "−1.2e-6"),
        (999.7, "1,000"),
        (2450, "2,450"),
        (3.4e3, "3,400"),
        (123_456, "123,000"),
        (2.2e6, "2.2 million"),
        (3.4e12, "3.4e12"),
        (np.nan, "not a number"),
        (-np.inf, "−∞"),
    ],
)
def test_numbers_are_short(value, text):
    assert number(value) == text and power(-3) == "10<sup>−3</sup>"


def test_the_axis_is_written_like_every_other_number():
    axis = curves({"training": (STEPS, LOSS * 2e12)}, LIGHT).layout.yaxis
    assert list(axis.ticktext) == ["0", "1e12", "2e12", "3e12", "4e12"] and axis.tickvals[1] == 1e12
    axis = curves({"training": (STEPS, LOSS * 2000)}, LIGHT).layout.yaxis
    assert list(axis.ticktext) == ["0", "1,000", "2,000", "3,000", "4,000"]


def test_what_was_held_out_is_points_on_a_thin_line():
    *_, held = draw().data
    assert held.mode == "lines+markers" and held.line.width == 1 and held.line.dash is None


def test_words_of_changes_that_are_near_take_turns_on_two_lines():
    changes = [Change(step, "learning_rate", 0.001) for step in (10, 14, 90)]
    words = [note for note in draw(changes=changes).layout.annotations if "learning rate" in note.text]
    assert [note.yshift > 0 for note in words] == [False, True, False]
    crowd = draw(changes=[Change(step, "learning_rate", 0.001) for step in range(10, 20)]).layout
    assert sum("learning rate" in note.text for note in crowd.annotations) == 2
    assert sum(shape.y1 == 1 and shape.x0 in range(10, 20) for shape in crowd.shapes) == 10
