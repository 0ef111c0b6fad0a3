import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.meter_curve import ALIKE, Region, collapse_notice, meter_curve
from explorer.figures.palette import LIGHT
from explorer.frame import Change

STEPS, VALUES = np.array([0, 10, 20, 30]), np.array([0.0, 0.9, np.nan, 0.234])


def texts(figure) -> list[str]:
    return [one.text for one in figure.layout.annotations]


def test_the_line_passes_over_what_was_not_measured_and_ends_in_its_value():
    figure = meter_curve(STEPS, VALUES, LIGHT, name="loss")
    np.testing.assert_allclose(figure.data[0].x, [0, 10, 30])
    np.testing.assert_allclose(figure.data[0].y, [0.0, 0.9, 0.234], rtol=1e-6)
    assert texts(figure) == ["0.234", "loss"]
    assert figure.layout.yaxis.range == (0, 1) and figure.layout.xaxis.range == (0, 30)


def test_a_region_reaches_from_its_start_to_the_top():
    figure = meter_curve(STEPS, VALUES, LIGHT, name="x", top=1.0, region=Region(ALIKE, "alike"), moment=10)
    region, moment = figure.layout.shapes
    assert (region.y0, region.y1) == (ALIKE, 1) and moment.x0 == 10
    assert texts(figure) == ["0.23", "x", "alike"]


def test_a_change_is_marked_where_it_took_effect():
    change = Change(12, "learning_rate", 0.01)
    figure = meter_curve(STEPS, VALUES, LIGHT, name="x", end=200, changes=[change], before={"learning_rate": 0.05})
    assert figure.layout.shapes[0].x0 == 12 and "learning rate 0.05 → 0.01" in texts(figure)
    assert figure.layout.xaxis.range == (0, 200)


def test_values_below_zero_have_room():
    assert meter_curve(np.array([0, 1]), np.array([-0.031, 0.0]), LIGHT, name="x").layout.yaxis.range[0] < -0.031


@pytest.mark.parametrize("values", [[], [np.nan, np.nan], [1.0]])
def test_every_figure_is_valid(values):
    go.Figure(meter_curve(np.arange(len(values)), np.array(values), LIGHT, name="<b>x</b>").to_dict())


def test_the_notice_says_what_a_mean_cosine_means_and_what_helps():
    assert collapse_notice(0.93) == "All words look alike (mean cosine 0.93): more epochs or fewer dimensions."
    assert "lean one way (mean cosine 0.45)" in collapse_notice(0.45)
    assert "cosine of 0.08" in collapse_notice(0.08)
    assert (
        collapse_notice(-0.001, trained=False)
        == "Nothing is learned yet: any two words have a cosine of 0.00 on average."
    )
    assert collapse_notice(float("nan")) == ""
