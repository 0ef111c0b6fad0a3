from dataclasses import replace

import numpy as np
import pytest

from explorer.figures.gradients import gradient_row, log_norms
from explorer.figures.moment import Ranges
from explorer.figures.palette import LIGHT

from .examples import moment

OVER = Ranges(decades=(-6, 0))


def named(row, name):
    return next(trace for trace in row.traces if f"gradient {name}" in trace.get("hovertemplate", ""))


def test_norms_stand_at_their_logarithms():
    row = gradient_row(moment(5), LIGHT, OVER)
    np.testing.assert_allclose(named(row, "now")["y"], np.log10(0.5) * np.arange(5)[::-1], atol=1e-6)
    np.testing.assert_allclose(named(row, "now")["customdata"], 0.5 ** np.arange(5)[::-1])


def test_zero_lies_on_the_floor_as_a_triangle_and_nan_is_a_gap():
    logs, floored = log_norms(np.array([0.0, 1e-9, 1e-3, np.nan, np.inf]), -6)
    np.testing.assert_array_equal(logs, [-6, -6, -3, np.nan, np.nan])
    np.testing.assert_array_equal(floored, [True, True, False, False, False])
    naive = named(gradient_row(moment(3), LIGHT, OVER, show_naive=True), "naive")
    np.testing.assert_array_equal(naive["y"], [-6, -6, np.nan, 0])
    assert list(naive["marker"]["symbol"])[:2] == ["triangle-down-open"] * 2


def test_the_floor_is_written_in_words():
    row = gradient_row(moment(5), LIGHT, OVER)
    assert any(text["text"].startswith("floor: 10<sup>−6</sup> or less") and text["y"] == -6 for text in row.notes)


def test_naive_reading_only_on_demand_and_start_in_a_fainter_tone():
    row = gradient_row(moment(5), LIGHT, OVER)
    assert not any("naive" in trace.get("hovertemplate", "") for trace in row.traces)
    assert named(row, "at the start")["line"]["color"] == LIGHT.faint
    assert named(row, "now")["marker"]["color"] == LIGHT.gradient


def test_both_directions_have_their_own_line():
    row = gradient_row(moment(5, directions=2), LIGHT, OVER)
    assert named(row, "now →") and named(row, "now ←")


def test_the_axis_follows_the_history_not_the_frame():
    case = moment(5)
    tiny = replace(case, arrays={**case.arrays, "grad_hidden": case.arrays["grad_hidden"] * 1e-4})
    assert gradient_row(case, LIGHT, OVER).scale == gradient_row(tiny, LIGHT, OVER).scale


def test_names_at_the_ends_keep_apart():
    notes = [n for n in gradient_row(moment(5), LIGHT, OVER, show_naive=True).notes if n["x"] == 1]
    places = sorted(n["y"] for n in notes)
    assert len(places) == 4 and min(np.diff(places)) == pytest.approx(1.18 * 11 * 6.48 / (112 / 1.22), rel=0.01)
