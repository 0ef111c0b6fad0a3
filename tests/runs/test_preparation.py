import threading

import pytest

from explorer.runs import Engine
from tests.runs.fakes import PreparedWalk, Visitor, Walk, places
from tests.runs.test_worker import until


def test_a_run_prepares_before_its_first_step(engine, clock):
    walk = PreparedWalk(clock=clock)
    me = Visitor(engine, walk)
    me.play()
    assert me.poll().state == "preparing" and not engine.turn()
    assert engine.prepare_next() and not engine.prepare_next()
    me.play_to(5)
    assert walk.log.prepared == 1 and me.places() == places(walk, me.poll().position)


def test_equal_experiments_are_prepared_once(engine, clock):
    walk = PreparedWalk(clock=clock)
    visitors = [Visitor(engine, walk, f"v{k}") for k in range(5)]
    [visitor.poll() for visitor in visitors]
    while engine.prepare_next():
        pass
    assert walk.log.prepared == 1


def test_what_is_prepared_stays_so_in_a_fork(engine, clock):
    walk = PreparedWalk(clock=clock)
    me, _ = Visitor(engine, walk), Visitor(engine, walk, "company")
    engine.prepare_next()
    me.play_to(5)
    me.change(3)
    me.play_to(20)
    assert walk.log.prepared == 1


def test_a_failure_to_prepare_is_kept_and_not_repeated_for_the_next_who_tries(engine, clock, caplog):
    me = Visitor(engine, PreparedWalk(clock=clock, fails_to_prepare=True))
    engine.prepare_next()
    assert me.poll().state == "failed" and "FileNotFoundError" in me.poll().error
    assert "secret" not in me.poll().error and "/secret" not in caplog.text.replace('"/secret/words.txt"', "")
    again = Visitor(engine, PreparedWalk(clock=clock, fails_to_prepare=True), "b")
    assert again.poll().state == "preparing"


def test_who_has_left_is_not_prepared_for(engine, clock):
    walk = PreparedWalk(clock=clock)
    me = Visitor(engine, walk)
    engine.drop(me.name, "me")
    engine.prepare_next()
    assert walk.log.prepared == 0


def test_others_train_while_one_prepares():
    gate = threading.Event()

    class Slow(Walk):
        def prepare(self):
            gate.wait(20)

    engine = Engine()
    engine.launch()
    slow, quick = Visitor(engine, Slow(), "slow"), Visitor(engine, Walk(seed=1, steps=20), "quick")
    quick.play()
    until(lambda: quick.poll().state == "finished")
    assert slow.poll().state == "preparing"
    gate.set()
    until(lambda: slow.poll().state == "ready")
    engine.close()
    assert not any(thread.is_alive() for thread in engine._threads)


@pytest.mark.parametrize("field", ["prepare", "check_change"])
def test_both_are_optional(engine, clock, field):
    class Bare:
        def __init__(self, walk):
            self.slices = walk.slices

    me = Visitor(engine, Bare(Walk(clock=clock)))
    me.play_to(3)
    assert me.poll().last_step is None and not hasattr(Bare, field)


def test_a_change_after_a_failed_preparation_prepares_again(engine, clock):
    walk = PreparedWalk(clock=clock, fails_to_prepare=True)
    me = Visitor(engine, walk)
    engine.prepare_next()
    me.change(3)
    assert engine.prepare_next() and not engine.turn()
    assert walk.log.prepared == 2 and walk.log.begun == 0
