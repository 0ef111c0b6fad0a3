"""What a ledger shows adds up to its last line; sentences state the numbers they are given."""

import numpy as np
import pytest

from explorer.figures.arithmetic import (
    answer_lines,
    arrival_lines,
    cell_lines,
    handed_lines,
    neuron_lines,
    passage_lines,
)
from explorer.figures.step_notices import arrival_notice, handed_notice, memory_notice, passage_notice, reading_notice
from explorer.sequence.arithmetic import Neuron, UnitStep, WeightedSum, answer, weighted_sum
from explorer.sequence.return_arithmetic import CellReturn, Handed, Passage, UnitReturn


def summed(seed, n=8, gates=("",)):
    rng = np.random.default_rng(seed)
    return weighted_sum(rng.standard_normal(n), rng.standard_normal(n), gates)


def neuron(gate="state", reset=None):
    read, past = summed(1), summed(2)
    factor = 1.0 if reset is None else reset
    total = read.total + 0.1 + factor * (past.total + 0.2)
    return Neuron(gate, read, past, 0.1, 0.2, reset, total, "tanh", float(np.tanh(total)))


def gradient(cell=None, above=0.3, next_=0.2):
    handed = Handed(summed(3, 16, ("update", "candidate")), 0.05, summed(3, 16).total + 0.05)
    passage = Passage("candidate", "h", 0.5, (("1-z", 0.4),), 0.25, 0.05)
    norms = {"next": next_, "above": above, "total": 0.5, "delta": 0.1, "handed": 0.25, "cell": 1.0, "cell_handed": 0.9}
    return UnitReturn(handed, above, handed.total + above, {"candidate": passage}, cell, handed, norms)


@pytest.mark.parametrize("reset", [None, 0.3])
def test_the_lines_of_a_neuron_add_up(reset):
    lines = neuron_lines(neuron(reset=reset))
    amounts = [line.amount for line in lines if line.amount is not None]
    assert sum(amounts[:-1]) == pytest.approx(amounts[-1], abs=1e-12)
    assert len(lines) == 2 + 2 * 6 + 2
    assert any("the other 3" in line.label for line in lines)


def test_the_lines_of_an_answer_add_up_and_name_the_second_direction():
    weight = np.zeros((2, 8))
    weight[1] = np.arange(8.0)
    lines = answer_lines(answer(weight, np.array([0.0, 0.5]), np.ones(8), 1), units=4, numbers=False)
    amounts = [line.amount for line in lines]
    assert sum(amounts[:-1]) == pytest.approx(amounts[-1]) == pytest.approx(28.5)
    assert "←" in lines[0].label


def test_what_arrives_adds_up():
    amounts = [
        line.amount for line in arrival_lines(gradient(), "gru", "the loss at this step") if line.amount is not None
    ]
    assert sum(amounts[:-1]) == pytest.approx(amounts[-1], abs=1e-12)


def test_what_is_handed_on_adds_up():
    amounts = [line.amount for line in handed_lines(gradient(), "gru", first=False) if line.amount is not None]
    assert sum(amounts[:-1]) == pytest.approx(amounts[-1], abs=1e-12)


def test_an_lstm_also_hands_on_through_its_memory():
    back = gradient(CellReturn(0.2, 0.1, 0.3, 0.5, 0.15))
    assert handed_lines(back, "lstm", first=False)[-1].amount == 0.15
    assert [line.amount for line in cell_lines(back.cell)] == [0.2, 0.1, 0.3]


def test_a_passage_is_a_product():
    rows = passage_lines(gradient().passages["candidate"], "gru")
    assert np.prod([value for _, value in rows[:-1]]) == pytest.approx(rows[-1][1])


def unit(h_before, h, read, past):
    empty = WeightedSum((), 0.0, 0, 0.0)
    parts = [WeightedSum(empty.terms, total, 0, total) for total in (read, past)]
    leading = Neuron("state", *parts, 0.0, 0.0, None, read + past, "tanh", h)
    return UnitStep({"state": leading}, np.zeros(1), h_before, h, None, None), leading


def test_a_sentence_says_what_adds_up_the_largest_first():
    said = reading_notice("lemon", "the word “lemon”", 4, *unit(0.0, 0.55, 0.83, -0.21))
    assert said == (
        "At “lemon” unit 5 goes up, from 0.00 to +0.55. "
        "It adds up to +0.62: the word “lemon” +0.83, what it remembers −0.21, the bias 0.00."
    )
    said = reading_notice("is", "the word “is”", 0, *unit(0.5, -0.7, -0.1, -0.9))
    assert said.endswith("It adds up to −1.00: what it remembers −0.90, the word “is” −0.10, the bias 0.00.")


def test_sentences_on_the_way_back():
    assert "0.3" in arrival_notice(gradient(), "the loss at this step")
    assert arrival_notice(gradient(next_=0.0), "the loss at this step").startswith("All of it comes from the loss")
    assert "slope of 0.25" in passage_notice(gradient())
    assert "×0.5" in handed_notice(gradient(), first=False)
    assert "here it ends" in handed_notice(gradient(), first=True)


def test_gates_are_given_in_per_cent():
    step = UnitStep(
        {"update": Neuron("update", summed(1), summed(2), 0, 0, None, 0, "sigmoid", 0.75)},
        np.zeros(1),
        0,
        0,
        None,
        None,
    )
    assert (
        memory_notice(step, "gru") == "The update gate keeps 75 % of the old state and takes 25 % of the new content."
    )
