import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.lanes import POINTS, Lane, hue, pen
from explorer.figures.palette import DARK, LIGHT
from explorer.figures.race_curves import LEFT, RIGHT, Ghost, race_curves
from explorer.figures.race_notices import race_notice

STEPS = np.arange(0, 101, 10.0)


def lane(name="gru", title="GRU", pace=0.1, start=1.0, factor=0.97, **more) -> Lane:
    """An exponential: value = start * factor^step, a step taking `pace` seconds."""
    return Lane(name, title, STEPS, STEPS * pace, start * factor**STEPS, **more)


FAST, SLOW = lane(), lane("rnn", "RNN", pace=0.02, factor=0.99)


def draw(lanes=(FAST, SLOW), **more):
    return race_curves(
        list(lanes), LIGHT, **{"log": True, "rules": [("always answering 1", 0.5), ("nothing", np.nan)], **more}
    )


def texts(figure) -> list[str]:
    return [one.text for one in figure.layout.annotations]


def test_each_lane_is_drawn_once_against_updates_and_once_against_seconds():
    figure = draw()
    first, second, third, _ = figure.data
    np.testing.assert_allclose(first.x, STEPS)
    np.testing.assert_allclose(second.x, STEPS * 0.1, rtol=1e-6)
    np.testing.assert_allclose(first.y, 0.97**STEPS, rtol=1e-6)
    assert (first.xaxis, second.xaxis) == ("x", "x2") and third.line.color == hue("rnn", LIGHT) != first.line.color
    assert figure.layout.xaxis.range[1] == 100 and figure.layout.xaxis2.range[1] == 10
    go.Figure(figure.to_dict())


def test_every_line_is_named_at_both_ends_and_told_at_the_right():
    figure = draw()
    named = {note.x: [] for note in figure.layout.annotations}
    for note in figure.layout.annotations:
        named[note.x].append(note.text)
    assert {"GRU", "RNN"} <= set(named[LEFT[1]])
    assert {f"GRU {0.97**100:.4f}", "RNN 0.366", "always answering 1: 0.5"} <= set(named[RIGHT[1]])


def test_the_log_axis_holds_all_values_closely():
    low, high = draw().layout.yaxis.range
    assert low < np.log10(0.97**100) < low + 0.2 and high - 0.2 < 0 < high


def test_shares_run_from_nothing_to_all():
    axis = draw(share=True, log=False).layout.yaxis
    assert axis.range[0] == 0 and list(axis.ticktext) == ["0 %", "25 %", "50 %", "75 %", "100 %"]
    assert "RNN 36.6 %" in texts(draw(share=True, log=False))


def test_every_rule_has_a_dotted_line_in_both_panels():
    figure = draw(rules=[("one way", 0.4), ("guessing", 0.6)])
    dotted = [(shape.y0, shape.x0) for shape in figure.layout.shapes if shape.line.dash == "dot"]
    assert dotted == [(0.4, LEFT[0]), (0.4, RIGHT[0]), (0.6, LEFT[0]), (0.6, RIGHT[0])]
    assert {"one way: 0.4", "guessing: 0.6"} <= set(texts(figure))


def test_several_seeds_make_a_band():
    banded = lane(low=0.9 * 0.97**STEPS, high=1.1 * 0.97**STEPS)
    low, high, line = draw([banded, SLOW]).data[:3]
    np.testing.assert_allclose(low.y / line.y, 0.9, rtol=1e-5)
    np.testing.assert_allclose(high.y / line.y, 1.1, rtol=1e-5)
    assert high.fill == "tonexty"


def test_one_that_came_apart_is_crossed_out_where_it_ended():
    figure = draw([lane(came_apart=True), SLOW])
    crosses = [trace for trace in figure.data if trace.marker.symbol == "x-thin"]
    assert [trace.x[-1] for trace in crosses] == [100, 10] and "GRU ✕" in texts(figure)


def test_published_results_are_lines_where_they_fit_and_words_where_not():
    ghosts = [Ghost("gru", "GRU", 0.4), Ghost("rnn", "RNN", 0.41), Ghost("tcn", "TCN", 1e-6)]
    figure = draw(ghosts=ghosts, published="T = 600")
    dashed = {shape.y0 for shape in figure.layout.shapes if shape.line.dash == "dash"}
    assert dashed == {0.4, 0.41} and "T = 600: RNN, GRU" in texts(figure) and "▽ T = 600: TCN" in texts(figure)
    assert figure.layout.yaxis.range[0] > -4, "what lies far below does not flatten the race"
    y = [note.y for note in figure.layout.annotations if "T = 600" in note.text]
    assert y[0] - y[1] > 0.05


def test_a_long_race_is_thinned_and_keeps_its_ends():
    x = np.arange(5000.0)
    thin = Lane("gru", "GRU", x, x / 10, np.where(x % 3, x, np.nan)).thinned()
    assert (
        len(thin.steps) <= POINTS and thin.steps[0] == 1 and thin.steps[-1] == 4999 and np.isfinite(thin.values).all()
    )


def test_who_shares_a_hue_has_another_dash():
    assert hue("window", LIGHT) == hue("average", LIGHT) and pen("window", DARK)["dash"] != pen("average", DARK)["dash"]


@pytest.mark.parametrize("values", [[], [np.nan], [0.0, -1.0], [np.inf, 1.0]])
@pytest.mark.parametrize("log", [True, False])
def test_extremes_are_drawn(values, log):
    x = np.arange(len(values), dtype=float)
    figure = draw([Lane("gru", "GRU", x, x * np.nan, np.array(values, dtype=float))], log=log, rules=[])
    low, high = figure.layout.yaxis.range
    assert np.isfinite([low, high]).all() and high > low
    go.Figure(figure.to_dict())


def notice(lanes, **more) -> str:
    return race_notice(
        list(lanes),
        **{"measure": "held-out error", "lower": True, "baseline": 0.5, "baseline_name": "guessing", **more},
    )


def test_the_notice_compares_at_equal_updates_and_at_equal_time():
    """After equally many updates the GRU is ahead; in equal time the RNN made five times as many."""
    said = notice([FAST, SLOW])
    assert said.startswith(
        f"After 100 updates of each, GRU has the lowest held-out error with {0.97**100:.4f} and RNN the highest with 0.366; guessing gives 0.5."
    )
    assert (
        "After 2 seconds of computing of each, it is RNN with 0.366: in that time RNN made 100 updates and GRU 20."
        in said
    )


def test_the_notice_takes_the_least_advanced_as_the_common_moment():
    late = Lane("tcn", "TCN", STEPS[:3], STEPS[:3] * 0.1, np.array([0.9, 0.5, 0.1]))
    assert notice([FAST, late]).startswith(
        "After 20 updates of each, TCN has the lowest held-out error with 0.1 and GRU the highest with 0.544"
    )


def test_higher_is_better_for_shares():
    high, low = (Lane(name, name, STEPS, STEPS, np.full(11, value)) for name, value in (("a", 0.9), ("b", 0.2)))
    assert "a has the highest accuracy with 90.0 % and b the lowest with 20.0 %" in notice(
        [low, high], measure="accuracy", lower=False, share=True
    )


def test_before_the_start_and_after_a_loss():
    still = [Lane(name, name, STEPS[:1], STEPS[:1] * 0, np.array([1.2])) for name in ("a", "b")]
    assert notice(still) == "Nobody has learned anything yet; guessing gives 0.5. Press Play."
    assert "begin as soon as" in notice([still[0]])
    assert "Out of the race" in notice([FAST, lane("rnn", "RNN", came_apart=True)]) and "RNN (at update 100)" in notice(
        [FAST, lane("rnn", "RNN", came_apart=True)]
    )
