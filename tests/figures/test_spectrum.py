import numpy as np
import plotly.graph_objects as go

from explorer.figures.palette import LIGHT
from explorer.figures.spectrum import spectrum, spectrum_notice

STEPS = np.log10(np.tile([2.0, 1.0, 0.5, 0.25], (10, 1)))
PRODUCTS = np.arange(10)[::-1, None] * STEPS
RATES = np.log([2.0, 1.0, 0.5, 0.25])


def draw(steps=STEPS, products=PRODUCTS, rates=RATES):
    return spectrum(steps, products, rates, LIGHT, colour=LIGHT.architecture("gru"))


def test_largest_and_median_are_lines_within_their_bands():
    figure = draw()
    largest = [trace for trace in figure.data if trace.hovertemplate and "largest" in trace.hovertemplate]
    np.testing.assert_allclose(largest[0].y, np.log10(2.0) * np.ones(10), atol=1e-6)
    np.testing.assert_allclose(largest[1].y, np.log10(2.0) * np.arange(10)[::-1], atol=1e-6)
    median = next(trace for trace in figure.data if trace.hovertemplate and "this step, median" in trace.hovertemplate)
    np.testing.assert_allclose(median.y, np.log10(0.5**0.5) * np.ones(10), atol=1e-6)
    assert figure.data[1].fill == "tonexty" and figure.data[1].fillcolor.startswith("rgba")
    go.Figure(figure.to_dict())


def test_rates_are_factors_per_step():
    dots = draw().data[-1]
    np.testing.assert_allclose(dots.y, [2.0, 1.0, 0.5, 0.25], rtol=1e-6)
    assert draw().layout.yaxis3.range[1] > 2.0


def test_singular_values_far_below_all_others_do_not_press_the_picture_flat():
    steps = STEPS.copy()
    steps[:, -2:] = -323.3
    low = draw(steps=steps).layout.yaxis.range[0]
    assert low > -4


def test_the_notice_counts_the_directions_that_keep():
    told = spectrum_notice(STEPS, PRODUCTS, RATES)
    assert "by up to 2 and shrinks another to 0.25" in told
    assert "×2.000 per step" in told and "2 of 4 keep" in told
    assert "no direction keeps" in spectrum_notice(STEPS, PRODUCTS, np.log([0.5, 0.1]))
    assert "All directions fare alike, ×0.900 per step" in spectrum_notice(STEPS, PRODUCTS, np.log([0.9] * 4))
