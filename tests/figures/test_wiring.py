"""The wiring of real architectures: ways as long as the library counts them, and attention that flows."""

import numpy as np
import pytest

from explorer.figures.wiring import wiring_of
from explorer.figures.wiring_row import chosen_edges, told
from explorer.sequence.architectures import ArchitectureExperiment
from explorer.sequence.architectures.paths import path_length, receptive_field

KINDS = [
    {"task": "order", "cell": "rnn"},
    {"task": "order", "cell": "gru", "layers": 2, "bidirectional": True},
    {"task": "order", "cell": "window", "window": 4},
    {"task": "order", "cell": "average"},
    {"task": "order", "cell": "tcn", "kernel": 2},
    {"task": "order", "cell": "transformer", "layers": 2},
    {"task": "digits", "cell": "cnn", "layers": 2},
    {"task": "digits", "cell": "cnn", "layers": 2, "reading": "pixels"},
]


def wiring(length=8, answer=None, **settings):
    answer = length - 1 if answer is None else answer
    return wiring_of(receptive_field(ArchitectureExperiment(**settings), length, answer), answer)


@pytest.mark.parametrize("settings", KINDS, ids=lambda one: f"{one['cell']}-{one.get('reading', '')}")
def test_the_bold_way_has_as_many_connections_as_the_library_counts(settings):
    length = 64 if settings.get("reading") == "pixels" else 8
    drawn = wiring(length, **settings)
    counted = path_length(ArchitectureExperiment(**settings), length)
    for t in range(length):
        way = drawn.way(t)
        assert len(way) - 1 == counted[t] if np.isfinite(counted[t]) else way == []
        edges = {tuple(edge) for edge in drawn.edges.tolist()}
        assert all((*one, *next_) in edges for one, next_ in zip(way[:-1], way[1:], strict=True))


@pytest.mark.parametrize("settings", KINDS, ids=lambda one: f"{one['cell']}-{one.get('reading', '')}")
def test_every_place_stands_within_the_columns_and_the_answer_under_its_step(settings):
    length = 64 if settings.get("reading") == "pixels" else 8
    drawn = wiring(length, **settings)
    for across in drawn.across:
        assert across.min() >= 0.5 and across.max() <= length + 0.5
    x, y = drawn.points(np.array([drawn.last]), np.array([0]))
    assert (x[0], y[0]) == (length, drawn.last)


def test_pixels_meet_over_the_pixels_they_come_from():
    drawn = wiring(64, task="digits", cell="cnn", reading="pixels")
    # The first place of the first layer has seen rows 1 and 2 and columns 1 and 2: its middle is row 1.5, column 1.5.
    assert drawn.across[1][0] == 0.5 * 8 + 0.5 + 1
    assert len(drawn.across[1]) == 16


def test_both_ways_of_reading_have_a_lane_each():
    drawn = wiring(8, task="order", cell="gru", bidirectional=True)
    assert len(drawn.across[1]) == 16
    assert np.unique(drawn.down[1]).size == 2 and drawn.down[1].mean() == 1.0


def test_a_window_does_not_see_what_came_before():
    drawn = wiring(8, task="order", cell="window", window=3)
    assert drawn.seen.tolist() == [False] * 5 + [True] * 3
    assert drawn.way(0) == [] and np.isnan(drawn.lengths[0])


def test_nothing_after_the_answer_leads_to_it():
    drawn = wiring(8, answer=4, task="rose", cell="transformer")
    assert drawn.seen.tolist() == [True] * 5 + [False] * 3


def test_what_flows_is_the_product_of_the_weights_along_the_way():
    drawn = wiring(2, task="rose", cell="transformer", layers=2)
    first, second = np.array([[1.0, 0.0], [0.25, 0.75]]), np.array([[1.0, 0.0], [0.4, 0.6]])
    flowing = drawn.weighted([first, second])
    strength = {tuple(edge): s for edge, s in zip(drawn.edges.tolist(), flowing.strengths, strict=True)}
    assert strength[(1, 0, 2, 1)] == pytest.approx(0.4) and strength[(1, 1, 2, 1)] == pytest.approx(0.6)
    assert strength[(0, 0, 1, 0)] == pytest.approx(1.0 * 0.4)
    assert strength[(0, 0, 1, 1)] == pytest.approx(0.25 * 0.6)
    assert strength[(2, 1, 3, 0)] == 1.0
    from_inputs = [s for edge, s in strength.items() if edge[0] == 0]
    assert sum(from_inputs) == pytest.approx(1.0), "what arrives at the answer comes from somewhere"


def test_of_many_connections_the_strongest_are_drawn():
    drawn = wiring(60, task="rose", cell="transformer", layers=2)
    weights = np.tril(np.random.default_rng(0).random((60, 60)))
    flowing = drawn.weighted([weights / weights.sum(1, keepdims=True)] * 2)
    few = chosen_edges(flowing, 100)
    assert len(few) == 100 and (np.diff(few) > 0).all()
    first = drawn.edges[:, 0] == 0
    left_out = np.setdiff1d(np.flatnonzero(first), few)
    kept = few[first[few]]
    assert flowing.strengths[kept].min() >= flowing.strengths[left_out].max()


def test_an_even_choice_keeps_what_ends_near_the_answer():
    drawn = wiring(64, task="digits", cell="cnn", reading="pixels")
    few = chosen_edges(drawn, 60)
    late = np.flatnonzero(drawn.edges[:, 2] == drawn.last)
    assert len(few) <= 60 and set(late) <= set(few)


def test_lengths_in_words():
    assert told(1) == "1 connection to the answer"
    assert told(7.0) == "7 connections to the answer"
    assert told(np.nan) == "no way to the answer"
