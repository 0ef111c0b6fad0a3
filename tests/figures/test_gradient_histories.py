import numpy as np
import plotly.graph_objects as go

from explorer.figures.gradient_histories import MOST, History, gradient_histories, histories_notice, thinned
from explorer.figures.palette import LIGHT

BACK = np.arange(30)[::-1]
TRAINING = np.array([0, 10, 40])
FADING = History("rnn", "RNN", TRAINING, np.stack([0.5**BACK, 0.6**BACK, 0.7**BACK]))
KEEPING = History("gru", "GRU", TRAINING, np.stack([0.5**BACK, 0.9**BACK, np.ones(30)]))


def test_each_network_has_a_panel_and_all_share_colours_and_time():
    figure = gradient_histories([FADING, KEEPING], LIGHT, moment=10)
    one, two = figure.data
    np.testing.assert_allclose(one.z, np.log10(FADING.norms).T, atol=1e-5)
    assert (one.zmin, one.zmax) == (two.zmin, two.zmax) == (-9, 0)
    assert (one.xaxis, two.xaxis) == ("x", "x2") and one.showscale and not two.showscale
    assert figure.layout.xaxis.domain[1] < figure.layout.xaxis2.domain[0]
    assert list(figure.layout.yaxis.range) == [30.5, 0.5]
    assert [shape.x0 for shape in figure.layout.shapes] == [10, 10]
    go.Figure(figure.to_dict())


def test_long_trainings_are_thinned_evenly_with_both_ends():
    training, norms = thinned(np.arange(500), np.arange(500)[:, None] * np.ones((1, 3)))
    assert len(training) == len(norms) == MOST and training[0] == 0 and training[-1] == 499
    np.testing.assert_array_equal(norms[:, 0], training)


def test_the_notice_tells_the_reach_of_each():
    told = histories_notice([FADING, KEEPING])
    # 1 % is left after 6 steps at 0.5, after 12 at 0.7; a gradient that keeps its size reaches all 29.
    assert "RNN 6 → 12 steps" in told and "GRU 6 → 29 steps" in told
    assert "before training:" in histories_notice([History("rnn", "RNN", np.array([0]), FADING.norms[:1])])


def test_nothing_but_zeros_is_drawn():
    go.Figure(gradient_histories([History("rnn", "RNN", np.array([0]), np.zeros((1, 4)))], LIGHT).to_dict())
