"""The leading picture: its columns are aligned, its rows stay where they are, its numbers are the data's."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.moment import Ranges
from explorer.figures.palette import LIGHT, theme
from explorer.figures.unrolled import unrolled

from .examples import moment, texts

CASES = {
    "one step": moment(1),
    "gru": moment(12, "gru"),
    "rnn": moment(4, "rnn"),
    "200 steps": moment(200, units=4),
    "deep": moment(6, layers=3, directions=2),
    "hostile": moment(5, words=["<b>x</b>", "x" * 200, "%{y}", " ", "\n"]),
}
ALL = pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())


def rows(figure) -> list[tuple[float, float]]:
    """Domains of the y axes from top to bottom."""
    layout = figure.layout.to_plotly_json()
    return [tuple(layout[name]["domain"]) for name in layout if name.startswith("yaxis")]


@ALL
def test_plotly_accepts_every_property(case):
    go.Figure(unrolled(case, LIGHT, show_naive=True).to_dict())


@ALL
def test_all_rows_share_one_time_axis_with_a_column_for_each_step(case):
    figure = unrolled(case, LIGHT)
    assert {trace.xaxis for trace in figure.data[1:]} == {"x"}
    assert figure.layout.xaxis2.matches == "x"
    for axis in (figure.layout.xaxis, figure.layout.xaxis2):
        assert list(axis.range) == [0.5, case.length + 0.5] and axis.domain is None
    for trace in figure.data:
        if trace.type == "heatmap":
            np.testing.assert_array_equal(trace.x, np.arange(1, case.length + 1))


@ALL
def test_rows_stand_under_one_another_without_overlap(case):
    places = rows(unrolled(case, LIGHT))
    assert all(upper[0] >= lower[1] - 1e-9 for upper, lower in zip(places, places[1:], strict=False))
    assert places[0][1] <= 1 and places[-1][0] == pytest.approx(0, abs=1e-9)


@ALL
def test_compact_fits_a_projector(case):
    assert unrolled(case, LIGHT, compact=True).layout.height == 520
    assert all(high > low for low, high in rows(unrolled(case, LIGHT, compact=True)))


def test_strips_hold_the_states_units_upwards_and_fixed_ranges():
    case = moment(4)
    hidden, cell, forget = unrolled(case, LIGHT, Ranges(cell=5.0)).data[1:4]
    np.testing.assert_array_equal(hidden.z, case.arrays["hidden"][0, 0].T)
    assert (hidden.zmin, hidden.zmax) == (-1, 1)
    np.testing.assert_array_equal(cell.z, case.arrays["cell"][0, 0].T)
    assert (cell.zmin, cell.zmax) == (-5, 5)
    np.testing.assert_array_equal(forget.z, case.arrays["gate/forget"][0, 0].T)
    assert (forget.zmin, forget.zmax) == (0, 1)


def test_relu_takes_its_range_from_the_history():
    case = replace(moment(4, "rnn"), activation="relu")
    assert unrolled(case, LIGHT, Ranges(hidden=6.0)).data[1].zmax == 6


def test_large_strips_travel_in_whole_per_cents():
    case = moment(200, units=128)
    hidden = unrolled(case, LIGHT).data[1]
    assert hidden.z.dtype == np.int8 and hidden.zmax == 100
    np.testing.assert_allclose(hidden.z / 100, case.arrays["hidden"][0, 0].T, atol=0.0051)


def test_the_top_layer_is_on_top_and_each_direction_has_its_strip():
    case = moment(6, "rnn", layers=3, directions=2)
    heat = [trace for trace in unrolled(case, LIGHT).data if trace.type == "heatmap"]
    expected = [case.arrays["hidden"][layer, way].T for layer in (2, 1, 0) for way in (0, 1)]
    for trace, states in zip(heat, expected, strict=True):
        np.testing.assert_array_equal(trace.z, states)


def test_gates_are_those_of_the_chosen_layer():
    case = moment(4, "gru", layers=2)
    heat = [trace for trace in unrolled(case, LIGHT, layer=0).data if trace.type == "heatmap"]
    np.testing.assert_array_equal(heat[2].z, case.arrays["gate/reset"][0, 0].T)


def test_rows_keep_their_places_between_frames():
    one, other = moment(8, seed=1), moment(8, seed=2)
    over = Ranges(decades=(-6, 0))
    assert rows(unrolled(one, LIGHT, over)) == rows(unrolled(other, LIGHT, over))
    assert unrolled(one, LIGHT, over).layout.height == unrolled(other, LIGHT, over).layout.height


def test_words_of_visitors_are_never_markup():
    for text in texts(unrolled(CASES["hostile"], LIGHT)):
        assert "<b>x</b>" not in text.replace("<b>&lt;b&gt;", "")
        assert "x" * 30 not in text
    assert any("&lt;b&gt;x" in text for text in texts(unrolled(CASES["hostile"], LIGHT)))


def test_hover_names_the_step_by_number_and_word():
    figure = unrolled(moment(4), LIGHT)
    assert figure.layout.xaxis.labelalias["2"] == "2 · is"
    assert figure.data[1].hovertemplate.startswith("%{x}<br>hidden state of unit %{y}: %{z")


def test_what_is_not_a_number_is_left_out():
    case = moment(4)
    broken = {name: np.full_like(values, np.nan) for name, values in case.arrays.items()}
    figure = unrolled(replace(case, arrays=broken, start=None), theme(dark=True))
    assert np.isnan(figure.data[1].z).all()


def test_a_selected_step_is_marked():
    shape = unrolled(moment(4), LIGHT, selected=2).layout.shapes[0]
    assert (shape.x0, shape.x1) == (2.5, 3.5)
