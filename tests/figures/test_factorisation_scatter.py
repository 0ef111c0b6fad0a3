import numpy as np
import plotly.graph_objects as go
import pytest
from sklearn.metrics import r2_score

from explorer.figures.factorisation_scatter import cell_bounds, factorisation_scatter, fit, fit_notice
from explorer.figures.palette import LIGHT

GENERATOR = np.random.default_rng(0)
LOGS = GENERATOR.gamma(1.5, 1.2, 500)
WEIGHT = np.clip((np.exp(LOGS) / 10) ** 0.75, 0, 1)
CELLS = np.stack([LOGS, LOGS + GENERATOR.normal(0, 0.3, 500), WEIGHT], axis=1).astype(np.float32)


def test_the_fit_is_the_weighted_one():
    found = fit(CELLS)
    assert found.explained == pytest.approx(r2_score(CELLS[:, 0], CELLS[:, 1], sample_weight=CELLS[:, 2]), abs=1e-6)
    assert found.error == pytest.approx(np.average(np.abs(CELLS[:, 1] - CELLS[:, 0]), weights=CELLS[:, 2]), abs=1e-6)


def test_dots_stand_where_their_numbers_say_and_weigh_what_they_weigh():
    figure = factorisation_scatter(CELLS, LIGHT, bounds=(-1.0, 8.0))
    (dots,) = figure.data
    np.testing.assert_array_equal(dots.x, CELLS[:, 0])
    np.testing.assert_array_equal(dots.y, CELLS[:, 1])
    heavy, light = np.argmax(CELLS[:, 2]), np.argmin(CELLS[:, 2])
    assert dots.marker.size[heavy] > dots.marker.size[light] and dots.marker.opacity[heavy] > dots.marker.opacity[light]
    (line,) = figure.layout.shapes
    assert (line.x0, line.y0, line.x1, line.y1) == (-1, -1, 8, 8)
    go.Figure(figure.to_dict())


def test_the_axes_hold_every_logarithm_and_do_not_depend_on_the_predictions():
    low, high = cell_bounds(CELLS)
    assert low < min(CELLS[:, 0].min(), 0) and high > CELLS[:, 0].max()
    wild = CELLS.copy()
    wild[:7, 1] = 100
    assert cell_bounds(wild) == (low, high) and "7 of 500 pairs lie outside" in fit_notice(wild)
    assert "outside" not in fit_notice(CELLS)
    np.testing.assert_allclose(cell_bounds(np.empty((0, 3))), (-0.2, 1.2))


def test_the_notice_is_computed():
    exact = np.stack([LOGS, LOGS, WEIGHT], axis=1)
    assert "miss the logarithm by 0, 0" not in fit_notice(exact)
    assert "explain 100 %" in fit_notice(exact)
    before = np.stack([LOGS, np.zeros(500), WEIGHT], axis=1)
    said = fit_notice(CELLS, before)
    assert "before training" in said and f"explain {100 * fit(CELLS).explained:.0f} %" in said
    assert "still do as well" in fit_notice(before)
    broken = CELLS.copy()
    broken[0, 1] = np.nan
    assert "no longer finite" in fit_notice(broken)
