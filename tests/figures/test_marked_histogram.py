import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.marked_histogram import BINS, marked_histogram
from explorer.figures.pair_notices import pair_notice
from explorer.figures.palette import DARK, LIGHT

VALUES = np.linspace(-0.3, 0.9, 1000)


def drawn(value=0.5, values=VALUES, theme=LIGHT):
    return marked_histogram(values, value, "<b>x</b>", theme, axis="cosine", ends=(-0.4, 1.0), what="random pairs")


def test_bars_are_shares_and_the_line_stands_at_the_value():
    figure = drawn()
    go.Figure(figure.to_dict())
    assert figure.data[0].y.sum() == pytest.approx(1) and len(figure.data[0].x) == BINS
    assert figure.layout.shapes[0].x0 == figure.layout.shapes[0].x1 == 0.5
    colours = np.array(figure.data[0].marker.color)
    assert len(set(colours)) == 2 and (np.flatnonzero(colours == colours[0]) < 39).all()


@pytest.mark.parametrize("value, side", [(-0.35, "left"), (0.2, "center"), (0.99, "right"), (1.6, "right")])
def test_the_label_stays_inside(value, side):
    figure = drawn(value, theme=DARK)
    assert figure.layout.annotations[0].xanchor == side
    assert figure.layout.xaxis.range[0] < value < figure.layout.xaxis.range[1]


def test_without_values_there_is_still_a_line():
    go.Figure(drawn(values=np.zeros(0)).to_dict())


def test_what_is_said_of_a_pair():
    pair = ("coffee", "tea")
    assert "than all but 4 of 20,000 random pairs, from the 9,000" in pair_notice(pair, 4, 20_000, (4, 1), 9000)
    assert "than all of" in pair_notice(pair, 0, 100, (1, 1), 9) and "than all but one of" in pair_notice(pair, 1, 100, (1, 1), 9)
    assert "Each comes at rank 1 among the other's" in pair_notice(pair, 0, 100, (1, 1), 9)
    assert "80 % of 100 random pairs" in pair_notice(pair, 80, 100, (7, 8), 9)
    said = pair_notice(pair, 4, 100, (4, 1), 9)
    assert "“tea” comes at rank 4" in said and "“coffee” at rank 1" in said
    assert pair_notice(pair, 0, 0, (1, 1), 1).startswith("Each")
    assert "itself" in pair_notice(("tea", "tea"), 0, 5, (0, 0), 9)
