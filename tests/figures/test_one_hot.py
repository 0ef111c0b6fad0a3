import numpy as np
import plotly.graph_objects as go

from explorer.figures.likeness import likeness, likeness_notice
from explorer.figures.one_hot import one_hot, one_hot_notice
from explorer.figures.palette import DARK, LIGHT
from tests.figures.examples import texts

WORDS = ["king", "<b>queen</b>", "car"]


def test_each_word_has_one_mark_at_its_place():
    figure = one_hot(WORDS, [1, 30, 7955], 7955, LIGHT)
    assert figure.data[0].x.tolist() == [1, 30, 7955] and figure.data[0].y.tolist() == [0, 1, 2]
    assert [(line.x0, line.x1) for line in figure.layout.shapes] == [(1, 7955)] * 3
    assert figure.layout.xaxis.ticktext[-1] == "7,955"
    go.Figure(figure.to_dict())


def test_words_are_no_markup():
    shown = " ".join(texts(one_hot(WORDS, [1, 2, 3], 3, DARK)) + texts(likeness(WORDS, [("x<br>", np.eye(3))], DARK)))
    assert "<b>queen" not in shown and "&lt;b&gt;queen" in shown and "x<br>" not in shown


def test_the_notice_counts_zeros_and_pairs():
    assert "7,955 numbers" in one_hot_notice(WORDS, 7955) and "All 3 pairs of these 3 words" in one_hot_notice(
        WORDS, 7955
    )
    one = np.eye(9)
    assert f"√2 = {np.linalg.norm(one[0] - one[5]):.3f}" in one_hot_notice(WORDS, 9)
    assert "pairs" not in one_hot_notice(["a"], 9)


def test_tables_hold_the_cosines():
    learned = np.array([[1, 0.8, 0.1], [0.8, 1, -0.2], [0.1, -0.2, 1]])
    figure = likeness(WORDS, [("one-hot", np.eye(3)), ("GloVe", learned)], LIGHT)
    np.testing.assert_array_equal(figure.data[0].z, np.eye(3))
    np.testing.assert_allclose(figure.data[1].z, learned, rtol=1e-6)
    assert (figure.data[0].zmin, figure.data[0].zmax) == (-1, 1) and figure.layout.xaxis2.domain[1] == 1
    go.Figure(figure.to_dict())


def test_the_most_and_the_least_alike_are_named():
    learned = np.array([[1, 0.8, 0.1], [0.8, 1, -0.2], [0.1, -0.2, 1]])
    said = likeness_notice(["king", "queen", "car"], learned, "GloVe")
    assert "“king” and “queen” are most alike (cosine 0.80), “queen” and “car” least (−0.20)" in said
    learned[1] = learned[:, 1] = np.nan
    said = likeness_notice(["king", "queen", "car"], learned, "GloVe")
    assert "“king” and “car” are most alike (cosine 0.10)" in said and "no vector for “queen”" in said
    assert "Fewer than two" in likeness_notice(["king"], np.eye(1), "GloVe")


def test_numbers_are_written_where_they_fit():
    assert one_hot([], [], 5, LIGHT).layout.height > 0
    assert likeness(WORDS, [("a", np.eye(3))], LIGHT).data[0].texttemplate
    assert likeness(list("abcdefghijkl"), [("a", np.eye(12))], LIGHT).data[0].texttemplate is None
