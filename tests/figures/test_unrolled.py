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


def test_a_picture_read_in_one_step_is_drawn_as_a_picture():
    pixels = np.arange(64, dtype=np.float32)[None] / 63
    figure = unrolled(replace(moment(1), inputs=pixels), LIGHT)
    drawn = figure.data[1]
    np.testing.assert_array_equal(drawn.z, pixels.reshape(8, 8))
    own = figure.layout.xaxis3
    assert drawn.xaxis == "x3" and own.scaleanchor == "y" and list(own.range) == [0.5, 8.5], "pixels are square"
    assert list(figure.layout.yaxis.range) == [8.5, 0.5], "the first row of pixels is the topmost"
    assert "xaxis3" not in unrolled(moment(1), LIGHT).layout.to_plotly_json()


@ALL
def test_rows_stand_under_one_another_without_overlap(case):
    places = rows(unrolled(case, LIGHT))
    assert all(upper[0] >= lower[1] - 1e-9 for upper, lower in zip(places, places[1:], strict=False))
    assert places[0][1] <= 1 and places[-1][0] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("name", ["one step", "gru", "rnn", "200 steps", "hostile"])
def test_compact_fits_a_projector(name):
    assert unrolled(CASES[name], theme(scale=1.35), compact=True, width=1230).layout.height <= 521


@ALL
@pytest.mark.parametrize("scale", [1.0, 1.35])
def test_no_row_is_lower_than_its_name_however_tight_the_page(case, scale):
    layout = unrolled(case, theme(scale=scale), compact=True, width=1230).layout
    inner = layout.height - layout.margin.t - layout.margin.b
    assert all((high - low) * inner >= 19 * scale - 0.6 for low, high in rows(go.Figure(layout=layout)))


def test_many_rows_make_the_compact_picture_taller_and_leave_the_keys_without_numbers():
    figure = unrolled(moment(28, layers=2, directions=2), theme(scale=1.35), compact=True, width=1230)
    assert figure.layout.height > 600
    assert {len(trace.colorbar.tickvals) for trace in figure.data if trace.type == "heatmap"} == {0}


def test_a_remark_gives_way_to_the_next_name():
    case = moment(20, words=["understanding", "of", "gardens"])
    shown = " ".join(texts(unrolled(case, LIGHT))), " ".join(texts(unrolled(case, theme(scale=1.35), compact=True)))
    assert "8 units" in shown[0] and "8 units" not in shown[1]


def test_standing_words_take_a_bounded_space():
    case = moment(20, words=["incomprehensibilities", "of"])
    for scale in (1.0, 1.35):
        figure = unrolled(case, theme(scale=scale), compact=True)
        assert figure.layout.xaxis2.tickangle == -90 and figure.layout.margin.t <= 92


def test_steps_that_are_only_counted_have_bare_numbers_above_them():
    case = moment(28, words=[f"row {i + 1}" for i in range(28)])
    figure = unrolled(case, LIGHT)
    assert figure.layout.xaxis2.ticktext[27] == "28" and figure.layout.xaxis2.tickangle == 0
    assert figure.layout.xaxis.labelalias["28"] == "28 · row 28"


def test_numbers_above_narrow_columns_keep_a_gap():
    figure = unrolled(moment(24, words=["146", "152"]), LIGHT)
    column = (860 - 160 - 92) / 24
    assert figure.layout.xaxis2.tickangle == 0 and figure.layout.xaxis2.tickfont.size * 0.56 * 3 < column - 4


def test_marked_numbers_stand_above_the_tallest_bar_and_lean_apart():
    inputs = np.stack([np.linspace(0.9, 0.1, 24), np.isin(np.arange(24), [6, 7])], axis=1)
    figure = unrolled(replace(moment(24), inputs=inputs), LIGHT)
    marked = [note for note in figure.layout.annotations if note.text in ("0.691", "0.657")]
    assert [(note.y, note.xanchor) for note in marked] == [(1.0, "right"), (1.0, "left")]


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
