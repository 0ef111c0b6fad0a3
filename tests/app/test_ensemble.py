"""Several runs that play together."""

from dataclasses import replace

import pytest

from explorer.app.ensemble import together
from explorer.runs.report import Report

REPORT = Report("paused", 3, 3, 3, (), (), (), None, 0.0, 1, 10, False)


def of(*states: str) -> Report:
    return together([replace(REPORT, state=state, position=at) for at, state in enumerate(states)])


@pytest.mark.parametrize(
    "states, joint",
    [
        (("ready", "ready"), "ready"),
        (("playing", "failed"), "playing"),
        (("failed", "finished"), "finished"),
        (("failed", "failed"), "failed"),
        (("paused", "failed"), "paused"),
        (("preparing", "playing"), "preparing"),
        (("ready", "paused"), "paused"),
    ],
)
def test_one_that_failed_does_not_stop_the_others(states, joint):
    assert of(*states).state == joint


def test_it_is_as_far_as_the_furthest_and_under_way_as_long_as_one_is():
    found = together([REPORT, replace(REPORT, position=7, pending=True, watched_runs=3)])
    assert (found.position, found.pending, found.watched_runs) == (7, True, 3)
