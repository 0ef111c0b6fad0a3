"""Many visitors: equal experiments are computed once, until somebody changes something."""

import numpy as np
import pytest

from explorer.frame import Change, Frame, same_bits
from tests.runs.fakes import Visitor, Walk, places


def computed(engine) -> None:
    while engine.turn():
        pass


def test_thirty_visits_to_one_link_cost_one_computation(engine, clock):
    walk = Walk(steps=50, clock=clock)
    visitors = [Visitor(engine, walk, f"v{k}") for k in range(30)]
    for visitor in visitors:
        visitor.play()
    for _ in range(200):
        for visitor in visitors:
            visitor.poll()
        engine.turn()
    assert (walk.log.begun, walk.log.updates) == (1, 51)
    assert all(visitor.poll().state == "finished" for visitor in visitors)
    assert all(visitor.places() == places(walk, 50) for visitor in visitors)
    assert engine.stats().courses == 1


def test_each_visitor_has_a_place_of_their_own(engine, clock):
    walk = Walk(clock=clock)
    first, second = Visitor(engine, walk, "a"), Visitor(engine, walk, "b")
    first.play_to(50)
    assert (second.poll().position, second.poll().state) == (0, "ready")
    second.step()
    assert (second.poll().position, second.poll().state) == (1, "paused")
    first.pause()
    second.play_to(80)
    assert first.poll().position < second.poll().position
    assert first.poll().frames[-1].step == first.poll().position


def test_a_latecomer_catches_up_with_a_course_that_goes_on(engine, clock):
    walk = Walk(steps=100_000, clock=clock)
    first, late = Visitor(engine, walk, "a"), Visitor(engine, walk, "b")
    first.play_to(400)
    late.play()
    for _ in range(3000):
        first.poll(), late.poll()
        engine.turn()
    assert late.poll().position == late.poll().tip == first.poll().position


def test_a_run_left_alone_stays_where_it_was(engine, clock):
    walk = Walk(clock=clock)
    first, second = Visitor(engine, walk, "a"), Visitor(engine, walk, "b")
    second.play()
    first.play_to(20)
    left = second.poll().position
    for _ in range(400):
        first.poll()
        engine.turn()
    assert first.poll().position > left + 600
    assert left <= second.poll().position <= left + 650


def test_a_stopped_run_leaves_the_course_to_the_others(engine, clock):
    walk = Walk(steps=60, clock=clock)
    first, second = Visitor(engine, walk, "a"), Visitor(engine, walk, "b")
    first.play_to(10)
    second.play()
    first.stop()
    assert walk.log.closed == 0
    second.play_to(60)
    assert walk.log.begun == 1 and second.places() == places(walk, 60)


def test_a_change_of_the_only_user_is_made_in_place(engine, clock):
    walk = Walk(steps=60, clock=clock)
    me = Visitor(engine, walk)
    me.play_to(20)
    me.pause()
    at = me.poll().position + 1
    me.change(3)
    assert me.poll().changes == (Change(at, "stride", 3.0),)
    me.play_to(60)
    assert walk.log.begun == 1
    assert me.places() == places(walk, 60, (Change(at, "stride", 3.0),))


def test_changed_runs_replay_to_the_bit(engine, clock):
    walk = Walk(steps=80, clock=clock, pieces=2, cost=0.02)
    me = Visitor(engine, walk)
    for step, stride in ((10, 3.0), (20, 0.5), (21, 7.0), (50, 1.0)):
        me.play_to(step)
        me.change(stride)
    me.play_to(80)
    changes = me.poll().changes
    assert [change.value for change in changes] == [3.0, 0.5, 7.0, 1.0]
    assert me.places() == places(walk, 80, changes)


def test_a_change_in_the_middle_of_a_step_waits_for_the_next(engine, clock):
    walk = Walk(steps=40, clock=clock, pieces=1)
    me = Visitor(engine, walk)
    me.play_to(5)
    position, tick = me.poll().position, clock.tick

    def change_during_a_step(seconds):
        clock.tick = tick
        tick(seconds)
        me.change(9.0)

    clock.tick = change_during_a_step
    engine.turn()
    assert me.poll().changes == (Change(position + 2, "stride", 9.0),)
    me.play_to(40)
    assert walk.log.begun == 1 and me.places() == places(walk, 40, me.poll().changes)


def test_the_last_of_several_changes_at_a_step_wins_and_going_back_is_no_change(engine, clock):
    me = Visitor(engine, Walk(clock=clock))
    me.play_to(5)
    me.pause()
    at = me.poll().position + 1
    for value, left in ((2, (Change(at, "stride", 2.0),)), (3, (Change(at, "stride", 3.0),)), (1, ())):
        me.change(value)
        assert me.poll().changes == left


def test_what_the_experiment_refuses_reaches_the_visitor(engine, clock):
    me = Visitor(engine, Walk(clock=clock))
    for name, value in (("seed", 1), ("stride", 99)):
        with pytest.raises(ValueError, match=name):
            me.change(value, name)
    assert me.poll().changes == ()


def test_a_change_in_company_forks(engine, clock):
    walk = Walk(steps=60, clock=clock)
    first, second = Visitor(engine, walk, "a"), Visitor(engine, walk, "b")
    second.play()
    first.play_to(20)
    second.poll()
    at, before = first.poll().position + 1, first.poll().frames
    first.change(4)
    report = first.poll()
    assert (report.state, report.position) == ("catching up", at - 1)
    assert all(same_bits(*pair) for pair in zip(report.frames, before, strict=True))
    first.play_to(60), second.play_to(60)
    assert first.places() == places(walk, 60, (Change(at, "stride", 4.0),))
    assert second.places() == places(walk, 60) and second.poll().changes == ()
    assert walk.log.begun == 2


def test_a_paused_run_that_forks_catches_up_and_is_paused_again(engine, clock):
    walk = Walk(clock=clock)
    first, _ = Visitor(engine, walk, "a"), Visitor(engine, walk, "b")
    first.play_to(20)
    first.pause()
    position = first.poll().position
    first.change(4)
    assert first.poll().pending
    computed(engine)
    assert (first.poll().state, first.poll().position) == ("paused", position)
    updates = walk.log.updates
    first.step()
    computed(engine)
    assert first.poll().position == position + 1 and walk.log.updates == updates + 1


def test_how_far_it_has_caught_up_is_told(engine, clock):
    me, company = Visitor(engine, Walk(clock=clock), "me"), Visitor(engine, Walk(clock=clock), "company")
    assert me.poll().made == -1
    company.poll()
    me.play_to(40)
    me.pause()
    assert me.poll().made == me.poll().position == me.poll().tip
    me.change(2)
    seen = [me.poll().made]
    while me.poll().state == "catching up":
        engine.turn()
        seen.append(me.poll().made)
    assert seen[0] == -1 and seen[-1] == me.poll().position >= 40
    assert seen == sorted(seen) and len(set(seen)) > 5


def test_pause_while_catching_up(engine, clock):
    walk = Walk(clock=clock)
    first, _ = Visitor(engine, walk, "a"), Visitor(engine, walk, "b")
    first.play_to(50)
    first.change(4)
    engine.turn()
    first.pause()
    assert first.poll().state == "paused" and not engine.turn()
    position = first.poll().position
    first.play_to(position + 10)
    assert first.places() == places(walk, first.poll().position, first.poll().changes)


def test_going_back_and_deciding_anew_drops_later_changes(engine, clock):
    walk = Walk(steps=60, clock=clock)
    me = Visitor(engine, walk)
    me.play_to(20)
    me.change(4)
    me.play_to(40)
    me.reset()
    for _ in range(3):
        me.step()
    me.change(2)
    assert me.poll().changes == (Change(4, "stride", 2.0),)
    me.play_to(60)
    assert me.places() == places(walk, 60, (Change(4, "stride", 2.0),))
    assert walk.log.closed == 1 + (walk.log.begun - 1)  # the old course is closed, the new one is at its end


def test_those_who_change_the_same_share_again(engine, clock):
    walk = Walk(steps=60, clock=clock)
    visitors = [Visitor(engine, walk, f"v{k}") for k in range(5)]
    engine.turn()
    for visitor in visitors:
        visitor.step()
        engine.turn()
        visitor.change(2)
    for visitor in visitors:
        visitor.play_to(60)
    assert walk.log.begun == 2 and engine.stats().courses == 1
    assert all(visitor.places() == places(walk, 60, (Change(2, "stride", 2.0),)) for visitor in visitors)


def test_a_changed_course_is_no_longer_found_under_its_old_name(engine, clock):
    walk = Walk(steps=30, clock=clock)
    me = Visitor(engine, walk, "a")
    me.play_to(10)
    me.change(5)
    other = Visitor(engine, walk, "b")
    other.play_to(30)
    assert other.places() == places(walk, 30)
    same = Visitor(engine, walk, "c", changes=me.poll().changes)
    assert same.poll().tip == me.poll().tip


def test_interleaved_runs_are_equal_to_the_bit_to_runs_alone(engine, clock):
    walks = [Walk(seed=seed, steps=40, clock=clock, pieces=seed % 3, cost=0.004 * (seed + 1)) for seed in range(6)]
    visitors = [Visitor(engine, walk, f"v{k}") for k, walk in enumerate(walks)]
    for visitor in visitors:
        visitor.play()
    for _ in range(600):
        [visitor.poll() for visitor in visitors]
        engine.turn()
    assert all(visitor.places() == places(walk, 40) for visitor, walk in zip(visitors, walks, strict=True))


def opened(engine, walk: Walk, upto: int, visit="me", changes=()) -> tuple[Visitor, list[Frame]]:
    frames = [frame for frame in walk.slices(changes, lambda step: step % 5 == 0) if frame is not None][: upto + 1]
    return Visitor(engine, walk, visit, changes=changes, frames=frames), frames


def test_an_opened_run_is_there_at_once_and_computes_nothing_until_asked(engine, clock):
    me, frames = opened(engine, Walk(), 25)
    assert not engine.turn()
    report = me.poll()
    assert (report.state, report.position, report.pending) == ("paused", 25, False)
    assert all(one is two for one, two in zip(report.frames, frames, strict=True))


def test_an_opened_run_plays_on_bit_for_bit(engine, clock):
    walk, changes = Walk(steps=60, clock=clock), (Change(9, "stride", 3.0),)
    me, frames = opened(engine, walk, 25, changes=changes)
    walk.log.pictured.clear()
    me.play()
    engine.turn()
    assert me.poll().state == "catching up" and me.poll().position == 25
    me.play_to(60)
    assert me.places() == places(walk, 60, changes)
    assert me.poll().frames[:26] == tuple(frames) and min(walk.log.pictured) > 25


def test_an_opened_run_steps_on(engine, clock):
    me, _ = opened(engine, Walk(clock=clock), 25)
    me.step()
    computed(engine)
    assert (me.poll().position, me.poll().state) == (26, "paused") and me.poll().frames[-1].arrays


def test_an_opened_run_that_was_at_its_end_is_finished(engine, clock):
    me, _ = opened(engine, Walk(steps=25), 25)
    assert me.poll().state == "finished"
    me.play()
    assert not engine.turn()


def test_frames_out_of_a_file_are_shown_to_nobody_else(engine, clock):
    walk = Walk(clock=clock, steps=60)
    forged = [Frame(step, {"place": 666.0, "stride": 1.0}, {"place": np.zeros(3)}) for step in range(30)]
    forger = Visitor(engine, walk, "forger", frames=forged)
    victim = Visitor(engine, walk, "victim")
    victim.play_to(40)
    assert victim.places()[:41] == places(walk, 40)[: len(victim.places())]
    forger.reset()
    forger.step()
    forger.change(2)
    after = Visitor(engine, walk, "after", changes=forger.poll().changes)
    after.play_to(10)
    assert 666.0 not in after.places()


def test_changes_of_a_file_are_checked(engine, clock):
    with pytest.raises(ValueError, match="99"):
        Visitor(engine, Walk(), changes=(Change(3, "stride", 99.0),))


def test_a_step_asked_for_before_a_change_is_made_with_it(engine, clock):
    walk = Walk(steps=500, clock=clock)
    first, second = Visitor(engine, walk, "a"), Visitor(engine, walk, "b")
    for visitor in (first, second):
        visitor.step()
    computed(engine)
    first.change(2.0)
    first.play_to(24)
    first.pause()
    second.step()
    second.change(2.0)  # leads into the course that the first has gone ahead in
    for _ in range(50):
        second.poll()
        engine.turn()
    report = second.poll()
    assert (report.state, report.position, report.pending) == ("paused", 2, False)
    assert second.places() == places(walk, 2, (Change(2, "stride", 2.0),))


def test_runs_at_their_end_share_nobodys_time(engine, clock):
    short, long = Visitor(engine, Walk(steps=5, clock=clock), "a"), Visitor(engine, Walk(steps=900, clock=clock), "b")
    short.play_to(5)
    long.play_to(20)
    assert short.poll().state == "finished"
    assert long.poll().watched_runs == 1
