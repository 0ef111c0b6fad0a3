"""How often a run is drawn: often alone, more seldom in a crowd, hardly ever when nothing moves."""

from explorer.app.live import EVERY, KEPT_ALIVE, SLOWEST, interval
from explorer.runs import Engine, Report


def report(state: str, runs: int, pending: bool = False) -> Report:
    return Report(
        **{
            **{name: None for name in Report.__dataclass_fields__},
            "state": state,
            "watched_runs": runs,
            "pending": pending,
        }
    )


def test_a_few_visitors_see_three_drawings_a_second_or_more():
    assert all(interval(report("playing", runs)) == EVERY <= 1 / 3 for runs in (1, 2, 3, 4))


def test_a_crowd_is_drawn_more_seldom_each_but_not_more_often_together():
    paces = [runs / interval(report("playing", runs)) for runs in range(4, 26)]
    assert max(paces) / min(paces) < 1.01


def test_a_page_always_comes_back_before_its_run_counts_as_unwatched():
    lease = Engine()._limits.lease
    assert interval(report("playing", 1000)) == SLOWEST < lease - 0.5


def test_what_stands_still_is_only_kept_alive():
    assert interval(report("paused", 1)) == interval(report("finished", 30)) == KEPT_ALIVE
    assert interval(report("paused", 1, pending=True)) == EVERY
