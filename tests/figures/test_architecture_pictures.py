"""The smaller pictures of the page Architectures, by their numbers."""

import numpy as np
import pytest

from explorer.figures.disturbance_marks import Disturbance, disturbance_marks
from explorer.figures.disturbance_notices import order_notice, padding_notice
from explorer.figures.feature_maps import MOST, feature_maps
from explorer.figures.feature_notices import filter_notice
from explorer.figures.moment import Moment
from explorer.figures.palette import theme
from explorer.figures.parameter_bar import parameter_bar
from explorer.figures.score_lines import ScoreLine, score_lines
from explorer.figures.time_and_space import time_and_space
from tests.figures.examples import texts

FOUND = [
    Disturbance("RNN", "rnn", 0.3, 0.0, 1.2),
    Disturbance("Average", "average", 0.0, 0.0, 0.2),
    Disturbance("CNN", "cnn", 0.2, None, 0.0),
    Disturbance("Transformer, trained", "transformer", 2.3, 2e-7, 0.1, True),
]


def valid(figure):
    type(figure)(figure.to_dict())  # plotly validates it
    return figure


def test_exact_zeros_stand_apart_from_small_numbers():
    figure = valid(disturbance_marks(FOUND, theme()))
    shuffled, padded, careless = figure.data
    zero = figure.layout.xaxis.tickvals[0]
    assert shuffled.x[1] == np.float32(zero) and padded.x[0] == np.float32(zero)
    assert shuffled.x[0] == pytest.approx(np.log10(0.3)) and zero < padded.x[2] < -6
    assert len(padded.x) == 3 and len(careless.x) == 4, "what cannot be done has no mark"
    assert "Average, inputs shuffled: not a bit changes" in list(shuffled.hovertext)


def test_the_notices_tell_zero_from_rounding_and_both_from_a_change():
    assert "the answer of Average does not change by a single bit" in order_notice(FOUND)
    assert "Transformer, trained moves by up to 2.3" in order_notice(FOUND)
    assert "rounding only" in order_notice([Disturbance("TCN", "tcn", 1e-7, 0.0, 0.0)])
    told = padding_notice(FOUND)
    assert "length is told, nothing changes beyond 2e-7" in told
    assert "moves the answer of 3 of 4 networks, that of RNN by 1.2" in told
    assert padding_notice([Disturbance("CNN", "cnn", 0.2, None, None)]) == ""


def test_filters_stand_over_the_maps_of_their_own():
    generator = np.random.default_rng(0)
    filters, maps = generator.normal(size=(20, 3, 3)), np.maximum(generator.normal(size=(20, 8, 8)), 0)
    figure = valid(feature_maps(generator.random((8, 8)), filters, maps, theme()))
    digit, first, below, second, last = figure.data
    assert np.asarray(first.z)[:, 4:7] == pytest.approx(filters[1]), "the second tile of the first row"
    assert np.asarray(below.z)[:, 9:17] == pytest.approx(maps[1])
    assert np.asarray(last.z)[:, :8] == pytest.approx(maps[8])
    assert first.zmin == -first.zmax and below.zmin == 0
    assert f"{MOST} of 20 filters" in " ".join(texts(figure))


def test_the_filter_notice_counts_those_that_answer():
    maps = np.zeros((3, 4, 4))
    maps[1, 2, 3] = 0.5
    maps[1, 0, 0] = maps[2, 0, 0] = 0.1
    told = filter_notice(np.zeros((3, 2, 2)), maps)
    assert told == (
        "2 of 3 filters answer to this picture; the strongest is number 2, most of all at row 3, column 4, and it answers at 12 % of all places."
    )
    assert "Not one" in filter_notice(np.zeros((1, 2, 2)), np.zeros((1, 2, 2)))


def test_time_and_space_share_an_axis():
    generator = np.random.default_rng(0)
    labels, steps = tuple("0123456789"), [f"row {i + 1}" for i in range(8)]
    common = {"expected": [""] * 7 + ["7"], "labels": labels, "inputs": generator.random((8, 8)).astype(np.float32)}
    chances = [generator.dirichlet(np.ones(10), n).astype(np.float32) for n in (8, 8, 1)]
    hidden = generator.uniform(-1, 1, (1, 1, 8, 6)).astype(np.float32)
    reader = Moment(steps, {"hidden": hidden, "outputs": chances[0]}, "gru", **common)
    for viewer in (
        Moment(steps, {"outputs": chances[1]}, "cnn", **common),
        Moment(["picture"], {"outputs": chances[2]}, "cnn", expected=["7"], labels=labels),
    ):
        figure = valid(time_and_space(reader, viewer, ("GRU", "CNN"), theme()))
        names = " ".join(texts(figure))
        assert "GRU expects" in names and "CNN expects" in names
        assert {trace.xaxis for trace in figure.data[1:]} == {"x"}


def test_scores_end_in_their_names_and_hues():
    lines = [ScoreLine("CNN", "cnn", np.array([0, 10]), np.array([0.1, 0.95])), ScoreLine("GRU", "gru", np.array([0, 8]), np.array([0.1, 0.9]))]
    figure = valid(score_lines(lines, theme(), name="accuracy", baseline=("guessing", 0.14), share=True, moment=4))
    assert {"CNN 95 %", "GRU 90 %", "guessing 14 %"} <= set(texts(figure))
    assert figure.data[1].line.color == theme().architecture("gru")
    assert any(shape.x0 == shape.x1 == 4 for shape in figure.layout.shapes)


def test_parameters_add_up_to_the_bar():
    figure = valid(parameter_bar({"embedding": 100, "body": 800, "readout": 100}, theme()))
    assert sum(float(trace.x[0]) for trace in figure.data) == figure.layout.xaxis.range[1] == 1000
    assert {"embedding 100 · 10 %", "body 800 · 80 %", "readout 100 · 10 %"} <= set(texts(figure))
    assert len(parameter_bar({"embedding": 0, "body": 5, "readout": 5}, theme()).data) == 2
