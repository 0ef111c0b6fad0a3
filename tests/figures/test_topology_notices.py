"""Sentences about a graph say what its numbers say."""

from dataclasses import replace

import numpy as np

from explorer.figures.topology_notices import answer_notice, look_notice, profile_notice
from explorer.figures.topology_scene import Column, Scene
from tests.figures.scenes import drawing, in_step, many_to_one, one_to_one, translation


def test_one_answer():
    assert answer_notice(many_to_one()) == "It answers “7” with 81 %, which is right."
    assert answer_notice(many_to_one(right="3")).endswith("; right is “3”.")
    assert answer_notice(many_to_one(right="")) == "It answers “7” with 81 %."


def test_several_answers_are_counted():
    assert answer_notice(in_step()) == "Of its 8 answers 7 are right; it is least sure at row 1 (81 %)."


def test_a_written_answer_is_told_as_a_whole():
    assert (
        answer_notice(translation())
        == "Given the right letters before, each letter of “zwei” is the one it holds likeliest."
    )
    assert "wrong" in answer_notice(translation(right="zwai■")) and "one letter of “zwai”" in answer_notice(
        translation(right="zwai■")
    )
    own = translation(right="     ")
    own = replace(own, columns=[replace(column, right="") for column in own.columns])
    assert answer_notice(own) == f"It writes “zwei”; all its letters together have a chance of {100 * 0.9**5:.0f} %."


def test_where_nothing_is_put_out_nothing_is_said():
    assert answer_notice(drawing()) == ""


def test_the_gradient_of_one_answer():
    assert "×0.50 per step back" in profile_notice(many_to_one()) and "0.78 % arrives at row 1" in profile_notice(
        many_to_one()
    )
    assert "a single step" in profile_notice(one_to_one())


def test_in_step_compares_all_answers_with_the_last():
    text = profile_notice(in_step())
    assert "row 1 gets 100 % from all answers together, and 0.78 % from " in text


def test_both_ways_compares_the_two_chains():
    scene = replace(in_step(2), gradients={"→": np.full(8, 0.1), "←": np.full(8, 0.4)})
    assert "4 times as much for the states that read from the right" in profile_notice(scene)


def test_what_arrives_at_the_encoder():
    scene = replace(translation(), gradients={"all": np.array([0.1, 0.2, 0.4, 0.8, 0.8, 0.8, 0.8, 0.8])})
    text = profile_notice(scene)
    assert "Attention leads" in text and "50 % arrives at the last step" in text and "12 % at the first (“t”)" in text
    assert "must pass through one state" in profile_notice(replace(scene, attention=None))


def test_one_to_many_says_what_arrives_at_the_input():
    assert "50 % arrives at the state made from the input" in profile_notice(drawing())


def test_no_number_is_no_number():
    assert "no longer a finite number" in profile_notice(replace(many_to_one(), gradients={"a": np.full(8, np.nan)}))
    assert profile_notice(Scene([Column()])) == ""
    assert "nothing that can be measured" in profile_notice(replace(translation(), gradients={"a": np.zeros(8)}))


def test_attention():
    scene = translation()
    first = 100 * (0.7 + 0.1)
    assert f"Writing “z” it looks most at “t” ({first:.0f} %)" in look_notice(scene, 3)
    mean = 100 * scene.attention.max(axis=1).mean()
    assert f"On average {mean:.0f} % of a step's attention" in look_notice(
        scene
    ) and "evenly spread: 33 %" in look_notice(scene)
    assert look_notice(many_to_one()) == ""
