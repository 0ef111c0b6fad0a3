"""Turns: nobody starves, and nothing is computed that nobody waits for."""

import threading
import time

import pytest

from explorer.runs import Engine
from tests.runs.fakes import Visitor, Walk, places


def test_a_hundred_runs_all_advance_in_every_round(clock):
    engine = Engine(clock, runs=200)
    visitors = [Visitor(engine, Walk(seed=k, clock=clock, steps=10**6), f"v{k}") for k in range(100)]
    for visitor in visitors:
        visitor.play()
    before = [0] * 100
    for _ in range(10):
        for _ in range(100):
            engine.turn()
            [engine.keep_alive(visitor.name, visitor.visit) for visitor in visitors]
        now = [visitor.poll().position for visitor in visitors]
        assert all(after > earlier for after, earlier in zip(now, before, strict=True))
        before = now
    assert max(before) <= 1.1 * min(before)


def test_slow_steps_and_quick_ones_share_time_and_not_turns(clock):
    engine = Engine(clock)
    costs = {"slow": 0.05, "middling": 0.02, "quick": 0.001}
    visitors = {
        name: Visitor(engine, Walk(seed=k, clock=clock, cost=cost, steps=10**6), name)
        for k, (name, cost) in enumerate(costs.items())
    }
    for visitor in visitors.values():
        visitor.play()
    until = clock.now + 20
    while clock.now < until:
        engine.turn()
        [visitor.poll() for visitor in visitors.values()]
    shares = [visitors[name].poll().position * cost for name, cost in costs.items()]
    assert max(shares) <= 1.05 * min(shares) and sum(shares) == pytest.approx(20, rel=0.02)
    assert [visitors[name].poll().seconds[-1] for name in costs] == pytest.approx(shares, rel=0.02)


def test_standing_still_earns_no_time(clock):
    engine = Engine(clock)
    early, late = (Visitor(engine, Walk(seed=k, clock=clock, cost=0.01, steps=10**6), f"v{k}") for k in range(2))
    late.play()
    late.pause()
    early.play()
    for _ in range(500):
        engine.turn()
        early.poll(), late.poll()
    late.play()
    before = early.poll().position, late.poll().position
    for _ in range(20):
        engine.turn()
        early.poll(), late.poll()
    gained = early.poll().position - before[0], late.poll().position - before[1]
    assert gained[0] == pytest.approx(gained[1], abs=2)


def test_a_crowd_computes_as_much_as_one(clock):
    def updates(visits: int) -> int:
        engine = Engine(clock)
        walks = [Walk(seed=k, clock=clock, steps=10**6) for k in range(visits)]
        visitors = [Visitor(engine, walk, f"v{k}") for k, walk in enumerate(walks)]
        [visitor.play() for visitor in visitors]
        until = clock.now + 20
        while clock.now < until:
            engine.turn()
            [visitor.poll() for visitor in visitors]
        return sum(walk.log.updates for walk in walks)

    assert updates(30) == pytest.approx(updates(1), rel=0.02)


def test_a_fault_in_a_training_that_does_not_let_itself_be_closed(clock, caplog):
    class Stubborn(Walk):
        def slices(self, changes, wanted):
            try:
                yield from super().slices(changes, wanted)
            finally:
                raise RuntimeError("no")

    engine = Engine(clock)
    stubborn, good = Visitor(engine, Stubborn(clock=clock), "a"), Visitor(engine, Walk(clock=clock, steps=9), "b")
    engine.turn(), engine.turn()
    engine.drop(stubborn.name, "a")
    good.play_to(9)
    assert good.places() == places(Walk(steps=9), 9) and "RuntimeError" in caplog.text


def until(condition, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.002)


@pytest.fixture
def launched():
    engine = Engine()
    engine.launch()
    yield engine
    engine.close()


def test_the_thread_computes_while_the_page_waits(launched):
    walk = Walk(steps=200)
    me = Visitor(launched, walk)
    until(lambda: me.poll().state == "ready")
    me.play()
    until(lambda: me.poll().state == "finished")
    assert me.places() == places(walk, 200)


def test_the_thread_survives_whatever_a_training_raises(launched):
    bad = Visitor(launched, Walk(fails_at=3, error=MemoryError), "a")
    bad.play()
    until(lambda: bad.poll().state == "failed")
    good = Visitor(launched, Walk(seed=1, steps=20), "b")
    good.play()
    until(lambda: good.poll().state == "finished")


def test_the_thread_sleeps_when_there_is_nothing_to_do(launched):
    looks = 0
    turn = launched._worker.turn

    def counting():
        nonlocal looks
        looks += 1
        return turn()

    launched._worker.turn = counting
    me = Visitor(launched, Walk())
    until(lambda: me.poll().state == "ready")
    me.poll()
    time.sleep(0.05)
    before = looks
    time.sleep(0.3)
    assert looks - before <= 1


def test_close_ends_the_threads_and_closes_the_iterators():
    engine, walks = Engine(), [Walk(seed=seed, steps=10**7) for seed in range(3)]
    engine.launch()
    visitors = [Visitor(engine, walk, f"v{walk.seed}") for walk in walks]
    for visitor in visitors:
        visitor.play()
    until(lambda: all(walk.log.updates > 3 for walk in walks))
    engine.close()
    assert not any(thread.is_alive() for thread in engine._threads)
    assert [walk.log.closed for walk in walks] == [1, 1, 1]


def test_a_poll_never_waits_for_a_step(launched):
    begun, go_on = threading.Event(), threading.Event()

    class Slow(Walk):
        def slices(self, changes, wanted):
            for frame in super().slices(changes, wanted):
                yield frame
                begun.set()
                go_on.wait(20)

    me = Visitor(launched, Slow())
    me.play()
    assert begun.wait(20)
    assert (me.poll().state, me.poll().position) == ("playing", 0)
    me.change(2.0)
    me.pause()
    assert me.poll().state == "ready" and me.poll().pending
    assert Visitor(launched, Walk(), "another").poll().state == "preparing"
    assert not go_on.is_set()
    go_on.set()
    until(lambda: not me.poll().pending)
    assert (me.poll().state, me.poll().position) == ("paused", 1)


def test_changes_while_the_thread_runs_replay_to_the_bit(launched):
    walk = Walk(steps=30_000, pieces=1)
    me = Visitor(launched, walk)
    me.play()
    for value in (2, 3, 0.5, 7):
        at = me.poll().position
        until(lambda at=at: me.poll().position > at + 200)
        me.change(value)
    me.pause()
    until(lambda: not me.poll().pending)
    changes, position = me.poll().changes, me.poll().position
    alone = places(walk, position, changes)
    assert len(changes) == 4 and walk.log.begun == 1
    assert all(frame.metrics["place"] == alone[frame.step] for frame in me.poll().frames)
