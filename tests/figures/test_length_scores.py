import numpy as np
import plotly.graph_objects as go

from explorer.figures.length_scores import length_notice, length_scores
from explorer.figures.palette import LIGHT
from explorer.figures.step_costs import cost_notice, step_costs

NAMES, LENGTHS = [("rnn", "RNN"), ("gru", "GRU")], (10, 50, 100)
VALUES = np.array([[0.01, 0.17, np.nan], [0.001, 0.002, 0.02]])
DONE = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 0.4]])
BAR = [1 / 6] * 3


def test_points_are_at_their_lengths_and_hollow_until_they_are_done():
    figure = length_scores(
        NAMES, LENGTHS, VALUES, DONE, LIGHT, log=True, baseline=BAR, baseline_name="always answering 1"
    )
    rnn, gru, rule = figure.data
    assert rnn.x.tolist() == [10, 50] and gru.x.tolist() == [10, 50, 100]
    assert list(gru.marker.symbol) == ["circle", "circle", "circle-open"] and rule.line.dash == "dot"
    names = [one.text for one in figure.layout.annotations]
    assert {"RNN 0.17", "GRU 0.02", "always answering 1"} <= set(names)
    assert list(figure.layout.xaxis.ticktext) == ["10", "50", "100"]
    go.Figure(figure.to_dict())


def test_shares_and_an_empty_table():
    figure = length_scores(NAMES, LENGTHS, np.full((2, 3), np.nan), np.zeros((2, 3)), LIGHT, share=True)
    assert not len(figure.data[0].x) and figure.layout.yaxis.range[1] > 1
    go.Figure(figure.to_dict())


def test_the_notice_says_how_far_each_gets():
    said = length_notice(["RNN", "GRU"], LENGTHS, VALUES, DONE, True, BAR)
    assert said.endswith("halve the baseline's error: GRU up to 50; RNN up to 10.")
    accuracy = length_notice(
        ["A", "B"], (10, 50), np.array([[0.6, 0.5], [0.1, 0.1]]), np.ones((2, 2)), False, [0.125, 0.125]
    )
    assert accuracy.endswith("A up to 10; B at none of them.")
    assert "first point" in length_notice(["RNN"], (10,), np.array([[np.nan]]), np.zeros((1, 1)), True, [0.1])


FORWARD = np.array([[1.0, 5.0, 10.0], [0.01, 0.25, 1.0]])


def test_costs_are_two_panels_with_the_power_beside_each_name():
    figure = step_costs(NAMES, LENGTHS, FORWARD, 2 * FORWARD, LIGHT)
    assert [trace.xaxis for trace in figure.data] == ["x", "x", "x2", "x2"]
    np.testing.assert_allclose(figure.data[2].y, [2, 10, 20])
    names = [one.text for one in figure.layout.annotations]
    assert names.count("RNN T<sup>1.00</sup>") == 2 and names.count("GRU T<sup>2.00</sup>") == 2
    go.Figure(figure.to_dict())


def test_the_cost_notice_tells_powers_ends_and_the_way_back():
    said = cost_notice(["RNN", "GRU"], LENGTHS, FORWARD, 2 * FORWARD)
    assert "T to the power of 2.00 for GRU and 1.00 for RNN" in said
    assert "At 100 steps GRU takes 3 ms and RNN 30 ms. The way back takes 2 times as long as the way forward." in said
    unknown = np.full((2, 3), np.nan)
    assert "first round" in cost_notice(["RNN", "GRU"], LENGTHS, unknown, unknown)
    go.Figure(step_costs(NAMES, LENGTHS, unknown, unknown, LIGHT).to_dict())
