"""Who may have how many runs, and what goes when there is no room; memory stays bounded."""

import gc
import weakref

import pytest

from explorer.runs import Engine, TooManyRuns, UnknownRun
from tests.runs.fakes import Visitor, Walk


def gone(visitor: Visitor) -> bool:
    try:
        visitor.poll()
    except UnknownRun:
        return True
    return False


def test_one_visit_may_watch_four_runs(engine, clock):
    visitors = [Visitor(engine, Walk(seed=k)) for k in range(4)]
    with pytest.raises(TooManyRuns, match="4 runs"):
        Visitor(engine, Walk(seed=9))
    Visitor(engine, Walk(seed=9), "somebody else")
    assert not any(gone(visitor) for visitor in visitors)


def test_a_fifth_run_takes_the_place_of_the_oldest_unwatched_one(engine, clock):
    visitors = [Visitor(engine, Walk(seed=k)) for k in range(4)]
    clock.tick(2)
    [visitors[k].poll() for k in (0, 3)]
    clock.tick(2)
    visitors.append(Visitor(engine, Walk(seed=9)))
    assert [gone(visitor) for visitor in visitors] == [False, True, False, False, False]


def test_the_process_has_so_many_places(clock):
    engine = Engine(clock, runs=10)
    visitors = [Visitor(engine, Walk(seed=k), f"v{k}") for k in range(10)]
    with pytest.raises(TooManyRuns, match="10 places"):
        Visitor(engine, Walk(), "one more")
    clock.tick(4)
    [visitor.poll() for visitor in visitors if visitor.visit != "v7"]
    Visitor(engine, Walk(), "one more")
    assert [visitor.visit for visitor in visitors if gone(visitor)] == ["v7"]
    assert engine.stats().runs == 10


def test_unwatched_runs_make_room_when_much_is_kept(clock):
    engine = Engine(clock, size=200_000)
    visitors = [Visitor(engine, Walk(seed=k, clock=clock, size=10_000), f"v{k}") for k in range(3)]
    for visitor in visitors:
        visitor.play_to(3)
        clock.tick(4)
    visitors[1].poll()
    Visitor(engine, Walk(seed=9), "one more")
    assert [gone(visitor) for visitor in visitors] == [True, False, False]


def test_runs_that_nobody_looks_at_for_long_go(engine, clock):
    walk = Walk(clock=clock)
    me, other = Visitor(engine, walk), Visitor(engine, Walk(seed=1, clock=clock), "b")
    engine.turn(), engine.turn()
    clock.tick(500)
    other.poll()
    clock.tick(104)
    assert not engine.turn() and gone(me) and not gone(other)
    engine.turn()
    assert walk.log.closed == 1


def test_five_hundred_runs_leave_no_trace(engine, clock):
    arrays = []

    class Counted(Walk):
        def slices(self, changes, wanted):
            for frame in super().slices(changes, wanted):
                arrays.extend(weakref.ref(array) for array in frame.arrays.values())
                yield frame

    experiments = weakref.WeakSet()
    for k in range(500):
        walk = Counted(seed=k, clock=clock, size=1000, cost=0.001)
        experiments.add(walk)
        visitor = Visitor(engine, walk, f"v{k % 100}")
        visitor.play_to(20)
        assert visitor.poll().state == "playing"
        visitor.change(2.0) if k % 3 else visitor.reset()
        clock.tick(4)
        del walk, visitor
    engine.turn()
    gc.collect()
    assert sum(array() is not None for array in arrays) < len(arrays) / 5
    assert engine.stats().runs == engine.stats().courses == len(experiments) == 64
    clock.tick(10_000)
    engine.turn(), engine.turn()
    gc.collect()
    alive = sum(array() is not None for array in arrays)
    assert (engine.stats().runs, engine.stats().courses, len(experiments), alive) == (0, 0, 0, 0)
    assert len(arrays) >= 1000


def test_forks_leave_no_trace_either(engine, clock):
    walk = Walk(clock=clock, steps=10**6)
    me, _ = Visitor(engine, walk), Visitor(engine, walk, "company")
    me.play_to(20)
    for k in range(50):
        me.change(1 + k / 100)
        engine.turn()
        me.reset()
        me.play_to(10)
        me.poll()
    assert engine.stats().courses <= 2
    engine.turn()
    assert walk.log.begun - walk.log.closed <= 2
