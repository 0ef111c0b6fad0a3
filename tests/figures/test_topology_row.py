"""Five graphs on one sheet: each in its own part of it, over one axis of gradients."""

import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.palette import theme
from explorer.figures.topology_notices import row_notice
from explorer.figures.topology_profile import decades_of, ticks
from explorer.figures.topology_row import topology_row
from explorer.figures.topology_scene import Scene
from tests.figures.scenes import ALL, drawing, halving, many_to_one, states

TITLES = ["One to one", "Many to one", "In step", "One to many", "Encoder and decoder"]


def row(chosen=1, dark=False):
    figure = topology_row([make() for make in ALL.values()], TITLES, chosen, theme(dark))
    return go.Figure(list(figure.data), figure.layout)


@pytest.mark.parametrize("dark", [False, True])
def test_each_graph_stays_in_its_own_part(dark):
    figure = row(dark=dark)
    each = figure.layout.xaxis.range[1] / 5
    strips = [t for t in figure.data if t.type == "heatmap" and np.shape(t.z)[0] > 1]
    assert len(strips) == 5
    for number, strip in enumerate(strips):
        assert number * each < np.min(strip.x) and np.max(strip.x) < (number + 1) * each


def test_all_gradients_share_one_axis():
    figure = row()
    points = [t for t in figure.data if t.yaxis == "y2" and t.mode == "markers"]
    assert [len(t.x) for t in points] == [1, 8, 8, 9, 8]
    assert figure.layout.yaxis2.range[0] < np.log10(0.5**9) < figure.layout.yaxis2.range[1]


def test_a_click_names_the_graph_and_the_chosen_one_is_bold():
    figure = row(chosen=3)
    assert list(figure.data[0].customdata) == [0, 1, 2, 3, 4]
    bold = [note.text for note in figure.layout.annotations if note.text.startswith("<b>")]
    assert "<b>One to many</b>" in bold and "<b>In step</b>" not in bold


def test_the_axis_only_grows():
    narrow = decades_of([Scene([], states(0), {"a": np.array([0.5, 0.05])})])
    assert narrow == (-2, 0)
    assert decades_of([Scene([], states(0), {"a": np.array([1e-5, 20.0])})], narrow) == (-5, 2)
    assert decades_of([Scene([], states(0), {"a": np.array([0.5])})], (-5, 2)) == (-5, 2)
    assert decades_of([]) == (-3, 0)
    assert decades_of([Scene([], states(0), {"a": np.array([0.0, np.nan])})]) == (-3, 0)
    assert ticks((-12, 0)) == [-12, -8, -4, 0]


def test_the_sentence_compares_first_steps_with_last_ones():
    text = row_notice([many_to_one(), drawing()], ["Many to one", "One to many"], [0, 1500])
    assert "many to one 0.78 %" in text and "one to many 0.39 % (after 1,500 updates)" in text
    assert "the others are untrained" in text
    assert "being built" in row_notice([Scene([], None, {})], ["x"], [0])
    assert "all are untrained" in row_notice([Scene(many_to_one().columns, None, halving(8))], ["x"], [0])
