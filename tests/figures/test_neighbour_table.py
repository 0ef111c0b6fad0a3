import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.neighbour_table import END, WIDE, Column, neighbour_notice, neighbour_table
from explorer.figures.palette import LIGHT

KING = Column("king", ("queen", "prince", "<i>x</i>"), np.array([0.9, 0.7, -0.1]), (False, True, False), "412 times")
THREE = Column("three", ("two", "four"), np.array([0.95, 0.8]), (False, False), "99 times")
GONE = Column("kingz", remark="is not among the 7,955 words learned from this text. Did you mean king?")


def test_bars_are_as_long_as_the_cosine_in_the_column_of_their_word():
    bars = neighbour_table([KING, THREE], LIGHT).data[0]
    np.testing.assert_allclose(bars.base, [0, 0, 0, 1, 1])
    np.testing.assert_allclose(bars.x, [0.9 * WIDE, 0.7 * WIDE, 0, 0.95 * WIDE, 0.8 * WIDE])
    np.testing.assert_allclose(bars.y, [0, 1, 2, 0, 1])


def test_names_and_numbers_stand_in_their_rows():
    _, names, cosines = neighbour_table([KING, THREE], LIGHT).data
    assert names.text == ("queen", "<b>prince</b> +", "&lt;i&gt;x&lt;/i&gt;", "two", "four")
    assert cosines.text == ("0.90", "0.70", "−0.10", "0.95", "0.80")
    np.testing.assert_allclose(cosines.x, [END, END, END, 1 + END, 1 + END])


def test_what_is_new_has_a_stronger_bar_and_a_mark():
    colours = neighbour_table([KING], LIGHT).data[0].marker.color
    assert colours[0] == colours[2] != colours[1]


def test_an_unknown_word_says_why_it_has_no_neighbours():
    figure = neighbour_table([KING, GONE], LIGHT)
    texts = [one.text for one in figure.layout.annotations]
    assert "<b>kingz</b>" in texts and any("Did you" in text and "<br>" in text for text in texts)
    assert len(figure.data[1].text) == 3


def test_only_so_many_rows_are_shown():
    figure = neighbour_table([KING], LIGHT, rows=2)
    assert (
        figure.data[1].text == ("queen", "<b>prince</b> +")
        and figure.layout.height < neighbour_table([KING], LIGHT).layout.height
    )


@pytest.mark.parametrize("columns", [[], [GONE], [KING, THREE, GONE]])
def test_every_figure_is_valid(columns):
    go.Figure(neighbour_table(columns, LIGHT).to_dict())


def test_the_notice_counts_arrivals_and_names_the_nearest_pair():
    notice = neighbour_notice([KING, THREE, GONE], 1240)
    assert notice.startswith("1 of these 5 neighbours (bold, +) is new since step 1,240.")
    assert "“three” and “two”, cosine 0.95" in notice
    assert neighbour_notice([THREE], 10).startswith("None of these 2 neighbours is new")
    assert "new" not in neighbour_notice([KING], None)
    assert neighbour_notice([GONE], 3) == ""
