import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.overlap_histogram import overlap_histogram, overlap_notice
from explorer.figures.palette import LIGHT

SHARES = np.array([0.0, 0.05, 0.5, 0.55, 1.0], dtype=np.float32)


def test_every_word_is_in_one_bar_and_the_line_is_the_mean():
    figure = overlap_histogram(SHARES, LIGHT, marks=[("<b>king</b>", 0.5), ("three", 0.52)])
    (bars,) = figure.data
    np.testing.assert_allclose(bars.y, [2, 0, 0, 0, 0, 2, 0, 0, 0, 1])
    mean, king, three = figure.layout.shapes
    assert mean.x0 == pytest.approx(0.42) and (king.x0, three.x0) == (0.5, 0.52)
    assert figure.layout.annotations[1].text == "<b>&lt;b&gt;king&lt;/b&gt;</b>"
    assert figure.layout.annotations[2].x - figure.layout.annotations[1].x > 0.1


@pytest.mark.parametrize("shares", [np.empty(0), np.ones(3), SHARES])
def test_every_figure_is_valid(shares):
    go.Figure(overlap_histogram(shares, LIGHT).to_dict())


def test_the_notice_says_how_much_and_for_which_words():
    notice = overlap_notice(SHARES, ["a", "b", "c", "d", "e"], 3)
    assert (
        notice.startswith("Two trainings that differ only in their seed share 42 %")
        and "3 trainings compared" in notice
    )
    assert "Most for “e”, “d”, “c”, least for “a”, “b”, “c”." in notice
    assert overlap_notice(np.empty(0), [], 3) == ""
