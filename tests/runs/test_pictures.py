import pytest

from explorer.runs.pictures import Pictures


def train(policy: Pictures, plain: float, cost: float, seconds: float, poll_every: float = 0.3, wait: float = 0.0):
    """Steps that got a picture, and the share of computing that pictures took."""
    now, polled, step, pictured, dear, total = 0.0, 0.0, 1, [], 0.0, 0.0
    while now < seconds:
        if now - polled >= poll_every:
            polled, policy.watched = now, True
        wanted = policy.wanted(step, now)
        spent = plain + (cost if wanted else 0.0)
        now, total, dear = now + spent + wait, total + spent, dear + (cost if wanted else 0.0)
        policy.measured(step, spent, wanted, now)
        pictured += [now] if wanted else []
        step += 1
    return pictured, dear / total


def test_the_first_and_the_last_step_always_have_one():
    policy = Pictures(last_step=50)
    assert [step for step in range(51) if policy.wanted(step, 0.0)] == [0, 50]


def test_steps_by_hand_have_one():
    policy = Pictures()
    policy.by_hand = 7
    assert policy.wanted(7, 0.0) and not policy.wanted(8, 0.0)


def test_nobody_looks_so_no_picture():
    pictured, _ = train(Pictures(), 0.002, 0.001, 20.0, poll_every=1e9)
    assert pictured == []


def test_one_picture_for_each_look_where_they_are_cheap():
    pictured, share = train(Pictures(), 0.002, 0.004, 30.0)
    assert 80 <= len(pictured) <= 100
    assert share < 0.1


@pytest.mark.parametrize("cost", [0.05, 0.12])
def test_dear_pictures_take_a_tenth_of_the_time(cost):
    pictured, share = train(Pictures(), 0.002, cost, 60.0)
    assert 0.07 < share < 0.12
    assert len(pictured) == pytest.approx(60 * 0.1 / cost, rel=0.3)


def test_very_dear_ones_still_come_now_and_then():
    pictured, _ = train(Pictures(), 0.002, 1.0, 60.0)
    gaps = [after - before for before, after in zip(pictured, pictured[1:], strict=False)]
    assert 2.0 <= max(gaps) <= 11.1


def test_in_a_crowd_a_watched_course_has_one_about_every_two_seconds():
    pictured, share = train(Pictures(), 0.002, 0.010, 60.0, wait=0.05)
    gaps = [after - before for before, after in zip(pictured, pictured[1:], strict=False)]
    assert max(gaps) < 2.7
    assert share < 0.25


def test_standing_still_makes_no_picture_late():
    policy = Pictures()
    policy.measured(1, 1.0, True, 0.0)
    policy.watched = True
    assert policy.wanted(2, 100.0)
    policy.begin(100.0)
    assert not policy.wanted(2, 100.0)


def test_building_the_model_is_not_the_price_of_a_picture():
    policy = Pictures()
    policy.measured(0, 5.0, True, 0.0)
    policy.watched = True
    assert policy.wanted(1, 0.0)


def test_an_experiment_may_allow_pictures_a_larger_share():
    for share, wanted in ((0.1, False), (0.2, True)):
        pictures = Pictures(share=share)
        for step, seconds in ((1, 0.1), (2, 0.125)):
            pictures.measured(step, seconds, pictured=step == 2, now=0.0)
        pictures.measured(3, 0.11, pictured=False, now=0.2)
        pictures.watched = True
        assert pictures.wanted(4, 0.2) is wanted
