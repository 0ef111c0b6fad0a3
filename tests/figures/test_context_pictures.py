"""Pictures of words in context: what stands where, that nothing in a word is markup, and what is said below."""

import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.context_groups import groups_of, sign_of
from explorer.figures.context_head import Opinion, context_head
from explorer.figures.context_heads import context_heads, gap_of, head_at, pattern_key
from explorer.figures.context_layers import Layers, context_layers
from explorer.figures.context_map import Line, context_map
from explorer.figures.context_notices import (
    gap_notice,
    heads_notice,
    map_notice,
    opinions_notice,
    pieces_notice,
    vectors_notice,
)  # fmt: skip
from explorer.figures.context_vectors import context_vectors
from explorer.figures.palette import DARK, LIGHT

SENSES = ("money", "<b>river</b>", "money")
GROUPS = groups_of(SENSES)
LINES = [Line("The <img src=x> ", "bank", " lends."), Line("", "Bank", "s of %{x} $y$"), Line("x" * 400 + " ", "bank", " " + "y" * 400)]
PLACES = np.array([[0.0, 1.0], [2.0, -1.0], [-1.0, 0.5]])


def everything(figure) -> str:
    return str(figure.to_dict())


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_sentences_and_points_have_the_same_numbers(theme):
    figure = context_map(LINES, PLACES, GROUPS, 1, theme, layer=6, share=0.5, static="GloVe: <one>")
    go.Figure(figure.to_dict())
    before, after, headings, signs, chosen, points, *_ = figure.data
    assert list(before.ids) == list(after.ids) == list(signs.ids) == ["0", "2", "1"], "by sense"
    assert list(points.ids) == ["0", "1", "2"] and list(points.text) == ["1", "2", "3"]
    assert (chosen.x[0], chosen.y[0]) == (2.0, -1.0)
    assert list(points.marker.symbol) == [sign_of(0), sign_of(1), sign_of(0)]
    for trace, y in zip(points.ids, (1, 4, 2), strict=True):
        assert dict(zip(before.ids, before.y, strict=True))[trace] == y
    band = figure.layout.shapes[0]
    assert (band.y0, band.y1) == (3.5, 4.5), "the line of the occurrence looked at"
    assert figure.layout.yaxis2.scaleanchor == "x2"


def test_words_are_not_markup_and_long_ones_are_cut():
    figure = context_map(LINES, PLACES, GROUPS, 0, LIGHT, layer=0, share=1.0, static="x")
    said = everything(figure)
    assert "<img" not in said and "&lt;img" in said and "%{x}" not in said and "<b>river" not in said
    before, after = figure.data[0].text, figure.data[1].text
    assert before[1].startswith("…") and len(before[1]) < 60 and after[1].endswith("…") and before[2] == ""


def test_layers_stand_on_one_axis():
    places = np.random.default_rng(0).normal(size=(3, 3, 2))
    same, other = np.array([0.9, 0.8, 0.8]), np.array([0.9, 0.7, 0.6])
    right = np.array([0.5, 1.0, 1.0])
    layers = Layers(places, same, other, np.array([0.1, 0.2, 0.3]), right, right - 0.1, right, 1 / 3)
    figure = context_layers(layers, GROUPS, 2, DARK)
    go.Figure(figure.to_dict())
    gaps = next(trace for trace in figure.data if trace.type == "bar")
    assert gaps.y.tolist() == pytest.approx([0, 0.1, 0.2], abs=1e-6) and list(gaps.text) == ["0.000", "0.100", "0.200"]
    maps = [trace for trace in figure.data if trace.yaxis == "y"]
    assert sum(len(trace.x) for trace in maps) == 9 and all(np.abs(trace.x - np.round(trace.x)).max() <= 0.41 for trace in maps)
    assert (figure.layout.shapes[0].x0, figure.layout.shapes[0].x1) == (1.5, 2.5)
    untold = Layers(places, same, other * np.nan, right, right * np.nan, right * np.nan, right * np.nan, 0.0)
    single = Layers(places, same * np.nan, other, right, right * 0, right * 0, right * 0, 0.0)
    figure = context_layers(single, GROUPS, 0, LIGHT)
    assert list(next(trace for trace in figure.data if trace.type == "bar").text) == ["", "", ""]
    assert not any(note.text == "the same sense" for note in figure.layout.annotations)
    figure = context_layers(untold, groups_of(["", "", ""]), 0, LIGHT)
    assert not any(trace.type == "bar" for trace in figure.data)
    go.Figure(figure.to_dict())


def test_rows_of_a_sense_lie_together():
    vectors = np.arange(12.0).reshape(3, 4)
    cosines = np.array([[1, 0.2, 0.3], [0.2, 1, 0.4], [0.3, 0.4, 1]])
    figure = context_vectors(np.array([1.0, -1.0]), vectors, cosines, GROUPS, LIGHT, name="GloVe", layer=1)
    go.Figure(figure.to_dict())
    strips, pairs, static = figure.data
    assert strips.z.tolist() == vectors[[0, 2, 1]].tolist() and static.z.tolist() == [[1, -1]] * 3
    assert pairs.z[0].tolist() == pytest.approx([1, 0.3, 0.2])
    assert len(context_vectors(None, vectors, cosines, GROUPS, LIGHT, name="GloVe", layer=1).data) == 2


def test_every_head_is_where_a_click_finds_it():
    maps = np.random.default_rng(0).random((2, 3, 5, 5))
    named = {(1, 2): ("previous", 0.9), (0, 0): ("separator", 0.6)}
    figure = context_heads(maps, named, (1, 2), DARK)
    go.Figure(figure.to_dict())
    heat, gap = figure.data[0], gap_of(maps)
    for layer in range(2):
        for head in range(3):
            x, y = head * (5 + gap) + 3, layer * (5 + gap) + 3
            assert head_at(x, y, maps) == (layer, head)
            tile = heat.z[layer * (5 + gap) : layer * (5 + gap) + 5, head * (5 + gap) : head * (5 + gap) + 5]
            assert tile == pytest.approx(maps[layer, head] / maps[layer, head].max(), abs=1e-6)
            assert f"layer {layer + 1}, head {head + 1}" in heat.text[y - 1][x - 1]
    assert head_at(6, 3, maps) is None
    assert "90 % on the subword before" in heat.text[5 + gap][2 * (5 + gap)]
    assert pattern_key(named, 6).endswith("none of these: 4")
    said = heads_notice(named, 6)
    assert said.startswith("Layer 2, head 3 gives 90 % to the subword before.") and "1 of 6 heads" in said


def test_lines_are_as_strong_as_the_attention():
    weights = np.array([[1.0, 0, 0, 0], [0.02, 0.08, 0.9, 0], [0.25, 0.25, 0.25, 0.25], [0, 0, 0, 1]])
    opinions = [
        Opinion("this head", weights[1], "attention", "attention"),
        Opinion("covered", np.array([np.nan, np.nan, -2.0, np.nan]), "falls by", "effect"),
    ]
    figure = context_head(["[CLS]", "<b>a</b>", "b", "[SEP]"], weights, 1, opinions, LIGHT, separators=[True, False, False, True])
    go.Figure(figure.to_dict())
    strong = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "lines" and len(trace.y) == 2]
    assert [(trace.y[1], round(trace.line.width, 2)) for trace in strong] == [(0, 1.14), (1, 1.56), (2, 7.3)]
    bars = [trace for trace in figure.data if trace.type == "bar"]
    assert bars[1].x.tolist() == [0, 0, -2, 0] and figure.layout.xaxis3.range[0] < -2
    assert "<b>a" not in str(bars[0].hovertext) and "&lt;b&gt;" in everything(figure)


def test_a_separator_that_takes_nearly_all_is_cut_off():
    values = np.array([0.9, 0.06, 0.04, 0.0])
    opinion = Opinion("all heads", values, "attention", "attention")
    figure = context_head(["[CLS]", "a", "b", "[SEP]"], np.eye(4), 1, [opinion], LIGHT, separators=[True, False, False, True])
    assert figure.layout.xaxis2.range[1] < 0.07
    assert "90 % →" in [note.text for note in figure.layout.annotations]


def test_what_is_said():
    cosines = np.array([[1, 0.2, 0.9], [0.2, 1, 0.3], [0.9, 0.3, 1]])
    assert "for 2 of 3" in map_notice(cosines, SENSES, 6, 6)
    assert "mean cosine of 0.47" in map_notice(cosines, None, 6, 6)
    assert "has not looked" in map_notice(cosines, SENSES, 0, 6) and "single" in map_notice(np.ones((1, 1)), SENSES[:1], 1, 6)
    said = vectors_notice(cosines, SENSES, True, 2)
    assert "1 and 3 (both money), cosine 0.90" in said and "least 1 and 2 (money, <b>river</b>), 0.20" in said and "GloVe" in said
    gap = gap_notice(np.array([0.9, 0.8]), np.array([0.9, 0.6]), np.array([0.4, 1.0]), 10, np.array([0.1, 0.3]), 0)
    assert "a gap of 0.000, in layer 0 0.000" in gap and "largest in layer 1: 0.200" in gap and "4 of 10 (40 %)" in gap
    nothing = np.full(2, np.nan)
    assert "one sentence only" in gap_notice(nothing, np.array([0.9, 0.6]), np.zeros(2), 2, np.array([0.1, 0.3]), 0)
    words, separators = ("[CLS]", "it", "was", "very", "odd", "[SEP]"), (True, False, False, False, False, True)
    up, down = np.array([9, 9, 1, 2, 3, 9.0]), np.array([np.nan, np.nan, 3, 2, 1, np.nan])
    said = opinions_notice(words, separators, 1, [up, down, up, down], "from a to b", 3)
    assert "this head names “odd”" in said and "moves its vector in layer 3 from a to b is “odd” by gradient × input, “was” by covering" in said
    assert "this head −1.00, all heads 1.00, gradient × input −1.00" in said
    assert "nothing to compare" in opinions_notice(words[:3], separators[:3], 1, [up[:3]] * 4, "", 3)
    assert pieces_notice([1, 3], 30522, 6) == (
        "2 words and punctuation marks are read as 6 pieces, separators included, out of 30,522 that the model knows. 1 of them was cut."
    )
