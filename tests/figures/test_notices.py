from dataclasses import replace

import numpy as np
import pytest

from explorer.figures import notices
from explorer.figures.state_path import Plane, principal_plane

from .examples import moment

WORDS = ["lemon", "in", "bowl", "is"]


@pytest.mark.parametrize(
    ("norms", "start", "end"),
    [
        (
            [0.125, 0.25, 0.5, 1],
            "Falls by ×0.50 per step back",
            "of what the loss says at “is”, 12 % arrives at “lemon”.",
        ),
        ([8, 4, 2, 1], "Grows by ×2.00 per step back", "8 times as much arrives at “lemon”."),
        ([1, 1, 1, 1], "Roughly keeps its size, ×1.00 per step back", "100 % arrives at “lemon”."),
        ([0, 0, 0.5, 1], "Falls by ×0.50", "nothing measurable arrives before “bowl”, 1 step back."),
        ([0, 0, 1, 0], "All of the gradient stays at “bowl”", "any other step."),
        ([0, 0, 0, 0], "The loss sends back nothing", "at every step."),
        ([np.nan, 1, 1, 1], "The gradient is no longer a finite number", "too large."),
    ],
)
def test_gradient(norms, start, end):
    text = notices.gradient_notice(np.array(norms, dtype=float), WORDS)
    assert text.startswith(start) and text.endswith(end)


def test_gradient_of_a_single_step():
    assert (
        notices.gradient_notice(np.array([0.3]), ["a"])
        == "With a single step there is no way back: the gradient is 0.3."
    )


def test_the_verb_follows_what_arrives():
    slow = notices.gradient_notice(0.97 ** np.arange(130)[::-1], [*"ab"] * 65)
    assert slow.startswith("Falls by ×0.97 per step back") and "2 % arrives" in slow
    assert notices.gradient_notice(0.996 ** np.arange(300)[::-1], [*"ab"] * 150).startswith("Falls by ×0.996")
    short = notices.gradient_notice(np.array([0.6, 0.7, 0.9, 1.0]), WORDS)
    assert short.startswith("Roughly keeps its size, ×0.82") and "60 % arrives" in short
    late = notices.gradient_notice(np.array([0.012, 0.011, 0.01, 1.0]), WORDS)
    assert late.startswith("Falls on the way back: ") and "1 % arrives at “lemon”" in late


@pytest.mark.parametrize(
    ("loss", "end"),
    [
        (2.2, "does not reach that yet."),
        (2.0, "does little better."),
        (0.52, "75 % below it: that part had to be learned."),
    ],
)
def test_loss(loss, end):
    assert notices.loss_notice(loss, 2.08).endswith(end)


def test_loss_without_baseline_or_number():
    assert notices.loss_notice(0.5, None) == "The loss is 0.5." and "no longer" in notices.loss_notice(np.nan, 1.0)


def test_gates():
    case = moment(3, words=WORDS)
    forget = np.zeros((1, 1, 3, 8)) + np.array([0.9, 0.99, 0.9])[:, None]
    text = notices.gate_notice(replace(case, arrays={"gate/forget": forget}))
    assert text == "The forget gate stays open: 0.93 on average, widest at “in” with 0.99."
    assert "no gates" in notices.gate_notice(moment(3, "rnn"))


def test_the_update_gate_says_how_much_is_kept():
    update = np.zeros((1, 1, 3, 8)) + np.array([0.5, 0.65, 0.71])[:, None]
    case = replace(moment(3, "gru", words=["in", "bowl", "lemon"]), arrays={"gate/update": update})
    assert (
        notices.gate_notice(case)
        == "The update gate keeps 62 % of the old state on average, most at “lemon” with 71 %."
    )
    one = replace(case, steps=["in"], arrays={"gate/update": update[:, :, :1]})
    assert notices.gate_notice(one) == "The update gate keeps 50 % of the old state on average."


def test_sentences_never_call_a_step_by_a_number_it_read():
    steps = [f"{v:.2f}" for v in np.linspace(0.1, 0.9, 4)]
    norms = 0.5 ** np.arange(4)[::-1]
    assert notices.gradient_notice(norms, steps).endswith("of what the loss says at step 4, 12 % arrives at step 1.")
    forget = np.zeros((1, 1, 4, 8)) + np.array([0.9, 0.99, 0.9, 0.9])[:, None]
    case = replace(moment(4), steps=steps, arrays={"gate/forget": forget})
    assert "widest at step 2 with" in notices.gate_notice(case)
    plane = Plane(np.array([[1.0, 0], [5, 0], [5, 1]]), np.zeros(2), np.array([0.9, 0.05]))
    assert notices.path_notice(plane, steps).endswith("The largest jump comes at step 2.")


HELD_OUT = ([0, 600, 1200, 2000], [2.0, 0.8, 0.41, 0.5])


def test_a_held_out_loss_that_rises_says_where_it_was_lowest():
    text = notices.loss_notice(0.5, 2.0, history=HELD_OUT)
    assert text.startswith("The loss is 0.5; always guessing gives 2. The network is 75 % below it")
    assert text.endswith(
        " It was lowest at step 1,200 with 0.41 and has risen since: the network is learning its training data by heart."
    )
    earlier = notices.loss_notice(0.8, 2.0, history=HELD_OUT)  # a moment before the lowest is looked at
    assert "lowest" not in earlier
    worse = notices.loss_notice(2.5, 2.0, history=([0, 10, 20], [2.0, 1.9, 2.5]))
    assert "is worse than that now. It was lowest at step 10 with 1.9" in worse


@pytest.mark.parametrize(
    "history",
    [([0, 10, 20], [2.0, 0.46, 0.5]), ([0, 10], [2.0, 0.5]), ([], []), ([0], [np.nan])],
    ids=["within 10 %", "lowest now", "none", "no number"],
)
def test_a_held_out_loss_that_does_not_rise_is_left_alone(history):
    assert notices.loss_notice(0.5, 2.0, history=history) == notices.loss_notice(0.5, 2.0)


def test_expectations():
    case = replace(
        moment(2),
        arrays={"outputs": np.array([[0, 1, 0, 0, 0, 0, 0], [0.06, 0, 0.94, 0, 0, 0, 0.0]])},
        expected=["is", "red"],
    )
    assert notices.expectation_notice(case) == "After “rose is” it expects “red” with 94 %, which is right."
    wrong = replace(case, expected=["is", "rose"])
    assert notices.expectation_notice(wrong).endswith("“red” with 94 %; right is “rose”.")


def test_numbers():
    case = replace(
        moment(2), labels=None, arrays={"outputs": np.array([[0.1], [1.25]])}, target=np.array([np.nan, 1.5])
    )
    assert notices.expectation_notice(case) == "At the end it predicts 1.25; right is 1.5."


def test_path():
    plane = Plane(np.array([[1.0, 0], [5, 0], [5, 1]]), np.zeros(2), np.array([0.9, 0.05]))
    assert (
        notices.path_notice(plane, WORDS)
        == "The plane shows 95 % of the movement. The largest jump comes from reading “in”."
    )
    assert "does not move" in notices.path_notice(principal_plane(np.zeros((2, 3))), WORDS)


def test_history():
    norms = np.array([0.1 ** np.arange(8)[::-1], 0.5 ** np.arange(8)[::-1]])
    assert [notices.reach(row) for row in norms] == [2, 6]
    assert "grew from 2 to 6 steps back" in notices.history_notice(norms)
    assert "is 2 steps back, as before training" in notices.history_notice(norms[[0, 0]])
    assert "fills in" in notices.history_notice(norms[:0])
    whole = np.ones((3, 6))
    assert notices.history_notice(whole).startswith("The gradient's reach is all 5 steps back, as before training")
    grown = np.array([0.001 ** np.arange(6)[::-1], np.ones(6)])
    assert "grew from 0 to all 5 steps back" in notices.history_notice(grown)
    assert notices.history_notice(grown[1:]).startswith("Before training the gradient reaches all 5 steps back")
    assert "fell from all 5 to 0 steps back" in notices.history_notice(grown[::-1])
    early_answer = np.array([[0.5, 0.7, 1, 0], [0.5, 0.7, 1, 0]])
    assert "is all 2 steps back" in notices.history_notice(early_answer)
    assert "is 0 steps back" in notices.history_notice(np.zeros((2, 4)))


def test_the_arithmetic_of_a_step_takes_the_steps_name():
    from types import SimpleNamespace as Some

    from explorer.figures.step_notices import reading_notice

    part = Some(total=1.0)
    leading = Some(reset=None, from_input=part, from_state=part, gate="state", total=2.0)
    step = Some(h=0.5, h_before=0.0)
    assert reading_notice("0.43 ●", "the input", 0, step, leading, "step 7").startswith("At step 7 unit 1 goes up")
    assert reading_notice("lemon", "the input", 0, step, leading).startswith("At “lemon” unit 1 goes up")
