import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.decades import Decades
from explorer.figures.gradient_profiles import ProfileLine, gradient_profiles, profile_decades
from explorer.figures.palette import DARK, LIGHT

BACK = np.arange(100)[::-1]


def lines(**more):
    rnn = ProfileLine("rnn", "RNN", 0.6**BACK, **more)
    lstm = ProfileLine("lstm", "LSTM", 0.9**BACK, cell=0.95**BACK)
    return [rnn, lstm, ProfileLine("gru", "GRU", 0.8**BACK)]


def named(figure, name):
    return next(trace for trace in figure.data if trace.name and trace.name.startswith(name))


def words(figure):
    return [note.text for note in figure.layout.annotations]


def test_every_line_stands_at_its_logarithms_in_its_own_colour():
    figure = gradient_profiles(lines(), LIGHT)
    for key, name, factor in (("rnn", "RNN |", 0.6), ("lstm", "LSTM |", 0.9), ("gru", "GRU |", 0.8)):
        trace = named(figure, name)
        np.testing.assert_allclose(trace.y, BACK * np.log10(factor), atol=1e-5)
        np.testing.assert_allclose(trace.customdata, factor**BACK)
        assert trace.line.color == LIGHT.architectures[key]
    np.testing.assert_allclose(named(figure, "LSTM memory").y, BACK * np.log10(0.95), atol=1e-6)
    go.Figure(figure.to_dict())


def test_what_arrives_is_written_at_the_left_end_and_kept_apart():
    figure = gradient_profiles(lines(), LIGHT)
    found = {note.text: note.y for note in figure.layout.annotations if note.text.startswith("<b>")}
    assert set(found) == {"<b>RNN</b> 1.1e-22", "<b>LSTM</b> 0.0000295", "<b>GRU</b> 2.5e-10"}
    places = sorted(found.values())
    assert min(np.diff(places)) > 0.5


def test_a_cut_is_drawn_and_its_zeros_are_marked_and_named():
    cut = [ProfileLine(line.key, line.name, np.where(BACK < 20, line.hidden, 0.0)) for line in lines()]
    figure = gradient_profiles(cut, LIGHT, cuts=[20, 40, 60, 80])
    assert any("cut: exactly 0 at 80 steps" in text for text in words(figure))
    assert [shape.x0 for shape in figure.layout.shapes if shape.type == "line" and shape.yref == "paper"] == [80.5]
    zeros = named(figure, "RNN zero")
    np.testing.assert_array_equal(zeros.x, np.arange(1, 81))
    assert np.isnan(named(figure, "RNN |").y[:80]).all(), "no line leads to zero"
    arrival = next(note for note in figure.layout.annotations if note.text.startswith("<b>RNN"))
    assert arrival.x == 81, "the name stands where the line ends"


def test_where_every_step_has_an_error_each_cut_is_drawn_and_none_is_shaded():
    figure = gradient_profiles(lines(), LIGHT, cuts=[20, 40], every=True)
    assert [shape.x0 for shape in figure.layout.shapes if shape.line.dash == "dash"] == [20.5, 40.5]
    assert not any(shape.type == "rect" for shape in figure.layout.shapes)


@pytest.mark.parametrize("exact, word", [(True, "exact"), (False, "bound")])
def test_theory_lies_on_its_own_line_and_is_named(exact, word):
    figure = gradient_profiles(lines(theory=0.7**BACK, exact=exact), LIGHT)
    np.testing.assert_allclose(named(figure, "theory").y, BACK * np.log10(0.7), atol=1e-5)
    assert any(word in text for text in words(figure))


def test_the_axis_is_that_of_what_was_measured_not_of_theory():
    assert profile_decades(lines(theory=1e200 ** (BACK / 99))) == profile_decades(lines()) == Decades(-48, 1)


def test_the_start_of_a_training_is_drawn_faintly_below():
    figure = gradient_profiles([ProfileLine("gru", "GRU", 0.9**BACK, start=0.5**BACK)], DARK)
    before = named(figure, "GRU before training")
    np.testing.assert_allclose(before.y, BACK * np.log10(0.5), atol=1e-5)
    assert before.line.color.startswith("rgba") and figure.data[0] == before


def test_words_of_a_visitor_are_letters():
    figure = gradient_profiles([ProfileLine("rnn", "RNN", np.ones(2))], LIGHT, steps=["<b>a</b>", "b"])
    assert figure.layout.xaxis.ticktext == ("&lt;b&gt;a&lt;/b&gt;", "b")


@pytest.mark.parametrize("norms", [np.zeros(3), np.array([np.inf, np.nan, 1.0]), np.ones(1), np.array([0.0, 0.0, 1.0])])
def test_strange_gradients_are_drawn(norms):
    go.Figure(gradient_profiles([ProfileLine("rnn", "RNN", norms)], LIGHT).to_dict())
