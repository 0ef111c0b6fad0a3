"""A ledger holds the numbers it was given, to the bit, and writes them in aligned form."""

import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.ledger import Line, decade_of, ledger, raised, range_of, short, signed
from explorer.figures.palette import theme


def checked(figure):
    """The figure, after plotly has accepted every property of it."""
    return go.Figure(list(figure.data), figure.layout)


LINES = [
    Line("from the input", kind="heading"),
    Line("x", "0.50 × 2.00", 1.0, hover="exactly 1"),
    Line("the other 3", amount=-0.25, kind="rest"),
    Line("sum", amount=0.75, kind="sum"),
]


def test_bars_are_the_amounts():
    figure = checked(ledger(LINES, theme(), (-0.3, 1.2)))
    bars = figure.data[1]
    assert list(bars.x) == [1.0, -0.25, 0.75]
    assert list(bars.y) == [-1, -2, -3]
    assert bars.hovertext[0] == "exactly 1"
    assert figure.layout.xaxis.range == (-0.3, 1.2)


def test_numbers_are_written_beside_their_bars():
    texts = [note.text for note in checked(ledger(LINES, theme(), (-1, 1))).layout.annotations]
    assert sum("+1.000" in text for text in texts) == 1
    assert sum("−0.250" in text for text in texts) == 1
    assert sum("<b>" in text and "+0.750" in text for text in texts) == 1


@pytest.mark.parametrize("dark", [False, True])
def test_gradients_are_orange_whatever_their_sign(dark):
    colours = theme(dark)
    bars = ledger(LINES, colours, (-1, 1), backward=True).data[1]
    assert bars["marker"]["color"][0] == bars["marker"]["color"][2] == colours.gradient
    forward = ledger(LINES, colours, (-1, 1)).data[1]["marker"]["color"]
    assert forward[0] != forward[1]


@pytest.mark.parametrize(
    "value, decade, text",
    [
        (0.83, 0, "+0.830"),
        (-0.21, 0, "−0.210"),
        (-1e-9, 0, "0.000"),
        (4.2e-5, -5, "+4.200"),
        (np.nan, 0, "not a number"),
    ],
)
def test_signed_numbers(value, decade, text):
    assert signed(value, decade) == text


@pytest.mark.parametrize(
    "value, text", [(0.0, "0"), (0.0123, "0.012"), (-0.5, "−0.5"), (3.21e-7, "3.2·10⁻⁷"), (-4e-4, "−4.0·10⁻⁴")]
)
def test_short_numbers(value, text):
    assert short(value) == text


def test_a_range_holds_all_bars_and_zero():
    low, high = range_of([LINES, [Line("y", amount=-3.1)]])
    assert low <= -3.1 and high >= 1.0
    assert range_of([[Line("nothing", amount=0.0)]]) == (-1.0, 1.0)
    low, high = range_of([[Line("y", amount=2.0)]])
    assert low < 0 < 2.0 <= high


def test_small_gradients_get_a_unit():
    assert decade_of((-1.0, 2.0)) == 0
    assert decade_of((-3e-4, 1e-5)) == -4
    assert raised(-12) == "10⁻¹²"
