import numpy as np
import plotly.graph_objects as go

from explorer.figures.answer_lists import FIRST, GAP, WIDE, AnswerList, answer_lists, answers_of
from explorer.figures.palette import LIGHT
from tests.figures.examples import texts

WORDS, SCORES = ("king", "queen", "throne", "prince"), (0.88, 0.85, 0.77, 0.75)
OWN = ("man", "king", "woman")


def test_barred_words_stand_in_their_place_without_a_rank():
    lines = answers_of(WORDS, SCORES, OWN, "throne", exclude=True)
    assert [(line.word, line.rank) for line in lines] == [("king", 0), ("queen", 1), ("throne", 2), ("prince", 3)]
    assert [line.word for line in lines if line.is_expected] == ["throne"] and lines[0].is_own


def test_allowed_words_count():
    lines = answers_of(WORDS, SCORES, OWN, "", exclude=False)
    assert [line.rank for line in lines] == [1, 2, 3, 4] and not any(line.is_expected for line in lines)


def test_a_late_answer_comes_after_a_gap():
    lines = answers_of(WORDS, SCORES, OWN, "krone", True, late=(0.4, 448))
    figure = answer_lists([AnswerList("3CosAdd", "cosine", lines)], LIGHT)
    go.Figure(figure.to_dict())
    assert list(figure.data[0].y) == [0, 1, 2, 3, 4 + GAP]
    assert [note.text for note in figure.layout.annotations].count("⋮") == 1
    ranks, names, scores = (list(trace.text) for trace in figure.data[1:])
    assert ranks == ["", "1", "2", "3", "448"] and scores[-1] == "0.400"
    assert names[0] == "king <i>barred</i>" and names[1] == "<b>queen</b>" and names[-1] == "krone ✓"


def test_bars_are_as_long_as_the_scores_from_zero_in_each_list():
    lists = [AnswerList(name, "", answers_of(WORDS, scale * np.array(SCORES), (), "", False)) for name, scale in (("a", 1), ("b", 2))]
    bars = answer_lists(lists, LIGHT).data[0]
    np.testing.assert_allclose(bars.x, np.tile(WIDE * np.array(SCORES) / SCORES[0], 2))
    np.testing.assert_allclose(bars.base, np.repeat([FIRST, 1 + FIRST], 4))
    bars, *_, scores = answer_lists([AnswerList("a", "", answers_of(["x", "y"], [-0.1, -0.2], (), "", False))], LIGHT).data
    assert list(bars.x) == [0, 0] and list(scores.text) == ["−0.100", "−0.200"]


def test_words_are_never_markup_and_empty_lists_are_drawn():
    lines = answers_of(["<b>x</b>", "%{y}"], [0.5, 0.4], (), "<b>x</b>", False)
    shown = " ".join(texts(answer_lists([AnswerList("<i>t</i>", "$r$", lines)], LIGHT)))
    assert "<b>x" not in shown and "%{y}" not in shown and "<i>t" not in shown and "$r$" not in shown
    go.Figure(answer_lists([AnswerList("a", "", [])], LIGHT).to_dict())
    go.Figure(answer_lists([], LIGHT).to_dict())
