"""The drawing shows the states it was given, names places that can be clicked, and interprets no word."""

import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.network_drawing import network_drawing
from explorer.figures.palette import theme
from explorer.figures.reading import CODE, MOST_COLUMNS, Place, Reading, place, window


def checked(figure):
    """The figure, after plotly has accepted every property of it."""
    return go.Figure(list(figure.data), figure.layout)


def reading(length=4, layers=2, units=3, **more):
    rng = np.random.default_rng(1)
    states = np.tanh(rng.standard_normal((layers, length, units)))
    given = {
        "words": [f"w{t}" for t in range(length)],
        "states": states,
        "gradients": states * 1e-3,
        "answers": [("red", "97 %")] * length,
        "expected": ["red"] + [""] * (length - 1),
        "added": np.array([0.0] * (length - 1) + [0.5]),
    }
    return Reading(**given | more)


def heatmaps(figure):
    return [trace for trace in figure.data if trace.type == "heatmap"]


def drawn(shown, at, **more):
    return checked(network_drawing(shown, at, theme(), **more))


def test_strips_hold_the_states():
    shown = reading()
    strips = heatmaps(drawn(shown, Place(1, 0, 2)))
    assert len(strips) == 2
    for layer, strip in enumerate(strips):
        assert np.array_equal(np.array(strip.z)[:, ::2], shown.states[layer].T.astype("f4"))
        assert np.isnan(np.array(strip.z)[:, 1::2]).all()
        assert (strip.zmin, strip.zmax) == (-1, 1)


def test_backward_strips_hold_magnitudes_in_decades():
    shown = reading()
    (strip, _) = heatmaps(drawn(shown, Place(1, 0, 2), backward=True))
    logs = np.log10(np.abs(shown.gradients[0].T))
    assert np.allclose(np.array(strip.z)[:, ::2], np.clip(logs, strip.zmin, strip.zmax), atol=1e-6)
    assert strip.zmax - strip.zmin == 4


def test_a_gradient_of_zero_is_drawn_at_the_floor():
    shown = reading(gradients=np.zeros((2, 4, 3)))
    (strip, _) = heatmaps(drawn(shown, Place(0, 0, 0), backward=True))
    assert (np.array(strip.z)[:, ::2] == strip.zmin).all()


def test_a_click_names_step_and_unit():
    (strip, _) = heatmaps(drawn(reading(), Place(0, 0, 0)))
    codes = np.array(strip.customdata)[:, ::2]
    assert place(codes[2, 1]) == (1, 2)
    assert place(3 * CODE) == (2, None)


@pytest.mark.parametrize(
    "length, step, first, count", [(4, 0, 0, 4), (100, 0, 0, 12), (100, 50, 44, 12), (100, 99, 88, 12)]
)
def test_long_sequences_show_the_steps_around_the_chosen_one(length, step, first, count):
    steps = window(length, step)
    assert (steps.start, len(steps)) == (first, count) and step in steps
    figure = drawn(reading(length, 1, 2), Place(step, 0, 0))
    assert np.array(heatmaps(figure)[0].z).shape[1] <= 2 * MOST_COLUMNS - 1


def heads(figure):
    marked = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "markers"]
    return [symbol for trace in marked for symbol in trace.marker.symbol]


@pytest.mark.parametrize("reverse, backward, head", [(0, 0, "right"), (0, 1, "left"), (1, 0, "left"), (1, 1, "right")])
def test_arrows_point_the_way_the_numbers_go(reverse, backward, head):
    symbols = heads(drawn(reading(reverse=bool(reverse)), Place(1, 0, 0), backward=bool(backward)))
    other = {"right": "left", "left": "right"}[head]
    assert symbols.count(f"triangle-{head}") == 3 * 2 and f"triangle-{other}" not in symbols


def test_the_loss_enters_only_where_it_adds_something():
    assert heads(drawn(reading(layers=1), Place(1, 0, 0), backward=True)).count("triangle-down") == 1


def test_between_layers_the_gradient_goes_down_at_every_step():
    nothing = np.zeros(4)
    assert heads(drawn(reading(added=nothing), Place(1, 0, 0), backward=True)).count("triangle-down") == 4


def test_words_are_not_markup():
    nasty = '<img src=x onerror="alert(1)">'
    shown = reading(words=[nasty, "b", "c", "d"], answers=[(nasty, "1 %")] * 4)
    figure = network_drawing(shown, Place(0, 0, 0), theme()).to_json()
    assert "<img" not in figure and "\\u003cimg" not in figure


@pytest.mark.parametrize("backward", [False, True])
def test_values_that_are_no_numbers_are_survived(backward):
    broken = np.full((1, 3, 2), np.nan)
    drawn(reading(3, 1, 2, states=broken, gradients=broken), Place(0, 0, 0), backward=backward)
