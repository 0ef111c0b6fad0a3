import numpy as np
import pytest

from explorer.figures.decades import Decades, colour_decades, decade_axis, decades, floor_marks
from explorer.figures.palette import LIGHT


def test_the_ends_move_in_few_jumps_and_hold_everything():
    assert decades([np.array([1e-3, 1.0])]) == Decades(-6, 1)
    assert decades([np.array([1e-22, 1.0])]) == decades([np.array([1e-40, 2.0])]) == Decades(-48, 1)
    assert decades([np.array([1.0]), np.array([5e29])]) == Decades(-6, 45)
    assert decades([np.array([1e-100, 1e200])]) == Decades(-330, 310)
    assert decades([np.array([0.0, np.nan, np.inf])]) == decades([]) == Decades()


def test_norms_stand_at_their_logarithms_zeros_at_the_bottom_and_what_is_no_number_nowhere():
    axis = Decades(-6, 1)
    np.testing.assert_allclose(axis.place(np.array([1e-3, 0.0, 1.0])), [-3, axis.bottom, 0])
    assert axis.bottom < -6 and np.isnan(axis.place(np.array([np.nan]))[0])
    assert axis.place(np.array([1e9]))[0] == axis.top, "what leaves the picture stands at its edge"


def test_the_floor_of_float32_is_where_numpy_has_it_and_is_drawn_when_it_is_in_sight():
    shapes, words = floor_marks(Decades(-48, 1), LIGHT)
    below = np.float32(10.0 ** (shapes[0]["y0"] - 0.4))
    assert below == 0 and np.float32(10.0 ** shapes[0]["y0"]) > 0
    assert "float32" in words[0]["text"] and words[0]["y"] == shapes[0]["y0"]
    assert [round(shape["y0"]) for shape in floor_marks(Decades(-330, 1), LIGHT)[0]] == [-45, -323]


def test_a_floor_out_of_sight_is_told():
    shapes, words = floor_marks(Decades(-6, 1), LIGHT)
    assert shapes == [] and words[0]["text"] == "float32 ends 39 decades further down"


@pytest.mark.parametrize("axis", [Decades(-6, 1), Decades(-48, 1), Decades(-330, 310), Decades(-1, 0)])
def test_ticks_are_few_and_within(axis):
    settings = decade_axis(axis)
    assert 1 <= len(settings["tickvals"]) <= 8 and len(settings["tickvals"]) == len(settings["ticktext"])
    assert all(axis.low <= tick <= axis.high for tick in settings["tickvals"])


def test_an_axis_only_grows():
    assert Decades(-6, 1).widened(Decades(-12, 0)) == Decades(-12, 1)


def test_colours_tell_apart_no_more_than_the_eye_does():
    assert colour_decades(np.array([1e-40, 1.0]), most=12) == Decades(-12, 0)
    assert colour_decades(np.array([0.02, 0.5])) == Decades(-2, 0)
    assert colour_decades(np.zeros(3)) == Decades(-1, 0)
