import numpy as np
import pytest

from explorer.sequence.race import Race
from explorer.sequence.race.costs import StepCost, slope
from explorer.sequence.race.measuring import CLOCK


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_the_slope_is_the_power_of_a_power_law(power):
    lengths = np.array([10, 20, 50, 100, 200])
    assert slope(lengths, 0.3 * lengths**power) == pytest.approx(power, abs=1e-12)


def test_the_slope_is_that_of_the_longest_lengths_that_were_measured():
    lengths = np.array([10, 20, 50, 100, 200, 400])
    cost = np.where(lengths < 50, 5.0, 0.01 * lengths**1.5)  # short ones cost what every update costs
    assert slope(lengths, cost) == pytest.approx(1.5)
    assert slope(lengths, np.where(lengths == 400, np.nan, cost)) == pytest.approx(1.5)
    assert np.isnan(slope(lengths, np.full(6, np.nan))) and np.isnan(slope(lengths[:1], cost[:1]))


def test_measurements_come_round_by_round():
    cost = StepCost(race=Race(entries="gru,transformer", budget=500, batch=4), lengths=(5, 40), rounds=3)
    found = [frame for frame in cost.slices() if frame is not None]
    assert [frame.step for frame in found] == [0, 1, 2, 3] and cost.steps == 3
    assert np.isnan(found[0].arrays["forward"]).all()
    forward, backward = found[-1].arrays["forward"], found[-1].arrays["backward"]
    assert forward.shape == backward.shape == (2, 2) and (forward > 0).all() and (backward > 0).all()
    assert (forward + backward).max() < 1000, "milliseconds of small networks"


def test_an_architecture_that_is_too_slow_stays_unknown():
    cost = StepCost(race=Race(entries="window,gru", budget=100_000, batch=128), lengths=(10, 200), rounds=1)
    last = [frame for frame in cost.slices() if frame is not None][-1]
    known = np.isfinite(last.arrays["forward"])
    assert cost.race.names == ("gru", "window")
    assert known[1].all() and not known[0, 1]


def test_the_clock_counts_the_work_of_this_thread():
    began = CLOCK()
    sum(range(200_000))
    assert 0 < CLOCK() - began < 5
