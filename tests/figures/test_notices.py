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
        ([1, 1, 1, 1], "Keeps its size, close to ×1.00 per step back", "100 % arrives at “lemon”."),
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


def test_decay_is_exact_for_a_power():
    assert notices.decay(0.62 ** np.arange(30)[::-1]) == pytest.approx(0.62)


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
