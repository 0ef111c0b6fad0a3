import numpy as np
import plotly.graph_objects as go

from explorer.figures.palette import LIGHT
from explorer.figures.two_readings import TwoReadings, readings_notice, two_readings

ONE, OTHER = ["the", "tomato", "is"], ["the", "banana", "is"]
RNN = TwoReadings("rnn", "RNN", np.array([0.0, 2.0, 0.02]), np.array([1e-4, 1e-3, 0.5]))
GRU = TwoReadings("gru", "GRU", np.array([0.0, 1.0, 1.0]), np.array([0.3, 0.4, 0.5]))


def test_forward_and_backward_stand_under_the_words_they_belong_to():
    figure = two_readings(ONE, OTHER, [RNN, GRU], LIGHT)
    forward, _, backward, _ = figure.data
    np.testing.assert_array_equal(forward.x, [1, 2, 3])
    np.testing.assert_allclose(forward.y[1:], np.log10([2.0, 0.02]), atol=1e-6)
    assert np.isnan(forward.y[0]), "before the sentences part there is no difference"
    np.testing.assert_allclose(backward.y, np.log10([1e-4, 1e-3, 0.5]), atol=1e-6)
    assert (forward.yaxis, backward.yaxis) == ("y", "y2") and forward.line.color == LIGHT.architecture("rnn")
    go.Figure(figure.to_dict())


def test_the_word_that_differs_is_marked():
    figure = two_readings(ONE, OTHER, [RNN], LIGHT)
    texts = [note.text for note in figure.layout.annotations]
    assert "<b>tomato</b>" in texts and "<b>banana</b>" in texts and texts.count("the") == 2
    assert (figure.layout.shapes[0].x0, figure.layout.shapes[0].x1) == (1.5, 2.5)


def test_typed_words_are_letters():
    figure = two_readings(["<i>a</i>", "b"], ["c", "b"], [TwoReadings("rnn", "RNN", np.ones(2), np.ones(2))], LIGHT)
    assert any("&lt;i&gt;a&lt;/i&gt;" in note.text for note in figure.layout.annotations)


def test_the_notice_tells_what_survives_and_who_asks():
    told = readings_notice(ONE, OTHER, [RNN, GRU])
    assert "part at “tomato”. 1 step later" in told
    assert "1 % in the RNN, 100 % in the GRU" in told and "most in the GRU (0.4)" in told


def test_sentences_of_different_length_share_the_steps_that_both_have():
    go.Figure(two_readings([*ONE, "red"], OTHER, [RNN, GRU], LIGHT).to_dict())


def test_a_difference_that_never_enters_and_a_loss_that_asks_nothing_are_drawn():
    silent = TwoReadings("rnn", "RNN", np.zeros(3), np.zeros(3))
    go.Figure(two_readings(ONE, OTHER, [silent], LIGHT).to_dict())
    assert "nothing in the RNN" in readings_notice(ONE, OTHER, [silent])
