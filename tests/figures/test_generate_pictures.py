"""The pictures of the page Generation, by their numbers."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go

from explorer.figures.generate_chances import Chances, chances_notice, generate_chances, visible
from explorer.figures.generate_notices import curves_notice, text_notice
from explorer.figures.generate_sweep import Sweep, generate_sweep, sweep_notice
from explorer.figures.palette import theme
from explorer.sequence.generation.measures import Measures


def chances(kept=2, title="Words"):
    return Chances(
        title, "The <b>history", (" the", " of", "$x$", "\n"), np.array([0.4, 0.3, 0.2, 0.05]), np.array([0.5, 0.3, 0.15, 0.04]), kept,
        0.8, 100, " of", 0.375,
    )  # fmt: skip


def test_bars_beyond_the_cut_are_grey_and_the_drawn_piece_is_marked():
    figure = generate_chances([chances(), chances(100, "Characters")], theme())
    bars = [trace for trace in figure.data if trace.type == "bar"]
    assert bars[0].x.tolist() == [np.float32(value) for value in (0.5, 0.3, 0.15, 0.04)]
    colours = bars[0].marker.color
    assert colours[0] == colours[1] != colours[2] == colours[3] and len(set(bars[1].marker.color)) == 1
    assert list(bars[0].marker.line.width) == [0, 2, 0, 0]
    assert [shape.y0 for shape in figure.layout.shapes] == [1.5]
    texts = [one.text for one in figure.layout.annotations]
    assert "<b>▸ ␣of</b>" in texts and any("&lt;b&gt;history" in text for text in texts)
    assert "96 more pieces hold 1.0 %: all cut" in texts
    go.Figure(figure.to_dict())  # validated


def test_what_is_said_of_the_cut_is_counted():
    assert "2 of 100 pieces, 20 % cut off" in chances_notice([chances()])
    assert "Nothing is cut" in chances_notice([chances(100)])
    assert visible("\n") == "⏎" and visible(" a") == "␣a" and visible(" ") == "␣"


def sweep():
    table = {
        "bits": np.array([[1.0, 2.0, 3.0], [np.nan] * 3]), "repeated": np.array([[0.5, 0.1, 0.0], [np.nan] * 3]),
        "unheard": np.array([[0.0, 0.1, 0.4], [np.nan] * 3]),
    }  # fmt: skip
    real = {"bits": np.array([2.1, np.nan]), "repeated": np.array([0.01]), "unheard": np.array([0.08])}
    return Sweep("Temperature", np.array([0.5, 1.0, 1.5]), table, real, 1.25)


def test_the_knob_stands_where_it_is_and_real_text_is_dotted():
    figure = generate_sweep(sweep(), ["Characters", "Words"], theme(dark=True))
    now = [shape for shape in figure.layout.shapes if shape.x0 == 1.5]
    dotted = [float(shape.y0) for shape in figure.layout.shapes if shape.line.dash == "dot"]
    assert len(now) == 3 and dotted == [2.1, 0.01, 0.08]
    assert len(figure.data) == 6
    go.Figure(figure.to_dict())


def test_both_ends_of_the_knob_are_told():
    said = sweep_notice(sweep(), ["Characters", "Words"])
    assert "At temperature 0.5" in said and "characters 50 %" in said and "characters 40 %" in said
    assert "they repeat themselves more than real text" in said and "characters near 1." in said and "words 10" not in said
    calm = sweep()
    calm.columns["unheard"][0, -1] = 0.02
    calm.real["bits"][0] = 4.0
    said = sweep_notice(calm, ["Characters", "Words"])
    assert "At temperature 1.5 none write words that they never read more often" in said and "characters at no setting" in said


def test_a_knob_that_is_off_has_no_mark():
    figure = generate_sweep(replace(sweep(), now=0.0), ["Characters", "Words"], theme())
    assert {shape.line.dash for shape in figure.layout.shapes} == {"dot"}


def test_notices_are_computed():
    assert "characters 2.50" in text_notice([("Characters", Measures(0.1, 0.25, 20), 2.5)])
    assert "25 %" in text_notice([("Characters", Measures(0.1, 0.25, 20), 2.5)])
    assert "stronger" in text_notice([("Characters", Measures(float("nan"), float("nan"), 0), float("nan"))])
    told = curves_notice({"Characters": np.array([3.0, 2.0]), "Words": np.array([1.0])})
    assert told.startswith("Words lead with 1.00") and "characters 4.0, words 2.0" in told
