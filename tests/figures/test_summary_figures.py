"""The pictures of the page Summary."""

import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.palette import LIGHT
from explorer.figures.summary_lanes import Lane, lanes_notice, shared_words, summary_lanes
from explorer.figures.summary_overlaps import Said, many_texts_notice, one_text_notice, summary_overlaps


@pytest.fixture
def lanes():
    scores = np.array([0.4, 0.3, 0.2, 0.1])
    links = np.ones((4, 4)) - np.eye(4)
    return [Lane("TF-IDF", "tfidf", scores, [0, 1], links), Lane("MiniLM", "minilm", scores[::-1], [3, 2], links)]


def test_bars_are_as_high_as_scores_against_the_average(lanes):
    figure = summary_lanes(lanes, ["<b>a</b>", "b", "c", "d"], [0, 0, 1, 1], LIGHT, lead=2)
    go.Figure(figure.to_dict())
    bars = [trace for trace in figure.data if trace.type == "bar"]
    assert list(bars[0].y) == pytest.approx([1.6, 1.2, 0.8, 0.4]) and "&lt;b&gt;" in bars[0].hovertext[0]
    assert bars[0].marker.color[0] == LIGHT.ink != bars[0].marker.color[2]
    assert list(figure.layout.xaxis.tickvals) == [1, 3]


def test_a_chosen_sentence_has_its_links(lanes):
    figure = summary_lanes(lanes, list("abcd"), [0, 0, 1, 1], LIGHT, lead=2, chosen=1)
    arcs = [trace for trace in figure.data if trace.type == "scatter" and len(trace.x) > 2]
    assert len(arcs) == 2 * 3 and all(arc.x[0] == 2 for arc in arcs)
    assert {arc.x[-1] for arc in arcs} == {1, 3, 4}


def test_the_sentences_count(lanes):
    said = lanes_notice(lanes, 2, [10, 20, 3, 3])
    assert "agree on none" in said and "TF-IDF 2, MiniLM 0" in said and "TF-IDF 15, MiniLM 3" in said
    assert shared_words(["the", "moon", "far"], ["moon", "the"], frozenset({"the"})) == ["moon"]


def test_a_space_without_links_ranks_nothing(lanes):
    idle = Lane("GloVe", "glove", np.full(4, np.nan), [], np.zeros((4, 4)))
    said = lanes_notice([*lanes, idle], 2, [10, 20, 3, 3], 0.6)
    assert said.startswith("No two sentences have a cosine above 0.6 by GloVe: it ranks nothing. Each other space chooses 2")
    assert "they rank nothing" in lanes_notice([idle, idle], 2, [10, 20, 3, 3], 0.6)
    figure = summary_lanes([*lanes, idle], list("abcd"), [0, 0, 1, 1], LIGHT, lead=2, chosen=1)
    bars = [trace for trace in figure.data if trace.type == "bar"]
    assert list(bars[2].y) == [0, 0, 0, 0] and "not ranked" in bars[2].hovertext[0] and "nan" not in str(figure.to_dict())
    rows = [Said("First sentences", "lead", 0.2, 0.2, 0.2), Said("GloVe", "glove", np.nan, np.nan, np.nan)]
    assert "GloVe ranks nothing" in one_text_notice(rows, (0.1, 0.25), "Words")
    assert len(summary_overlaps(rows, LIGHT, name="words", chance=(0.1, 0.25)).data) == 1
    table = np.array([[0.1, np.nan], [0.3, 0.2], [0.1, 0.2]])
    assert "MiniLM +0.000" in (said := many_texts_notice(table, ["First", "MiniLM"], 0)) and "ahead in 1 of the 2 that it ranks" in said
    assert "MiniLM ahead in none of the 0" in many_texts_notice(table * [1, np.nan], ["First", "MiniLM"], 0)


def test_overlaps_against_random_ones():
    rows = [Said("First sentences", "lead", 0.2, 0.2, 0.2), Said("TF-IDF", "tfidf", 0.3, 0.25, 0.4)]
    figure = summary_overlaps(rows, LIGHT, name="words", chance=(0.1, 0.25))
    go.Figure(figure.to_dict())
    assert len(figure.data) == 3 and figure.layout.shapes[0].x1 == 0.25
    said = one_text_notice(rows, (0.1, 0.25), "Words")
    assert "most has TF-IDF" in said and "TF-IDF beats the first sentences" in said and "TF-IDF lies beyond" in said
    assert "MiniLM +0.000" in many_texts_notice(np.array([[0.1, 0.2], [0.3, 0.2]]), ["First", "MiniLM"], 0)
    assert "One article has been read" in many_texts_notice(np.array([[0.1, 0.2]]), ["First", "MiniLM"], 0)
    said = one_text_notice([*rows, Said("MiniLM", "minilm", 0.05, 0.05, 0.05)], (0.1, 0.25), "Words")
    assert "TF-IDF lies beyond what random sentences reach and MiniLM lies below" in said
