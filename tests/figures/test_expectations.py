from dataclasses import replace

import numpy as np
import pytest

from explorer.figures.expectations import expectation_rows
from explorer.figures.guesses import top_guesses
from explorer.figures.moment import Ranges
from explorer.figures.palette import LIGHT

from .examples import moment

CHANCES = np.array([[0.0, 0.97, 0.01, 0.02, 0, 0, 0], [0.1, 0.1, 0.05, 0.4, 0.3, 0.05, 0]], dtype=np.float32)


def two_steps():
    return replace(moment(2), arrays={"outputs": CHANCES})  # expects "is", then "rose"


def test_top_guesses_are_the_most_probable():
    assert top_guesses(two_steps(), 2) == [
        [(1, pytest.approx(0.97)), (3, pytest.approx(0.02))],
        [(3, pytest.approx(0.4)), (4, pytest.approx(0.3))],
    ]


def test_top_index_is_used_where_the_vocabulary_is_large():
    found = {"top_index": np.array([[4, 2]], dtype=np.int32), "top_probability": np.array([[0.75, 0.25]])}
    assert top_guesses(replace(moment(1), arrays=found), 1) == [[(4, 0.75)]]


def test_bars_are_as_long_as_words_are_probable_and_the_right_one_is_ticked():
    (row,) = expectation_rows(two_steps(), LIGHT, Ranges(), 860)
    bars, words, shares = row.traces
    np.testing.assert_allclose(bars["x"][:2], [0.9 * 0.97, 0.9 * 0.02], rtol=1e-6)
    assert words["text"][0] == "<b>is</b>&#8201;✓" and shares["text"][0] == "97"
    np.testing.assert_allclose(bars["base"], [0.55] * 3 + [1.55] * 3)


def test_a_right_word_that_is_not_among_three_is_named_below():
    case = replace(two_steps(), expected=["is", "red"])
    (row,) = expectation_rows(case, LIGHT, Ranges(), 860)
    assert [note["text"] for note in row.notes] == ["right: red 5"]


@pytest.mark.parametrize(("length", "name"), [(4, "expects"), (30, "expects"), (200, "expects")])
def test_every_length_has_one_row(length, name):
    assert [row.name for row in expectation_rows(moment(length), LIGHT, Ranges(), 860)] == [name]


def test_a_single_answer_stands_at_the_end():
    case = replace(moment(4), arrays={"outputs": CHANCES[:1]}, expected=["", "", "", "is"])
    (row,) = expectation_rows(case, LIGHT, Ranges(), 860)
    assert row.notes[0]["x"] == 4.5 and row.notes[0]["text"].startswith("<b>is</b> ✓ 97 %")


def test_predicted_numbers_stand_beside_the_true_ones():
    outputs = np.array([[0.5], [1.5], [2.5]], dtype=np.float32)
    case = replace(moment(3), labels=None, arrays={"outputs": outputs}, target=np.array([np.nan, 1.0, 2.0]))
    (row,) = expectation_rows(case, LIGHT, Ranges(), 860)
    np.testing.assert_array_equal(row.traces[0]["y"], [0.5, 1.5, 2.5])
    np.testing.assert_array_equal(row.traces[1]["y"], [np.nan, 1, 2])
    assert {note["text"] for note in row.notes} == {"predicts 2.5", "right 2"}


def test_outputs_that_are_not_numbers_are_no_guesses():
    case = replace(moment(2), arrays={"outputs": np.full((2, 7), np.nan)})
    assert top_guesses(case, 3) == [[], []] and len(expectation_rows(case, LIGHT, Ranges(), 860)) == 1


def test_words_wider_than_their_columns_take_turns_above_bars_of_certainty():
    case = moment(20, words=["understanding", "gardens", "lemon"])
    (row,) = expectation_rows(case, LIGHT, Ranges(), 860)
    _, bars, words = row.traces
    best = [step[0] for step in top_guesses(case, 1)]
    np.testing.assert_allclose(bars["y"], [2 * p for _, p in best], rtol=1e-6)
    assert words["y"][:4].tolist() == [0, -1, -2, 0] and bars["customdata"][3, 0] == case.labels[best[3][0]]
    for (k, _), right, colour, text in zip(best, case.expected, bars["marker"]["color"], words["text"], strict=True):
        good = case.labels[k] == right
        assert (colour == LIGHT.forward) == good == text.startswith("<b>")
