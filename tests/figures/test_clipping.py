import numpy as np
import plotly.graph_objects as go

from explorer.figures.clipping import Lengths, clipping, clipping_notice, running_share
from explorer.figures.palette import LIGHT

STEPS = np.arange(1, 101)
BEFORE = np.where(STEPS % 4 == 0, 10.0, 0.5)
HELD = Lengths(STEPS, BEFORE, np.minimum(BEFORE, 1.0), np.full(100, 0.1), BEFORE > 1.0)
APART = Lengths(np.array([1, 2]), np.array([500.0, 6e14]), np.array([500.0, 6e14]), np.array([3.0, 4e12]), np.zeros(2, dtype=bool), True)
LOOSE = Lengths(STEPS, BEFORE, BEFORE, np.full(100, 0.3), np.zeros(100, dtype=bool))


def draw(free=APART, **more):
    return clipping(HELD, free, LIGHT, threshold=1.0, baseline=0.167, baseline_name="guessing", end=100, **more)


def named(figure, name):
    return next(trace for trace in figure.data if trace.hovertemplate and trace.hovertemplate.startswith(name))


def words(figure):
    return " | ".join(note.text for note in figure.layout.annotations)


def test_lengths_before_and_after_stand_on_one_axis():
    figure = draw()
    np.testing.assert_allclose(named(figure, "before clipping").y, np.log10(BEFORE), atol=1e-6)
    np.testing.assert_allclose(named(figure, "after clipping").y, np.log10(np.minimum(BEFORE, 1)), atol=1e-6)
    assert named(figure, "before clipping").fill == "tonexty"
    go.Figure(figure.to_dict())


def test_what_explodes_leaves_at_the_top_with_its_number():
    figure = draw()
    top = figure.layout.yaxis.range[1]
    assert top == 4, "three decades beyond the training that holds"
    loose = named(figure, "without clipping")
    assert loose.y[-1] == top and loose.customdata[-1] == 6e14
    assert "without clipping it came apart at step 2: 6e14" in words(figure)
    assert any(trace.marker.symbol == "x-thin" for trace in figure.data)


def test_without_an_explosion_both_go_on_and_are_named():
    figure = draw(LOOSE)
    assert "came apart" not in words(figure) and "without clipping 10" in words(figure)
    assert not any(trace.marker.symbol == "x-thin" for trace in figure.data)


def test_the_share_runs_over_the_last_updates():
    share = running_share(HELD.clipped)
    np.testing.assert_allclose(share[20:], 0.25, atol=1e-12)
    np.testing.assert_allclose(share[:4], [0, 0, 0, 0.25])
    np.testing.assert_allclose(running_share(np.array([], dtype=bool)), [])


def test_the_threshold_and_the_baseline_are_lines():
    assert [round(shape.y0, 3) for shape in draw().layout.shapes] == [0.0, round(np.log10(0.167), 3)]


def test_the_notice_compares():
    told = clipping_notice(HELD, APART, 1.0, 0.167)
    assert "25 % of the updates were shortened to 1; the longest gradient was 10" in told
    assert "came apart at step 2, with a gradient of length 6e14" in told and "0.1 now, below the 0.167" in told
    assert "the longest was 10." in clipping_notice(HELD, LOOSE, 1.0, 0.05)
    nothing = Lengths(*(np.array([]) for _ in range(5)))
    assert "Press Play" in clipping_notice(nothing, nothing, 1.0, None)


def test_before_the_first_update_and_with_numbers_that_are_none_it_is_drawn():
    nothing = Lengths(*(np.array([]) for _ in range(5)))
    go.Figure(clipping(nothing, nothing, LIGHT, threshold=1.0).to_dict())
    strange = Lengths(np.array([1]), np.array([np.nan]), np.array([np.nan]), np.array([np.inf]), np.array([False]), True)
    go.Figure(clipping(HELD, strange, LIGHT, threshold=1.0).to_dict())
