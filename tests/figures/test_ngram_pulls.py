import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.embedding.pulls import Pull
from explorer.figures.ngram_pulls import MOST, ngram_pulls, pull_notice, strongest
from explorer.figures.palette import LIGHT

PULLS = [Pull("<ki", 0.1, 0.4), Pull("kin", -0.05, 0.1), Pull("ing>", 0.2, 0.5)]


def test_bars_are_the_pulls_and_n_grams_are_no_markup():
    figure = ngram_pulls(PULLS, "<u>queen</u>", LIGHT)
    (bars,) = figure.data
    np.testing.assert_allclose(bars.x, [0.1, -0.05, 0.2], rtol=1e-6)
    assert list(figure.layout.yaxis.ticktext) == ["&lt;ki", "kin", "ing&gt;"]
    assert bars.text == ("+0.100", "−0.050", "+0.200")
    low, high = figure.layout.xaxis.range
    assert -low == high >= 0.2
    assert all("<u>" not in one.text for one in figure.layout.annotations)


def test_the_strongest_are_shown_from_pulling_to_pushing():
    many = [Pull(f"n{i}", (-1) ** i * i / 100, 0.0) for i in range(40)]
    kept = strongest(many)
    assert len(kept) == MOST and min(abs(pull.towards) for pull in kept) == pytest.approx(0.24)
    assert [pull.towards for pull in kept] == sorted((pull.towards for pull in kept), reverse=True)


@pytest.mark.parametrize("pulls", [[], PULLS, [Pull("x", 0.0, 1.0)]])
def test_every_figure_is_valid(pulls):
    go.Figure(ngram_pulls(pulls, "", LIGHT).to_dict())


def test_the_notice_says_what_leaving_out_would_do():
    notice = pull_notice("king", PULLS, "queen", 0.7, True)
    assert notice == (
        "Its nearest word is “queen”, cosine 0.70. Without “ing>” that would be 0.50; “ing>” is 50 % of the vector. "
        "“kin” pulls elsewhere: without it, 0.75."
    )
    assert pull_notice("kingg", PULLS, "king", 0.7, False).startswith("“kingg” never occurs in this text")
    assert "has no place" in pull_notice("zz", [], "", float("nan"), False)
