import pytest

from explorer.runs.pace import Pace


def test_steps_per_second_over_the_last_two_seconds():
    pace = Pace()
    pace.begin(0.0, 0)
    for k in range(1, 1001):
        pace.note(k * 0.01, k * 3 if k <= 500 else 1500 + (k - 500))
    assert pace.now() == pytest.approx(100, rel=0.01)


def test_nothing_measured_is_no_pace():
    pace = Pace()
    assert pace.now() == 0.0
    pace.begin(5.0, 7)
    assert pace.now() == 0.0


def test_a_pause_does_not_count_and_the_last_pace_is_remembered():
    pace = Pace()
    pace.begin(0.0, 0)
    pace.note(1.0, 50)
    pace.begin(100.0, 50)
    assert (pace.now(), pace.latest) == (0.0, 50.0)
    pace.note(101.0, 120)
    assert pace.now() == pytest.approx(70)


def test_memory_is_bounded():
    pace = Pace()
    for k in range(100_000):
        pace.note(k * 1e-4, k)
    assert len(pace._samples) < 60
