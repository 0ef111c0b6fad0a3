import numpy as np
import plotly.graph_objects as go
import pytest

from explorer.figures.palette import LIGHT
from explorer.figures.score_curves import Score, score_curves, score_notice, scores_of

STEPS = np.array([0, 10, 20, 30])
VALUES = np.array([np.nan, 0.1, 0.3, 0.4])
SCORE = Score("WordSim-353", STEPS, VALUES, VALUES - 0.12, VALUES + 0.1, 160, 353)
OTHER = Score("SimLex-999", STEPS, VALUES / 2, VALUES / 2 - 0.05, VALUES / 2 + 0.05, 12, 999)
NONE = Score("SimLex-999", STEPS, np.full(4, np.nan), np.full(4, np.nan), np.full(4, np.nan), 1, 999)


def test_the_line_lies_in_its_band_and_is_named_at_its_end():
    figure = score_curves([SCORE, OTHER], LIGHT)
    low, high, line = figure.data[:3]
    np.testing.assert_allclose(line.x, [10, 20, 30])
    np.testing.assert_allclose(line.y, [0.1, 0.3, 0.4], rtol=1e-6)
    np.testing.assert_allclose(low.y, [-0.02, 0.18, 0.28], rtol=1e-5)
    np.testing.assert_allclose(high.y, [0.2, 0.4, 0.5], rtol=1e-5)
    assert high.fill == "tonexty" and figure.data[5].line.dash != line.line.dash
    texts = [one.text for one in figure.layout.annotations]
    assert "WordSim 0.40" in texts and "SimLex 0.20" in texts


def test_the_axis_holds_every_band():
    assert list(score_curves([SCORE], LIGHT).layout.yaxis.range) == [0, 1]
    low = Score("x", STEPS, VALUES, VALUES - 0.4, VALUES, 9, 9)
    assert list(score_curves([low], LIGHT).layout.yaxis.range) == [-0.5, 1]
    assert list(score_curves([SCORE], LIGHT, end=200).layout.xaxis.range) == [0, 200]


@pytest.mark.parametrize("scores", [[], [NONE], [SCORE, NONE]])
def test_every_figure_is_valid(scores):
    go.Figure(score_curves(scores, LIGHT, moment=10).to_dict())


def test_the_notice_has_value_interval_and_coverage_of_the_moment():
    notice = score_notice([SCORE], 25)
    assert notice == "WordSim-353: 0.30 (0.18 to 0.40); 160 of 353 pairs are in this vocabulary."
    assert "(−0.02 to 0.20; may be chance)" in score_notice([SCORE], 10)
    assert "too few to tell much" in score_notice([OTHER], 30)
    assert "too few for a correlation" in score_notice([NONE], 30)
    assert "no correlation yet" in score_notice([SCORE], 0)


def test_scores_come_out_of_the_metrics_of_frames():
    metrics = [{}, {"wordsim": 0.2, "wordsim_low": 0.1, "wordsim_high": 0.3, "wordsim_pairs": 60.0}]
    (score,) = scores_of(metrics, [0, 7], {"wordsim": ("WordSim-353", 353)})
    assert score.steps.tolist() == [7] and score.values.tolist() == [0.2] and score.low.tolist() == [0.1]
    assert (score.pairs, score.total, score.name) == (60, 353, "WordSim-353")
    (empty,) = scores_of([], [], {"simlex": ("SimLex-999", 999)})
    assert empty.pairs == 0 and empty.steps.size == 0
