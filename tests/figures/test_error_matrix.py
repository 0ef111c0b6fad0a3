import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.error_matrix import chosen_cell, error_matrix, error_rows, matrix_notice
from explorer.figures.palette import LIGHT

APART = np.arange(20)[:, None] - np.arange(20)[None, :]
MATRIX = np.where(APART >= 0, 0.5 ** np.maximum(APART, 0), 0.0)
CUT = np.where(APART < 5, MATRIX, 0.0)
ONE = np.where(np.arange(20)[:, None] == 19, MATRIX, 0.0)


def test_the_table_holds_logarithms_below_the_diagonal_and_nothing_above():
    zero, heat = error_matrix(MATRIX, LIGHT).data[:2]
    below = np.tril(np.ones((20, 20), dtype=bool))
    np.testing.assert_allclose(np.array(heat.z)[below], np.log10(MATRIX[below]), atol=1e-6)
    assert np.isnan(np.array(heat.z)[~below]).all() and np.isnan(np.array(zero.z)).all()
    assert list(error_matrix(MATRIX, LIGHT).layout.yaxis.range) == [20.5, 0.5]


def test_the_way_below_is_the_chosen_row_on_the_same_time_axis():
    figure = error_matrix(MATRIX, LIGHT, chosen=(12, 4))
    way = figure.data[2]
    np.testing.assert_array_equal(way.x, np.arange(5, 14))
    np.testing.assert_allclose(way.customdata, MATRIX[12, 4:13])
    np.testing.assert_allclose(way.y, np.log10(MATRIX[12, 4:13]), atol=1e-6)
    assert (way.xaxis, way.yaxis) == ("x", "y2")
    row = figure.layout.shapes[0]
    assert (row.x0, row.x1, row.y0) == (13, 5, 13)
    assert any("from step 13 back to state 5: 0.00391 arrives" in note.text for note in figure.layout.annotations)
    go.Figure(figure.to_dict())


def test_exact_zeros_are_grey_and_named():
    figure = error_matrix(CUT, LIGHT)
    assert np.nansum(np.array(figure.data[0].z)) == (APART >= 5).sum()
    assert any(note.text == "exactly 0" for note in figure.layout.annotations)


def test_where_few_steps_err_only_they_have_rows():
    figure = error_matrix(ONE, LIGHT)
    heat = figure.data[1]
    assert np.array(heat.z).shape == (1, 20) and heat.customdata[0][0] == 20
    np.testing.assert_array_equal(error_rows(ONE), [19])
    assert figure.layout.yaxis.ticktext == ("20",) and figure.layout.shapes[0].y0 == 1
    assert "Only 1 step of 20 has an error of its own" in matrix_notice(ONE, 19, 0)


@pytest.mark.parametrize("chosen, inside", [(None, (19, 0)), ((5, 9), (5, 5)), ((99, 3), (19, 3)), ((-4, -4), (0, 0))])
def test_a_choice_is_brought_inside(chosen, inside):
    assert chosen_cell(MATRIX, chosen) == inside
    assert chosen_cell(ONE, chosen)[0] == 19


def test_the_notice_tells_what_arrives_and_where_it_comes_from():
    told = matrix_notice(MATRIX, 4, 2)
    assert "Of the error of step 5, 25 % arrives at state 3, 2 steps back" in told
    quarter = MATRIX[:, :5]
    assert f"{100 * quarter[10:].sum() / quarter.sum():.2g} %" in told
    assert "On the diagonal" in matrix_notice(MATRIX, 3, 3)


def test_strange_tables_are_drawn():
    for matrix in (np.zeros((3, 3)), np.ones((1, 1)), np.full((4, 4), np.nan)):
        go.Figure(error_matrix(matrix, LIGHT).to_dict())
        assert matrix_notice(matrix, 0, 0)
