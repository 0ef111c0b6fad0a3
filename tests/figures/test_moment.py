import numpy as np
import pytest

from explorer.figures.moment import Ranges, ranges, round_up

from .examples import moment


def test_ranges_only_grow_and_end_on_round_numbers():
    one = Ranges().widened({"cell": np.array([[2.2]]), "grad_hidden": np.array([3e-5, 0.4])})
    two = one.widened({"cell": np.array([[0.1]]), "grad_hidden": np.array([20.0])})
    assert (one.cell, one.decades) == (2.5, (-5, 0))
    assert (two.cell, two.decades) == (2.5, (-5, 2))


def test_zero_underflow_and_nan_do_not_stretch_the_gradient_axis():
    norms = np.array([0.0, 1e-300, np.nan, np.inf, 0.05])
    assert ranges([{"grad_hidden": norms}]).decades == (-2, -1)
    assert ranges([{"grad_hidden": np.zeros(4)}]).shown_decades == (-4, 0)
    assert ranges([{"grad_hidden": norms}]).shown_decades == (-3, -1)


@pytest.mark.parametrize(("value", "bound"), [(0.0, 0), (1.0, 1), (1.01, 1.2), (9.0, 10), (0.037, 0.04), (np.inf, 0)])
def test_round_up(value, bound):
    assert round_up(value) == pytest.approx(bound)


def test_targets_are_read_from_what_is_expected():
    case = moment(3)
    object.__setattr__(case, "expected", ("", "−1.5", "2"))
    np.testing.assert_array_equal(case.targets(), [np.nan, -1.5, 2])
