import numpy as np
import pytest

from explorer.figures.value_axes import scale_of


def test_a_log_axis_fits_closely_and_has_readable_ticks():
    scale = scale_of([np.array([0.02, 0.5, np.nan, -1.0])], share=False, log=True)
    assert scale.low < 0.02 < 0.5 < scale.high and scale.low > 0.01 and scale.high < 1
    assert scale.axis["ticktext"] == ["0.02", "0.05", "0.1", "0.2", "0.5"]
    assert scale.place(0.1) == pytest.approx(-1) and scale.place(1e-9) == scale.ends[0] and scale.said(0.125) == "0.125"


def test_many_decades_are_marked_by_powers():
    axis = scale_of([np.array([1e-7, 1.0])], share=False, log=True).axis
    assert axis["ticktext"][0] == "10<sup>−6</sup>" and axis["ticktext"][-1] == "1"


def test_shares_and_plain_numbers():
    share = scale_of([], share=True, log=False)
    assert share.said(0.5) == "50.0 %" and share.shows(1.0) and not share.shows(np.nan)
    plain = scale_of([np.array([3.0, 8.0])], share=False, log=False)
    assert (plain.low, plain.high) == (0.0, 8.0) and plain.place(99) == 8.0


@pytest.mark.parametrize("values", [[], [np.nan], [0.0]])
def test_without_a_positive_number_there_is_an_axis_still(values):
    low, high = scale_of([np.array(values, dtype=float)], share=False, log=True).ends
    assert np.isfinite([low, high]).all() and low < high
