"""Habits of heads: where a perfect induction head would look, and when one is said to be there."""

import numpy as np
import pytest

from explorer.figures.palette import theme
from explorer.figures.pretrain_heads import APPEARED, Heads, heads_notice, ideal_places, induction_heads
from explorer.figures.pretrain_notices import bits_notice, head_habits, head_notice, same_piece
from explorer.sequence.pretraining.induction import induction


def perfect(half=6):
    """Attention of a perfect induction head on 1 + 2 n places; the first half looks at itself."""
    found = np.eye(1 + 2 * half)
    rows, places = ideal_places(len(found))
    found[rows] = 0
    found[rows, places] = 1
    return found


def heads(peaks=(0.1, 0.6, 0.9), shown=2, **changes):
    scores = np.full((3, 2, 2), 0.05)
    scores[:, 1, 0] = peaks
    previous = np.full((3, 2, 2), 0.2)
    previous[:, 0, 1] = 0.75
    return Heads(np.array([0, 100, 200]), scores, previous, shown, perfect(), **changes)


def test_the_circles_are_where_the_measure_looks():
    assert induction(perfect()[None, None]) == pytest.approx(1.0)
    rows, places = ideal_places(13)
    letters = ["<", *"abcdef", *"abcdef"]
    assert all(letters[place - 1] == letters[row] and place <= 7 for row, place in zip(rows, places, strict=True))


@pytest.mark.parametrize("habit", ["induction", "following"])
def test_it_is_a_valid_figure_with_a_line_for_each_head(habit):
    figure = induction_heads(heads(habit=habit), theme())
    type(figure)(figure.to_dict())
    lines = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "lines"]
    assert len(lines) == 4
    circles = next(trace for trace in figure.data if trace.type == "scatter" and trace.mode == "markers")
    assert np.array_equal(circles.x - 1, ideal_places(13, habit)[1])


def test_a_head_is_there_from_when_it_stays_above():
    assert heads().appeared == 100
    assert heads((0.6, 0.1, 0.9)).appeared == 200
    assert heads((0.6, 0.9, APPEARED - 0.01)).appeared is None
    said = heads_notice(heads(gain=1.5))
    assert "There is an induction head, for good since step 100: layer 2, head 1 gives it 90 %" in said
    assert "layer 1, head 2, with 75 %" in said and "saves 1.5 bits a piece" in said
    assert "There is not an induction head" in heads_notice(heads(shown=0))


def test_looking_evenly_is_counted_over_what_may_be_seen():
    found = heads()
    even = np.tril(np.ones((13, 13)))
    even /= even.sum(axis=1, keepdims=True)
    assert found.even == pytest.approx(float(induction(even[None, None])[0, 0]))


def test_a_habit_is_measured_on_the_map():
    before = np.eye(6, k=-1)
    before[0, 0] = 1
    assert head_habits(before)["the piece just before"] == pytest.approx(1.0)
    assert "looks mostly at the piece just before (100 %" in head_notice(before[None, None], 0, 0, list("abcdef"))
    same = np.zeros((4, 4))
    same[[2, 3], [0, 1]] = 1
    same[[0, 1], [0, 1]] = 1
    assert same_piece(same, list("abab")) == pytest.approx(1.0)
    letters = ["<", *"abcdef", *"abcdef"]
    repeated = np.where(np.arange(13)[:, None] > 6, perfect(), 0)
    assert same_piece(repeated, letters, after=True) == pytest.approx(1.0)
    assert np.isnan(same_piece(np.tril(np.ones((3, 3))), list("abc")))


def test_bits_are_held_against_frequencies_and_against_their_best():
    steps, falling = np.array([0, 10, 20]), np.array([7.0, 3.0, 2.0])
    training = (steps, falling)
    assert "So it has to be told 50 % less" in bits_notice((steps, falling), 4.0, False, training)
    assert "knows less" in bits_notice((steps, np.array([7.0, 6.0, 5.0])), 4.0, False, training)
    assert bits_notice((steps[:0], np.empty(0)), 4.0, False, training) == ""
    rising = (steps, np.array([7.0, 2.0, 3.0]))
    by_heart, worse = bits_notice(rising, 4.0, True, training), bits_notice(rising, 4.0, True, rising)
    assert "At step 10 it was 2: it has begun to learn its text by heart" in by_heart
    assert "since then it has become worse on both" in worse and "by heart" not in worse
    burst = (np.array([0, 8, 10, 12, 20]), np.array([7.0, 3.0, 3.0, 20.0, 5.0]))
    assert "worse on both" in bits_notice(rising, 4.0, True, burst), "what came right after the best step is not what was before"
