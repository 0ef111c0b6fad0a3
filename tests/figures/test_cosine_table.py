import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.embedding import pretrained
from explorer.embedding.word_sets import cosine_table as cosines
from explorer.embedding.word_sets import odd_one_out
from explorer.figures.cosine_table import WRITTEN, cosine_table, odd_notice, table_notice, vector_strips
from explorer.figures.palette import LIGHT
from tests.figures.examples import texts

FEW = pretrained().head(12_000)
WORDS = ["breakfast", "lunch", "dinner", "train"]


def test_every_cosine_is_a_cell():
    table = cosines(FEW, WORDS)
    figure = cosine_table(table, WORDS, LIGHT)
    go.Figure(figure.to_dict())
    heat = figure.data[0]
    np.testing.assert_allclose(heat.z, table, atol=1e-6)
    assert (heat.zmin, heat.zmax) == (-1, 1) and heat.text[0][0] == "" and heat.text[0][1] == f"{table[0, 1]:.2f}"
    assert list(figure.layout.yaxis.ticktext) == WORDS


def test_many_words_are_colours_alone():
    n = WRITTEN + 6
    figure = cosine_table(np.eye(n), [f"word{i}" for i in range(n)], LIGHT)
    assert figure.data[0].text is None and figure.layout.height < 640


def test_strips_share_one_scale_around_zero():
    vectors = np.random.default_rng(0).normal(size=(4, 50))
    heat = vector_strips(vectors, WORDS, LIGHT).data[0]
    np.testing.assert_allclose(heat.z, vectors, atol=1e-6)
    assert heat.zmax == -heat.zmin == pytest.approx(np.abs(vectors).max())
    go.Figure(vector_strips(np.zeros((2, 3)), ["a", "b"], LIGHT).to_dict())


def test_words_are_never_markup():
    hostile = ["<b>x</b>", "$y$", "%{z}"]
    for figure in (cosine_table(np.eye(3), hostile, LIGHT), vector_strips(np.eye(3), hostile, LIGHT)):
        assert not any(word in text for word in hostile for text in texts(figure) if text is not figure.data[0].hovertemplate)


def test_sentences_name_the_pairs_and_the_odd_one_out():
    table = cosines(FEW, WORDS)
    said = table_notice(table, WORDS)
    assert "Nearest are “breakfast” and “dinner”" in said and "farthest" in said and "“train”" in said
    assert table_notice(np.eye(2), ["a", "b"]) == "Nearest are “a” and “b”, 0.00." and table_notice(np.eye(1), ["a"]) == ""
    odd = odd_one_out(FEW, WORDS)
    said = odd_notice(WORDS, odd.at, odd.agreement, ["meal", "tea"])
    assert said.startswith("“train” is clearly the odd one out") and said.endswith("“meal”, “tea”.")
    assert "barely" in odd_notice(["a", "b", "c"], 0, np.array([0.50, 0.51, 0.9]), [])
