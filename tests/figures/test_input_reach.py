import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.input_reach import Hearing, decades, heard, input_reach, reach_notice
from explorer.figures.palette import LIGHT

NEAR = Hearing("rnn", "RNN", 0.5 ** np.arange(100.0)[::-1])
FAR = Hearing("gru", "GRU", 0.99 ** np.arange(100.0)[::-1])
CUT = Hearing("window", "Window", np.r_[np.zeros(92), np.ones(8)])


def test_an_input_is_heard_from_a_hundredth_of_the_strongest_on():
    assert heard(NEAR.norms) == 7 and heard(FAR.norms) == 100 and heard(CUT.norms) == 8
    assert heard(np.zeros(5)) == 0 and heard(np.array([np.nan, 1.0])) == 1 and heard(np.zeros(0)) == 0


def test_lines_hold_logarithms_and_zeros_lie_on_the_floor():
    figure = input_reach([FAR, CUT], LIGHT)
    np.testing.assert_allclose(figure.data[0].y, np.log10(FAR.norms), rtol=1e-5)
    assert set(figure.data[1].y[:92]) == {-12.0} and set(figure.data[1].y[92:]) == {0.0}
    assert "10<sup>−12</sup> floor" in figure.layout.yaxis.ticktext
    go.Figure(figure.to_dict())


def test_the_axis_goes_as_far_as_the_gradients_do_and_no_further_than_the_floor():
    assert decades([FAR]) == (-3, 0) and decades([NEAR]) == (-12, 0) and decades([CUT]) == (-12, 0)
    assert decades([]) == (-12, -9) and decades([Hearing("a", "A", np.full(3, np.nan))]) == (-12, -9)
    assert list(input_reach([FAR], LIGHT, low=-9, high=1).layout.yaxis.range) == [-9.1, 1.1]


def test_names_stand_at_the_left_in_the_order_of_the_lines():
    notes = [one for one in input_reach([NEAR, FAR], LIGHT).layout.annotations if one.xanchor == "right"]
    assert [one.text for one in sorted(notes, key=lambda one: -one.y)] == ["GRU", "RNN"] and {
        one.x for one in notes
    } == {0}


def test_the_notice_tells_who_hears_most_and_least():
    said = reach_notice([NEAR, FAR])
    assert said.startswith(
        "GRU listens to all 100 inputs, RNN to 7 of 100 (a gradient of at least 1 % of its strongest)."
    )
    assert "At the very first input 37 % is left for GRU, less than 0.001 % for RNN." in said
    assert "All of them listen to all 100 inputs" in reach_notice([FAR, FAR])
    assert "single input" in reach_notice([Hearing("a", "A", np.ones(1))]) and "No gradient" in reach_notice([])


@pytest.mark.parametrize("length", [1, 2, 16, 17])
def test_every_length_is_drawn(length):
    figure = input_reach([Hearing("a", "<b>", np.ones(length))], LIGHT)
    low, high = figure.layout.xaxis.range
    assert low < high and "&lt;b&gt;" in figure.layout.annotations[0].text
    go.Figure(figure.to_dict())
