"""The pictures of the page Translation: what stands where, and what is said of it."""

from types import SimpleNamespace

import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.beam_notices import beam_notice, search_notice
from explorer.figures.beam_tree import beam_tree, log
from explorer.figures.palette import LIGHT
from explorer.figures.translate_planes import Crossing, distance_notice, translate_planes
from explorer.figures.translate_scores import hub_notice, translate_scores
from explorer.figures.translate_shares import Counted, shares_notice, translate_shares
from explorer.sequence.encoder_decoder.beam_tree import BeamTree, Branch


def answer(text, chances):
    symbols = (*text, "<end>")
    return SimpleNamespace(
        text=text, symbols=symbols, probabilities=np.array(chances), log_probability=float(np.log(chances).sum()), ended=True
    )  # fmt: skip


@pytest.fixture
def tree():
    """Greedy takes "a" (0.6), and then nothing is likely; the search keeps "b<" too."""
    branches = (
        Branch(1, 0, "a", "a", -1, np.log(0.6), np.log(0.6), leads=1),
        Branch(1, 1, "b", "b", -1, np.log(0.4), np.log(0.4), leads=0),
        Branch(2, 0, "<end>", "b", 1, np.log(0.9), np.log(0.36), place=0, leads=0),
        Branch(2, 1, "<end>", "a", 0, np.log(0.4), np.log(0.24), place=1, leads=1),
        Branch(2, 2, "<", "a<", 0, np.log(0.3), np.log(0.18)),
    )
    return BeamTree(branches, (answer("b", (0.4, 0.9)), answer("a", (0.6, 0.4))), answer("a", (0.6, 0.4)), 3)


def test_the_tree_stands_column_by_column(tree):
    figure = beam_tree(tree, LIGHT, right="b")
    go.Figure(figure.to_dict())
    letters = next(trace for trace in figure.data if trace.mode == "markers+text" and len(trace.x) == 5)
    assert list(letters.x) == [1, 1, 2, 2, 2] and list(letters.y) == [0, 1, 0, 1, 2]
    assert letters.text[-1] == "&lt;"
    said = [one.text for one in figure.layout.annotations]
    assert f"<b>{log(np.log(0.36))}&#8201;✓</b>" in said and log(np.log(0.24)) in said
    dotted = [trace for trace in figure.data if trace.mode == "lines" and trace.line.dash == "dot"]
    assert sum(int(np.isnan(trace.x).sum()) for trace in dotted) == 3


def test_the_sentence_says_where_greedy_goes_astray(tree):
    said = beam_notice(tree, "b")
    assert "“b”, with 36 %, which is right" in said and "parts at letter 1" in said and "1 belong" in said
    assert "8 held-out" in search_notice({"greedy": 5, "beam": 6, "likelier": 2, "helped": 1, "harmed": 0}, 8, 4)


def crossing():
    generator = np.random.default_rng(0)
    target = generator.normal(size=(6, 10))
    turn, _ = np.linalg.qr(generator.normal(size=(10, 10)))
    placed = target + 0.01
    placed[-1] = np.nan
    return Crossing([(f"<{i}>", f"b{i}") for i in range(6)], target @ turn, target, placed, ("One", "Other"))


def test_both_planes_are_the_same_and_words_stand_on_their_translations():
    made = crossing()
    figure = translate_planes(made, LIGHT)
    go.Figure(figure.to_dict())
    ours, theirs = (np.stack([figure.data[i].x, figure.data[i].y], axis=1) for i in (0, 1))
    assert ours == pytest.approx(theirs, abs=1e-5)
    there, carried = figure.data[3], figure.data[4]
    assert there.text[0] in ("b0", "") and "&lt;0&gt;" in carried.hovertext[0]
    assert np.abs(np.array(carried.x)[:5] - np.array(there.x)[:5]).max() < 0.1 and np.isnan(carried.x[5])
    assert "mean cosine of 1.00" in distance_notice(made, True)


def test_scores_mark_the_best_of_each_row():
    table = np.array([[0.9, 0.1], [0.8, 0.2]])
    figure = translate_scores(table, [("a", "x"), ("b", "y")], LIGHT, name="cosine")
    go.Figure(figure.to_dict())
    assert list(figure.data[1].x) == [0, 0] and list(figure.data[1].marker.symbol) == ["circle", "x"]
    assert "“x” is the answer to 2 of 3" in hub_notice(["x", "x", "y"], ["x", "y", "z"])


def test_shares_with_their_intervals():
    rows = [
        Counted("nearest", 7, 10),
        Counted("CSLS", 8, 10),
        Counted("told", 10, 10, True),
        Counted("told", 10, 10, True),
    ]
    figure = translate_shares(rows, LIGHT, name="precision at 1", chance=0.1)
    go.Figure(figure.to_dict())
    assert figure.data[1].x[0] == pytest.approx(0.7) and figure.data[0].x[0] < 0.7 < figure.data[0].x[1]
    said = shares_notice(rows, 20)
    assert "7 of 10" in said and "CSLS finds 1 more" in said and "so few words" in said
