import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.company import company, company_notice, shades
from explorer.figures.palette import DARK, LIGHT
from tests.figures.examples import texts

WORDS = ["new", "south", "<i>wales</i>"]
CELLS = np.array([[0.0, 100.0, 10.0], [100.0, 0.0, 1.0], [10.0, 1.0, 0.0]])


def test_counts_are_drawn_as_logarithms_and_told_as_they_are():
    figure = company(WORDS, CELLS, "counts", LIGHT)
    heat = figure.data[0]
    np.testing.assert_allclose(heat.z[0], [np.nan, 2, 1])
    np.testing.assert_allclose(heat.customdata, CELLS)
    assert (heat.zmin, heat.zmax) == (0, 2) and list(heat.colorbar.ticktext) == ["1", "10", "100"]
    go.Figure(figure.to_dict())


def test_ppmi_begins_at_zero():
    heat = company(WORDS, CELLS / 20, "ppmi", DARK).data[0]
    assert (heat.zmin, heat.zmax) == (0, 5) and np.isnan(heat.z[0, 0]) and heat.z[0, 1] == 5


def test_the_chosen_cell_is_framed():
    figure = company(WORDS, CELLS, "counts", LIGHT, chosen=(0, 2))
    frame = figure.layout.shapes[-1]
    assert (frame.x0, frame.x1, frame.y0, frame.y1) == (1.5, 2.5, -0.5, 0.5)
    assert not company(WORDS, CELLS, "counts", LIGHT, chosen=(0, 7)).layout.shapes


@pytest.mark.parametrize("cells", [np.zeros((2, 2)), np.full((2, 2), 5.0), np.zeros((0, 0))])
@pytest.mark.parametrize("measure", ["counts", "ppmi"])
def test_extremes_are_drawn(cells, measure):
    figure = company(["a", "b"][: len(cells)], cells, measure, LIGHT)
    assert figure.data[0].zmax > figure.data[0].zmin or measure == "ppmi"


def test_words_are_no_markup():
    assert not any("<i>wales" in text for text in texts(company(WORDS, CELLS, "counts", LIGHT)))


def test_the_strongest_pair_is_named():
    assert company_notice(WORDS, CELLS, "counts").startswith(
        "“new” and “south” stand together most (weighted count 100)."
    )
    assert "33 % of the cells are empty" in company_notice(WORDS, CELLS, "counts")
    bond = company_notice(["a", "b"], np.log(np.array([[1, 20.0], [20.0, 1]])), "ppmi")
    assert "“a” and “b” (PPMI 3: they meet 20 times as often as chance" in bond
    assert "No two" in company_notice(["a", "b"], np.zeros((2, 2)), "counts") and "at least two" in company_notice(
        ["a"], np.ones((1, 1)), "ppmi"
    )


def test_amounts_are_forward_blue():
    assert shades(LIGHT)[2][1] == LIGHT.forward and shades(DARK)[3][1] == DARK.positive[1]
