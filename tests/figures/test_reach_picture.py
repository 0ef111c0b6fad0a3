"""The leading picture of the page Architectures by its numbers: rows, marks, the floor and what is cut off."""

import numpy as np
import pytest

from explorer.figures.moment import Moment
from explorer.figures.palette import theme
from explorer.figures.reach_notices import input_gradient_notice, score_notice, twin_notice, wiring_notice
from explorer.figures.reach_picture import Reach, reach_picture
from explorer.figures.wiring import wiring_of
from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.architectures.paths import receptive_field
from tests.figures.examples import texts

WORDS = ["the", "lemon", "in", "the", "bowl", "is", "yellow"]
ANSWER = 5


def reach(cell="transformer", gradient=(0.01, 0.5, 0.02, 0.03, 0.1, 0.2, 0.0), chosen=1, steps=tuple(WORDS), **settings):
    experiment = ArchitectureExperiment(task="rose", cell=cell, layers=1, **settings)
    labels = tuple(dict.fromkeys([*steps, "<end>"]))
    chances = np.random.default_rng(0).dirichlet(np.ones(len(labels)), len(steps)).astype(np.float32)
    arrays = {"outputs": chances, "grad_input": np.array(gradient, dtype=float)}
    moment = Moment(steps, arrays, cell, expected=[*steps[1:], "<end>"], labels=labels, start=arrays)
    return Reach(moment, wiring_of(receptive_field(experiment, len(steps), ANSWER), ANSWER), chosen)


def named(figure, words):
    return [trace for trace in figure.data if words in str(trace.hovertemplate)]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("cell", ["rnn", "window", "average", "tcn", "transformer"])
def test_it_is_a_valid_figure(cell, dark):
    figure = reach_picture(reach(cell), theme(dark))
    type(figure)(figure.to_dict())  # plotly validates it
    assert {"input", "answer"} <= set(texts(figure))


def test_gradients_stand_on_a_log_axis_and_what_has_no_way_is_a_cross_not_a_zero():
    figure = reach_picture(reach(), theme())
    (now,) = [trace for trace in named(figure, "gradient now") if trace.mode == "markers"]
    seen = np.asarray(now.y)
    assert seen[1] == pytest.approx(np.log10(0.5)) and np.isnan(seen[6])
    (cut,) = named(figure, "no way to the answer")
    assert list(cut.x) == [7] and cut.marker.symbol == "x-thin-open"


def test_an_exact_zero_on_a_way_is_drawn_on_the_floor():
    figure = reach_picture(reach(gradient=(0.0, 0.5, 0.02, 0.03, 0.1, 0.2, 0.0)), theme())
    (now,) = [trace for trace in named(figure, "gradient now") if trace.mode == "markers"]
    y = [float(one) for one, x in zip(now.y, now.x, strict=True) if x == 1]
    assert y == [pytest.approx(min(float(one) for one in now.y if np.isfinite(one)))]
    assert "triangle-down-open" in list(now.marker.symbol)


def test_a_gradient_where_there_should_be_no_way_is_not_hidden():
    assert reach(gradient=(0.01, 0.5, 0.02, 0.03, 0.1, 0.2, 0.3)).gradient[6] == 0.3


def test_the_chosen_input_is_bold_and_its_column_marked():
    figure = reach_picture(reach(chosen=4), theme())
    (bold,) = [trace for trace in figure.data if trace.type == "scatter" and trace.line.width == 3.2]
    assert bold.x[0] == 5 and bold.x[-1] == ANSWER + 1
    assert (figure.layout.shapes[0].x0, figure.layout.shapes[0].x1) == (4.5, 5.5)


def test_lengths_are_written_under_their_columns():
    figure = reach_picture(reach(cell="rnn"), theme())
    (row,) = [trace for trace in figure.data if _is_lengths(trace)]
    assert list(row.text) == ["7", "6", "5", "4", "3", "2", "–"]


def _is_lengths(trace):
    return trace.type == "scatter" and trace.mode == "text" and len(trace.text) == 7 and all(one.isdigit() or one == "–" for one in trace.text)


def test_equal_lengths_of_many_steps_are_said_once():
    steps = tuple(f"w{i}" for i in range(60))
    found = reach(cell="average", gradient=[0.1] * 6 + [0.0] * 54, steps=steps)
    assert "3 connections from every input that is seen" in texts(reach_picture(found, theme()))


def test_a_projector_gets_no_more_than_it_has_room_for():
    assert reach_picture(reach(), theme(scale=1.35), compact=True, width=1230).layout.height <= 481


def test_hostile_words_are_no_markup():
    figure = reach_picture(reach(steps=("<b>x</b>", *WORDS[1:])), theme())
    assert not any("<b>x</b>" in text for text in texts(figure))


def test_the_notice_counts_what_is_seen_and_what_is_not():
    assert wiring_notice(reach()) == (
        "The answer sees 6 of 7 inputs (1 comes only after it); from “lemon” there are 2 connections on the way (the bold line)."
    )
    short = wiring_notice(reach("window", window=3, chosen=0))
    assert "sees 3 of 7 inputs (3 came too early and 1 comes only after it)" in short
    assert "no way leads to it" in short and "cut off, not faded" in short


def test_the_notice_names_the_input_that_counts_and_by_how_much():
    told = input_gradient_notice(reach(), False)
    assert told == "The loss depends most on “lemon”: 16.7 times as much as on the median of the others."
    same = reach("average", gradient=(0.3,) * 6 + (0.0,))
    assert input_gradient_notice(same, False) == "The loss depends on all inputs equally, wherever they stand."


def test_of_a_recurrent_network_it_also_says_how_fast_the_gradient_fades():
    fading = reach("rnn", gradient=[*(0.5 ** np.arange(6)[::-1]), 0.0])
    assert "×0.50 per step back" in input_gradient_notice(fading, True)


def test_scores_are_held_against_a_rule_in_the_right_direction():
    assert score_notice("accuracy", 0.9, "guessing", 0.1, "higher") == "The accuracy is 90 %, ahead of guessing (10 %)."
    assert "no better than" in score_notice("mean squared error", 0.2, "always answering 1", 0.167, "lower")


def test_twins_are_compared_with_their_sizes():
    told = twin_notice(("GRU", "CNN"), (0.93, 0.95), (3078, 3130), "accuracy")
    assert told == "Accuracy on held-out pictures: GRU 93 %, CNN 95 %, with 3,078 and 3,130 parameters, about equally many."
    assert "about equally many" not in twin_notice(("GRU", "CNN"), (0.93, 0.95), (1000, 3130), "accuracy")
