"""One visitor: play, pause, step, reset, stop, leases and errors."""

from dataclasses import dataclass

import pytest

from explorer.frame import Change
from explorer.runs import NotYours, UnknownRun
from tests.runs.fakes import Visitor, Walk, places


def test_a_new_run_shows_its_untrained_model_and_waits(engine, clock):
    me = Visitor(engine, Walk(clock=clock))
    assert me.poll().state == "preparing"
    assert engine.turn() and not engine.turn()
    report = me.poll()
    assert (report.state, report.position, report.tip, report.last_step) == ("ready", 0, 0, 1000)
    assert not report.pending and report.error is None and report.steps_per_second == 0
    (first,) = report.frames
    assert first.step == 0 and first.arrays and first.weights


def test_one_turn_is_one_quantum(engine, clock):
    me = Visitor(engine, Walk(clock=clock, cost=0.004))
    engine.turn()
    me.play()
    engine.turn()
    assert me.poll().position == 4  # 4 x 4 ms is the first to reach 15 ms


def test_a_long_step_is_a_turn_by_itself_and_its_pieces_too(engine, clock):
    log_before = Walk(clock=clock, cost=0.05, pieces=3)
    me = Visitor(engine, log_before)
    me.play()
    assert [engine.turn() and me.poll().position for _ in range(3)] == [0, 1, 2]


def test_play_to_the_end(engine, clock):
    me = Visitor(engine, Walk(steps=30, clock=clock))
    me.play_to(30)
    engine.turn()
    report = me.poll()
    assert (report.state, report.position, report.pending) == ("finished", 30, False)
    assert me.places() == places(Walk(), 30)
    assert report.frames[-1].weights and not engine.turn()


def test_only_new_frames_are_sent(engine, clock):
    me = Visitor(engine, Walk(clock=clock))
    me.play_to(10)
    assert [frame.step for frame in me.poll(7).frames] == list(range(8, me.poll().position + 1))


def test_frames_are_passed_on_not_copied(engine, clock):
    me = Visitor(engine, Walk(clock=clock))
    me.play_to(10)
    assert all(one is two for one, two in zip(me.poll().frames, me.poll().frames, strict=True))


def test_pause_holds_at_once_and_play_goes_on(engine, clock):
    walk = Walk(steps=60, clock=clock)
    me = Visitor(engine, walk)
    me.play_to(20)
    me.pause()
    position, updates = me.poll().position, walk.log.updates
    assert me.poll().state == "paused" and not me.poll().pending
    assert not engine.turn() and walk.log.updates == updates
    me.play_to(60)
    assert position < 60 and me.places() == places(walk, 60)


def test_pause_in_the_middle_of_a_quantum(engine, clock):
    walk = Walk(clock=clock, cost=0.001)
    me = Visitor(engine, walk)
    me.play_to(5)
    position = me.poll().position
    tick = clock.tick

    def pause_during_a_step(seconds):
        tick(seconds)
        me.pause()

    clock.tick = pause_during_a_step
    engine.turn()
    # the step that had begun is taken along, and no other
    assert (me.poll().position, me.poll().state, me.poll().tip) == (position + 1, "paused", position + 1)
    assert me.poll().frames[-1].step == position + 1


def test_step_is_one_update_with_its_picture(engine, clock):
    walk = Walk(clock=clock)
    me = Visitor(engine, walk)
    engine.turn()
    for step in (1, 2, 3):
        me.step()
        assert me.poll().pending
        engine.turn()
        report = me.poll()
        assert (report.position, report.state, report.pending) == (step, "paused", False)
        assert report.frames[-1].arrays and report.frames[-1].weights
    assert not engine.turn() and walk.log.updates == 4


def test_hasty_steps_add_up(engine, clock):
    me = Visitor(engine, Walk(clock=clock))
    engine.turn()
    for _ in range(3):
        me.step()
    engine.turn()
    assert me.poll().position == 3 and not engine.turn()
    assert [bool(frame.arrays) for frame in me.poll().frames] == [True] * 4


def test_a_step_while_playing_pauses(engine, clock):
    me = Visitor(engine, Walk(clock=clock))
    me.play_to(10)
    position = me.poll().position
    me.step()
    while engine.turn():
        pass
    assert (me.poll().position, me.poll().state) == (position + 1, "paused")


def test_reset_and_replay_compute_nothing_twice(engine, clock):
    walk = Walk(steps=100, clock=clock)
    me = Visitor(engine, walk)
    me.play_to(40)
    tip = me.poll().position
    me.reset()
    report = me.poll()
    assert (report.state, report.position, report.tip, len(report.frames)) == ("ready", 0, tip, 1)
    updates = walk.log.updates
    me.step()
    assert (me.poll().position, me.poll().state) == (1, "paused")
    me.play()
    seen = []
    while me.poll().position < tip:
        assert not engine.turn() and me.poll().state == "playing"
        seen.append(me.poll().position)
        clock.tick(0.01)
    assert walk.log.updates == updates and seen == sorted(seen) and len(set(seen)) > 10
    me.play_to(100)
    assert walk.log.begun == 1 and me.places() == places(walk, 100)


def test_a_replay_goes_about_as_fast_as_computing_did(engine, clock):
    me = Visitor(engine, Walk(steps=2000, clock=clock, cost=0.01))
    me.play_to(1000)
    me.reset()
    me.play()
    me.poll()
    for _ in range(10):
        clock.tick(0.2)
        report = me.poll()
    assert report.position == pytest.approx(2 * 100, rel=0.35)
    assert report.steps_per_second == pytest.approx(100, rel=0.35)


def test_a_replay_of_a_finished_run_takes_twenty_seconds_at_most(engine, clock):
    me = Visitor(engine, Walk(steps=400, clock=clock, cost=0.5))
    me.play_to(400)
    engine.turn()
    me.reset()
    me.play()
    for _ in range(int(20.5 / 0.25)):
        clock.tick(0.25)
        report = me.poll()
    assert (report.position, report.state) == (400, "finished")


def test_stop_ends_for_good_and_closes_the_iterator(engine, clock):
    walk = Walk(clock=clock)
    me = Visitor(engine, walk)
    me.play_to(20)
    me.stop()
    position = me.poll().position
    assert me.poll().state == "finished" and not engine.turn()
    assert walk.log.closed == 1
    for action in (me.play, me.step, me.pause):
        action()
    assert not engine.turn() and me.poll().position == position and me.places() == places(walk, position)
    with pytest.raises(ValueError, match="Reset"):
        me.change(2.0)


def test_reset_after_stop_begins_again(engine, clock):
    walk = Walk(clock=clock)
    me = Visitor(engine, walk)
    me.play_to(20)
    me.stop()
    stopped = me.poll().position
    engine.turn()
    me.reset()
    assert (me.poll().state, me.poll().position, me.poll().tip) == ("ready", 0, stopped)
    me.play_to(stopped + 5)
    assert walk.log.begun == 2 and me.places() == places(walk, me.poll().position)


def test_a_lapsed_lease_pauses_and_the_run_goes_on_bit_for_bit(engine, clock):
    walk = Walk(steps=60, clock=clock)
    me = Visitor(engine, walk)
    me.play_to(20)
    clock.tick(3.01)
    updates = walk.log.updates
    assert not engine.turn() and walk.log.updates == updates
    clock.tick(300)
    assert me.poll().state == "playing" and engine.turn()
    me.play_to(60)
    assert me.places() == places(walk, 60) and walk.log.begun == 1


def test_a_lease_is_renewed_by_a_poll_a_command_or_a_sign_of_life(engine, clock):
    walk = Walk(clock=clock)
    me = Visitor(engine, walk)
    me.play()
    for renew in (me.poll, me.play, lambda: engine.keep_alive(me.name, "me")):
        renew()
        clock.tick(2.9)
        assert engine.turn()
        clock.tick(0.2)
        assert not engine.turn()


def test_the_time_nobody_looked_is_not_replayed(engine, clock):
    me = Visitor(engine, Walk(clock=clock))
    me.play_to(300)
    me.reset()
    me.play()
    clock.tick(500)
    assert me.poll().position == 0


def test_errors_meant_for_people_are_told_and_the_frames_stay(engine, clock):
    me = Visitor(engine, Walk(clock=clock, fails_at=7))
    me.play_to(99)
    report = me.poll()
    assert (report.state, report.error, report.position) == ("failed", "the walk fell off a cliff", 6)
    assert me.places() == places(Walk(), 6) and not report.pending and not engine.turn()


def test_faults_of_the_program_tell_their_kind_only(engine, clock, caplog):
    me = Visitor(engine, Walk(clock=clock, fails_at=7, error=ZeroDivisionError))
    me.play_to(99)
    assert "ZeroDivisionError" in me.poll().error and "cliff" not in me.poll().error
    assert "ZeroDivisionError" in caplog.text and "fakes.py" in caplog.text
    assert "fell off" not in caplog.text.replace('raise self.error("the walk fell off a cliff")', "")


def test_an_exception_never_touches_another_run(engine, clock):
    good = Visitor(engine, Walk(seed=1, steps=50, clock=clock), "a")
    bad = Visitor(engine, Walk(seed=2, steps=50, clock=clock, fails_at=9, error=KeyError), "b")
    bad.play()
    good.play_to(50)
    assert bad.poll().state == "failed"
    assert good.poll().state == "finished" or engine.turn()
    assert good.places() == places(Walk(seed=1), 50)


def test_a_failed_run_can_be_looked_at_again_and_changed_before_it_failed(engine, clock):
    me = Visitor(engine, Walk(clock=clock, fails_at=7))
    me.play_to(99)
    me.change(0.5)
    assert (me.poll().state, me.poll().changes) == ("catching up", (Change(7, "stride", 0.5),))
    while engine.turn():
        pass
    assert (me.poll().state, me.poll().position, me.poll().error) == ("paused", 6, None)
    me.reset()
    assert me.poll().state == "ready"


class Cliff(ValueError):
    """It was the step before that led here."""

    again = 2000


@dataclass(frozen=True)
class Steep(Walk):
    """A walk that falls when it has made its step 2000 in long strides."""

    def slices(self, changes, wanted):
        strides = {}
        for frame in super().slices(changes, wanted):
            yield frame
            strides[frame.step] = frame.metrics["stride"]
            if frame.step == 2001 and strides[2000] > 0.5:
                raise Cliff("too steep")


def test_the_step_that_led_to_a_failure_is_made_anew_with_the_change(engine, clock):
    me = Visitor(engine, Steep(clock=clock, steps=2100))
    me.play_to(9999)
    assert (me.poll().state, me.poll().position, len(me.poll().frames) < 1000) == ("failed", 2001, True)
    me.change(1.0)
    assert (me.poll().state, me.poll().position, me.poll().changes) == ("failed", 2001, ()), "no change at all"
    me.change(0.5)
    change = Change(2000, "stride", 0.5)
    assert me.poll().changes == (change,) and me.poll().position < 2000
    me.play_to(9999)
    assert (me.poll().state, me.poll().position, me.poll().error) == ("finished", 2100, None)
    alone = places(Walk(steps=2100), 2100, (change,))
    assert all(frame.metrics["place"] == alone[frame.step] for frame in me.poll().frames)


def test_names_cannot_be_guessed_and_belong_to_a_visit(engine, clock):
    me, other = Visitor(engine, Walk(clock=clock), "me"), Visitor(engine, Walk(clock=clock), "you")
    assert me.name != other.name and len(me.name) >= 20
    for call in (
        lambda: engine.frames_since(me.name, "you"),
        lambda: engine.command(me.name, "you", "play"),
        lambda: engine.command(me.name, "you", "change", "stride", 2.0),
        lambda: engine.keep_alive(me.name, "you"),
        lambda: engine.drop(me.name, "you"),
    ):
        with pytest.raises(NotYours):
            call()
    with pytest.raises(UnknownRun):
        engine.frames_since("nonsense", "me")


def test_an_unknown_action_is_refused(engine, clock):
    me = Visitor(engine, Walk(clock=clock))
    with pytest.raises(ValueError, match="dance"):
        engine.command(me.name, "me", "dance")


def test_a_dropped_run_is_gone(engine, clock):
    walk = Walk(clock=clock)
    me = Visitor(engine, walk)
    engine.turn()
    engine.drop(me.name, "me")
    engine.drop(me.name, "me")
    with pytest.raises(UnknownRun):
        me.poll()
    assert not engine.turn() and walk.log.closed == 1


def test_the_engine_in_numbers(engine, clock):
    mine, yours = Visitor(engine, Walk(clock=clock), "a"), Visitor(engine, Walk(clock=clock, seed=3), "b")
    mine.play_to(700)
    stats = engine.stats()
    assert (stats.runs, stats.watched_runs, stats.courses) == (2, 1, 2)
    assert stats.steps_per_second == pytest.approx(200, rel=0.1) == mine.poll().steps_per_second
    yours.poll()
    assert mine.poll().watched_runs == 1, "a run that is only looked at takes no time"
    engine.command(yours.name, "b", "play")
    assert mine.poll().watched_runs == 2


def test_pictures_are_taken_on_demand_and_seldom_when_dear(engine, clock):
    walk = Walk(steps=4000, clock=clock, cost=0.005, picture_cost=0.05)
    me = Visitor(engine, walk)
    me.play_to(4000)
    share = 0.05 * len(walk.log.pictured) / (0.005 * 4000 + 0.05 * len(walk.log.pictured))
    assert 0.06 < share < 0.13
    assert walk.log.pictured[0] == 0 and walk.log.pictured[-1] == 4000


def test_nobody_at_the_tip_means_no_picture(engine, clock):
    walk = Walk(steps=4000, clock=clock)
    me = Visitor(engine, walk)
    me.play()
    while walk.log.updates < 2000:
        engine.keep_alive(me.name, "me")
        engine.turn()
    assert walk.log.pictured == [0]


def test_what_may_not_happen_again_is_tried_again_after_a_reset(engine, clock):
    class Once(Walk):
        failed = False

        def _walk(self, changes, wanted):
            for frame in super()._walk(changes, wanted):
                if frame is not None and frame.step == 3 and not Once.failed:
                    Once.failed = True
                    raise MemoryError
                yield frame

    me = Visitor(engine, Once(steps=9, clock=clock))
    me.play_to(9)
    assert me.poll().state == "failed" and "MemoryError" in me.poll().error
    me.reset()
    me.play_to(9)
    assert me.poll().state == "finished" and me.poll().position == 9
