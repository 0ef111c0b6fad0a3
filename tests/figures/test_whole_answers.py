"""The table of attention and the list of candidates hold the numbers they were given."""

import numpy as np
import plotly.graph_objects as go

from explorer.figures.attention_table import attention_table
from explorer.figures.candidates import candidates, candidates_notice
from explorer.figures.palette import theme
from tests.figures.examples import texts


def checked(figure):
    return go.Figure(list(figure.data), figure.layout)


def test_weights_are_whole_per_cents_row_by_row():
    weights = np.array([[0.25, 0.75], [1.0, 0.0], [0.5, 0.5]])
    figure = checked(attention_table(weights, ["a", "<b>"], ["x", "y", "z"], theme(), chosen=1))
    assert np.array(figure.data[0].z).tolist() == [[25, 75], [100, 0], [50, 50]]
    assert list(figure.layout.yaxis.range) == [3.5, 0.5], "the first letter written stands on top"
    assert figure.layout.shapes[0].y0 == 1.5 and figure.layout.shapes[0].y1 == 2.5
    assert figure.layout.xaxis.ticktext[1] == "&lt;b&gt;"


def test_a_long_answer_does_not_grow_without_bound():
    figure = checked(attention_table(np.full((120, 90), 1 / 90), ["a"] * 90, ["b"] * 120, theme()))
    assert figure.layout.height < 700


def test_candidates_stand_in_order_over_bars_of_their_probability():
    figure = checked(candidates(["zwei", "drei"], [0.7, 0.004], theme(), right="zwei"))
    assert np.allclose(figure.data[0].x, [0.7, 0.004]) and figure.data[0].y[0] > figure.data[0].y[1]
    found = texts(figure)
    assert "<b>zwei</b>&#8201;✓" in found and "70.0 %" in found and "0.4 %" in found
    assert list(figure.layout.xaxis.range) == [0, 1]


def test_unlikely_candidates_get_a_finer_scale_and_no_markup():
    figure = checked(candidates(["<i>a</i>"], [0.011], theme()))
    assert figure.layout.xaxis.range[1] < 0.02
    assert not any("<i>" in text for text in texts(figure))


def test_the_notice_compares_with_the_greedy_answer():
    same = candidates_notice(["a", "b"], [0.5, 0.25], "a")
    assert "50 %" in same and "75 %" in same and "finds the same" in same
    assert "ends elsewhere: “b”" in candidates_notice(["a", "b"], [0.5, 0.25], "b")
    assert candidates_notice([], [], "") == ""
    assert "one answer" in candidates_notice(["a"], [0.5], "a")
