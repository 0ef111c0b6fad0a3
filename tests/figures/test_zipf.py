import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.palette import DARK, LIGHT
from explorer.figures.zipf import thinned, zipf, zipf_notice
from explorer.text.zipf import rank_frequency
from tests.figures.examples import texts

LAW = rank_frequency(np.rint(1e6 / np.arange(1, 20_001)))
WORDS = ["<b>w</b>", *(f"w{i}" for i in range(2, 20_001))]


def test_points_are_counts_by_rank_and_the_line_is_the_fit():
    figure = zipf(WORDS, LAW, 5, LIGHT)
    line, points = figure.data
    np.testing.assert_array_equal(points.y, LAW.counts[points.x.astype(int) - 1])
    np.testing.assert_allclose(line.y, [1e6, 1e6 / 20_000], rtol=1e-2)
    assert figure.layout.xaxis.type == figure.layout.yaxis.type == "log"
    assert figure.layout.shapes[0].y0 == 4.5
    go.Figure(figure.to_dict())


def test_points_are_thinned_but_keep_their_ends():
    ranks = thinned(30_000)
    assert len(ranks) < 700 and (ranks[0], ranks[-1]) == (1, 30_000)
    assert thinned(3).tolist() == [1, 2, 3] and thinned(0).tolist() == []


def test_words_stand_at_their_points_and_are_no_markup():
    figure = zipf(WORDS, LAW, 1, DARK)
    named = {note.text: (note.x, note.y) for note in figure.layout.annotations}
    assert named["w1000"] == pytest.approx((3, 3)) and "&lt;b&gt;w&lt;/b&gt;" in named
    assert not any("<b>w" in text for text in texts(figure)) and not figure.layout.shapes


def test_the_notice_is_computed():
    said = zipf_notice(rank_frequency([50, 20, 10, 5, 4, 3, 2, 2, 1, 1, 1, 1]), 2)
    assert "4 of 12 words (33 %) occur only once" in said and "keeps 8 words, and with them 96 % of the text" in said
    assert "slope of −1.00" in zipf_notice(LAW, 1)
    assert "slope" not in zipf_notice(rank_frequency([3, 1]), 1) and "No words" in zipf_notice(rank_frequency([]), 5)


@pytest.mark.parametrize("counts", [[], [1], [7, 7]])
def test_few_words_are_drawn(counts):
    assert len(zipf(["a", "b"], rank_frequency(counts), 5, LIGHT).data) == 1
