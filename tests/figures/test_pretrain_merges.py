"""Pieces that grow, positions, and what pre-training buys: numbers where they belong."""

import numpy as np
import pytest

from explorer.figures.palette import theme
from explorer.figures.pretrain_merge_list import list_notice, merge_list
from explorer.figures.pretrain_merges import Cut, growing_pieces, merge_notice, placed
from explorer.figures.pretrain_positions import by_distance, given_notice, likeness, position_likeness, position_notice
from explorer.figures.pretrain_transfer import Line, gain_notice, transfer_curves, transfer_notice

CUTS = [Cut("0", list("the <b>")), Cut("3", ["the", " ", "<b>"])]


def valid(figure):
    type(figure)(figure.to_dict())
    return figure


def test_only_what_the_line_above_did_not_have_is_new():
    assert [(piece, fresh) for line, _, piece, fresh in placed(CUTS) if line == 1] == [("the", True), (" ", False), ("<b>", True)]
    figure = valid(growing_pieces(CUTS, theme()))
    assert np.allclose(np.array(figure.data[0].base[-3:]) - 0.06, [0, 3, 4]), "a piece begins where the letters before it end"
    assert "&lt;b&gt;" in figure.data[1].text


def test_merges_are_told_with_their_counts():
    merges = [("t", "h", 900), ("th", "e", 500)]
    figure = valid(merge_list(merges, 1, 900, theme()))
    assert np.allclose(figure.data[0].x, np.log10([900, 500]), atol=1e-6)
    assert "Merge 1 of 40 joined “t” and “h”" in list_notice(merges, 1, 40)
    assert list_notice([], 1, 0) == ""
    assert "3 merges turn 7 pieces into 3: 2.3 characters a piece" in merge_notice(CUTS, 3)


def test_places_in_a_row_are_alike_and_said_to_be():
    generator = np.random.default_rng(0)
    start = generator.normal(size=(32, 16))
    walk = np.cumsum(generator.normal(size=(32, 16)), axis=0)
    assert by_distance(likeness(walk))[0] == pytest.approx(1.0)
    assert "found the order" in position_notice(walk, start) and "Not yet" in position_notice(start, start)
    valid(position_likeness(walk, start, theme()))


def test_turned_places_depend_on_their_distance_alone():
    angles = np.arange(20)[:, None] * np.array([1.0, 0.1])
    turned = np.concatenate([np.cos(angles), np.sin(angles)], axis=1)
    assert by_distance(likeness(turned, centre=False))[3] == pytest.approx(np.cos(3 * np.array([1.0, 0.1])).mean())
    assert "the same wherever" in given_notice(turned)
    valid(position_likeness(turned, None, theme()))


def line(key, values):
    values = np.array(values)
    return Line(key, key, np.array([8, 32]), values, values - 0.1, values + 0.1)


def test_a_method_that_is_not_measured_yet_has_no_line():
    lines = [line("tuned", [0.5, 0.7]), line("scratch", [0.3, np.nan])]
    figure = valid(transfer_curves(lines, [8, 32], 0.2, theme()))
    drawn = [trace for trace in figure.data if trace.mode == "lines+markers"]
    assert [list(trace.y) for trace in drawn] == [[0.5, 0.7], [0.3]]
    said = transfer_notice(lines, 100)
    assert "With 8 labelled examples: tuned 50 %, scratch 30 %." in said and "With 32" not in said
    assert transfer_notice([line("tuned", [np.nan, np.nan])], 100) == ""


def test_a_gain_is_only_claimed_beyond_chance():
    examples = np.array([8, 32])
    assert "nowhere more than chance" in gain_notice(examples, np.array([0.1, np.nan]), np.array([-0.1, np.nan]), np.array([0.3, np.nan]))
    said = gain_notice(examples, np.array([0.2, -0.2]), np.array([0.1, -0.3]), np.array([0.3, -0.1]))
    assert "+20 points with 8 (95 %: +10 to +30)" in said and "−20 points with 32" in said and "less than nothing for 1" in said
